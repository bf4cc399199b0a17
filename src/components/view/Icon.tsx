/** A gauge, in the colour of the navigation. */

import React from "react";

export function Icon() {
  return (
    <svg width="24" height="24" viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" aria-hidden="true" focusable="false">
      <path d="M5.6 18.4a9 9 0 1 1 12.8 0" />
      <path d="M12 13.5l3.5-5" />
      <circle cx="12" cy="13.5" r="1.2" fill="currentColor" stroke="none" />
    </svg>
  );
}
