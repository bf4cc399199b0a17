/** A text area with the settings as JSON. */

import React from "react";

import { SyntaxMistake } from "../../settings/settingsText";
import { TextOf } from "../../texts/texts";

const JSON_EDITOR_ID = "flex-throttle-json";

export function describeSyntaxError({ line, column, expected }: SyntaxMistake, text: TextOf): string {
  const values = { line: String(line), column: String(column), expected: text(`FormJson.${expected}`) };
  return text("FormNotJson", values);
}

interface JsonEditorProps {
  readonly text: TextOf;
  readonly value: string;
  readonly syntaxError: SyntaxMistake | undefined;
  readonly onChange: (text: string) => void;
}

export function JsonEditor({ text, value, syntaxError, onChange }: JsonEditorProps) {
  return (
    <section className="field">
      <label htmlFor={JSON_EDITOR_ID}>{text("FormAsJson")}</label>
      <p className="about" id={`${JSON_EDITOR_ID}-about`}>
        {text("FormJsonHelp")}
      </p>
      <textarea
        id={JSON_EDITOR_ID}
        rows={Math.min(40, Math.max(16, value.split("\n").length + 2))}
        spellCheck={false}
        value={value}
        aria-invalid={syntaxError ? true : undefined}
        aria-describedby={
          syntaxError ? `${JSON_EDITOR_ID}-problems ${JSON_EDITOR_ID}-about` : `${JSON_EDITOR_ID}-about`
        }
        onChange={({ target }) => onChange(target.value)}
      />
      {syntaxError && (
        <div className="problems" id={`${JSON_EDITOR_ID}-problems`}>
          <p>{describeSyntaxError(syntaxError, text)}</p>
        </div>
      )}
    </section>
  );
}
