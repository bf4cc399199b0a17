/** A gauge. `name` labels it when Flex's navigation is collapsed and hides the link's label. */

import React from "react";

export function Icon({ name }: { readonly name?: string }) {
  const naming = name === undefined ? { "aria-hidden": true } : { role: "img", "aria-label": name };
  return (
    <svg
      width="24"
      height="24"
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      focusable="false"
      {...naming}
    >
      {name && <title>{name}</title>}
      <path d="M5.6 18.4a9 9 0 1 1 12.8 0" />
      <path d="M12 13.5l3.5-5" />
      <circle cx="12" cy="13.5" r="1.2" fill="currentColor" stroke="none" />
    </svg>
  );
}
