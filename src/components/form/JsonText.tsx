/** The settings as JSON, to be typed or pasted. */

import React from "react";

import { Position } from "../../settings/settingsText";
import { TextOf } from "../../texts/texts";

const JSON_TEXT = "flex-throttle-json";

export function describeMistake({ line, column }: Position, text: TextOf): string {
  return text("FlexThrottleFormNotJson", { line: String(line), column: String(column) });
}

interface JsonTextProps {
  readonly text: TextOf;
  readonly value: string;
  readonly mistake: Position | undefined;
  readonly onChange: (written: string) => void;
}

export function JsonText({ text, value, mistake, onChange }: JsonTextProps) {
  return (
    <section className="field">
      <label htmlFor={JSON_TEXT}>{text("FlexThrottleFormAsJson")}</label>
      <p className="about" id={`${JSON_TEXT}-about`}>
        {text("FlexThrottleFormJsonHelp")}
      </p>
      <textarea
        id={JSON_TEXT}
        rows={Math.min(40, Math.max(16, value.split("\n").length + 2))}
        spellCheck={false}
        value={value}
        aria-invalid={mistake ? true : undefined}
        aria-describedby={mistake ? `${JSON_TEXT}-problems ${JSON_TEXT}-about` : `${JSON_TEXT}-about`}
        onChange={({ target }) => onChange(target.value)}
      />
      {mistake && (
        <div className="problems" id={`${JSON_TEXT}-problems`}>
          <p>{describeMistake(mistake, text)}</p>
        </div>
      )}
    </section>
  );
}
