/** The form's controls. Each is labeled by its setting and shows its problems. */

import React from "react";

import { RATE_LIMIT_IDS } from "../../limits/limits";
import { messageFormatter } from "../../texts/texts";
import { formatValue, parseNumber, parseText } from "./fieldText";
import { LocatedProblem } from "./problems";
import { Field } from "./formContext";

/** @param descriptionId id of the element that describes the setting. */
function getControlAttributes(
  { id, name, description, isDisabled, problems }: Field,
  descriptionId = description && `${id}-about`,
) {
  const describedBy = [problems.length > 0 && `${id}-problems`, descriptionId].filter(Boolean).join(" ");
  return {
    id,
    name,
    disabled: isDisabled,
    "aria-invalid": problems.length > 0 || undefined,
    "aria-describedby": describedBy || undefined,
  };
}

/** @param defaultValue adds a reset button, and a mark once the field is set. */
export function LabeledField({
  field,
  defaultValue,
  children,
}: {
  field: Field;
  defaultValue?: unknown;
  children: React.ReactNode;
}) {
  const hasDefault = defaultValue !== undefined;
  return (
    <div className={hasDefault && field.value !== undefined ? "field is-written" : "field"}>
      <div className="row">
        <label htmlFor={field.id}>{field.title}</label>
        {hasDefault && <ResetButton field={field} defaultValue={defaultValue} />}
      </div>
      {children}
      <FieldProblems field={field} />
      <FieldDescription field={field} />
    </div>
  );
}

export function FieldDescription({ field: { id, description } }: { field: Field }) {
  if (!description) return null;
  return (
    <p className="about" id={`${id}-about`}>
      {description}
    </p>
  );
}

export function FieldProblems({
  field,
  describe = describeProblem,
}: {
  field: Field;
  describe?: typeof describeLimits;
}) {
  if (field.problems.length === 0) return null;
  return (
    <div className="problems" id={`${field.id}-problems`}>
      {field.problems.map((problem) => (
        <p key={problem.path}>{describe(field, problem)}</p>
      ))}
    </div>
  );
}

function describeProblem({ form: { text } }: Field, { found, expected }: LocatedProblem): string {
  const format = messageFormatter(text);
  return text("FormExpected", { found: format(found), expected: format(expected) });
}

/**
 * Removes the setting, so that its default applies, and moves the focus to the control.
 *
 * @param rowId id of the row's header; the button shows only an icon then.
 */
export function ResetButton({ field, defaultValue, rowId }: { field: Field; defaultValue: unknown; rowId?: string }) {
  if (field.value === undefined || field.isDisabled) return null;
  const label = field.form.text("FormReset", { value: String(defaultValue) });
  const reset = () => field.form.setEntry(field.path, undefined, field.id);
  return rowId ? (
    <button type="button" className="icon" title={label} aria-label={label} aria-describedby={rowId} onClick={reset}>
      ↺
    </button>
  ) : (
    <button type="button" className="link" onClick={reset}>
      {label}
    </button>
  );
}

interface TextInputProps {
  readonly field: Field;
  readonly isNumber?: boolean;
  readonly placeholder?: string;
  /** Label of a control without a visible one. */
  readonly label?: string;
  /** Id of the description of such a control. */
  readonly descriptionId?: string;
}

/** Keeps the text as typed ("0." on the way to "0.5") while it means the current value. */
export class TextInput extends React.Component<TextInputProps, { readonly text: string }> {
  state = { text: formatValue(this.props.field.value) };

  static getDerivedStateFromProps({ field, isNumber }: TextInputProps, { text }: { text: string }) {
    return parseInput(text, isNumber) === field.value ? null : { text: formatValue(field.value) };
  }

  render() {
    const { field, isNumber, placeholder, label, descriptionId } = this.props;
    return (
      <input
        {...getControlAttributes(field, descriptionId)}
        type="text"
        inputMode={isNumber ? "decimal" : undefined}
        className={isNumber ? "number" : undefined}
        aria-label={label}
        autoComplete="off"
        spellCheck={false}
        placeholder={placeholder}
        value={this.state.text}
        onChange={({ target: { value: text } }) => {
          this.setState({ text });
          field.form.setEntry(field.path, parseInput(text, isNumber));
        }}
        onBlur={() => this.setState({ text: formatValue(field.value) })}
      />
    );
  }
}

function parseInput(text: string, isNumber?: boolean): number | string | undefined {
  return isNumber ? parseNumber(text) : parseText(text);
}

/** @param unset label of the option for "not set". */
export function Select({ field, values, unset }: { field: Field; values: readonly string[]; unset: string }) {
  const { value } = field;
  const shown = formatValue(value);
  // An invalid value is shown as an option too, until another one is selected.
  const all = value === undefined || values.includes(shown) ? values : [...values, shown];
  return (
    <select
      {...getControlAttributes(field)}
      value={shown}
      onChange={({ target }) => field.form.setEntry(field.path, parseText(target.value))}
    >
      <option value="">{unset}</option>
      {all.map((each) => (
        <option key={each} value={each}>
          {each}
        </option>
      ))}
    </select>
  );
}

/** Unchecked removes the setting: its default is off. @param on the value when checked. */
export function Checkbox({ field, on }: { field: Field; on: unknown }) {
  return (
    <input
      {...getControlAttributes(field)}
      type="checkbox"
      checked={field.value === on}
      onChange={({ target }) => field.form.setEntry(field.path, target.checked ? on : undefined)}
    />
  );
}

/** Shorter than `describeProblem`, which would list the limits shown right below. */
function describeLimits(field: Field, problem: LocatedProblem): string {
  const { text } = field.form;
  if (problem.path !== field.name) return text("FormUnknownLimit", { found: messageFormatter(text)(problem.found) });
  const isList = field.value === undefined || Array.isArray(field.value);
  return isList ? text("FormNoLimit") : describeProblem(field, problem);
}

/** The limits that a call spends. Unknown limits are shown too, until they are deselected. */
export function LimitCheckboxes({ field }: { field: Field }) {
  const written: unknown[] = Array.isArray(field.value) ? field.value : [];
  const unknownLimits = written.filter((limit) => !RATE_LIMIT_IDS.includes(limit as never));
  const toggle = (limit: unknown, isChecked: boolean) => {
    const limits = isChecked ? [...written, limit] : written.filter((other) => other !== limit);
    field.form.setEntry(field.path, limits.length > 0 ? limits : undefined);
  };
  return (
    <fieldset {...getControlAttributes(field)} tabIndex={-1} className="field">
      <legend>{field.title}</legend>
      <FieldProblems field={field} describe={describeLimits} />
      <div className="checkboxes">
        {[...RATE_LIMIT_IDS, ...unknownLimits].map((limit, index) => (
          <label key={index} className={index < RATE_LIMIT_IDS.length ? undefined : "unknown-limit"}>
            <input
              type="checkbox"
              checked={written.includes(limit)}
              onChange={({ target }) => toggle(limit, target.checked)}
            />{" "}
            {formatValue(limit)}
          </label>
        ))}
      </div>
      <FieldDescription field={field} />
    </fieldset>
  );
}
