/** A box that scrolls its content, also by keyboard. */

import React from "react";

interface ScrollBoxProps {
  readonly label: string;
  readonly className?: string;
  readonly children: React.ReactNode;
}

export function ScrollBox({ label, className = "", children }: ScrollBoxProps) {
  return (
    <div className={`scroll ${className}`} role="region" aria-label={label} tabIndex={0}>
      {children}
    </div>
  );
}
