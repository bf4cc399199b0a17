/** Radio buttons in one line. */

import React from "react";

import { TextKey, TextOf } from "../../texts/texts";

interface ChoicesProps {
  /** Unique on the page. */
  readonly name: string;
  readonly label: string;
  readonly options: readonly TextKey[];
  /** Index of the selected option. */
  readonly selected: number;
  readonly onSelect: (index: number) => void;
  readonly text: TextOf;
}

export function Choices({ name, label, options, selected, onSelect, text }: ChoicesProps) {
  return (
    <div className="choices" role="radiogroup" aria-label={label}>
      {options.map((option, index) => (
        <label key={option}>
          <input
            type="radio"
            name={`flex-throttle-${name}`}
            checked={index === selected}
            onChange={() => onSelect(index)}
          />
          {text(option)}
        </label>
      ))}
    </div>
  );
}
