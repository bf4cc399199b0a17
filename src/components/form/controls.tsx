/** The controls of the form. Each is named by its setting, and tells its problems. */

import React from "react";

import { RATE_LIMIT_IDS } from "../../limits/limits";
import { messageFormatter, TextOf } from "../../texts/texts";
import { formatValue, parseNumber, parseText } from "./fieldText";
import { LocatedProblem } from "./problems";
import { Field, FormContext } from "./formContext";

/**
 * What every control of a field has in common.
 *
 * @param about id of what says what the setting means.
 */
function getControlAttributes({ id, name, isDisabled, problems }: Field, about = `${id}-about`) {
  return {
    id,
    name,
    disabled: isDisabled,
    "aria-invalid": problems.length > 0 || undefined,
    "aria-describedby": problems.length > 0 ? `${id}-problems ${about}` : about,
  };
}

/**
 * A field with its label, its meaning and its problems.
 *
 * @param reset where it has a default, which it is marked to differ from.
 */
export function LabeledField({
  field,
  text,
  reset,
  children,
}: {
  field: Field;
  text: TextOf;
  reset?: React.ReactNode;
  children: React.ReactNode;
}) {
  return (
    <div className={reset && field.value !== undefined ? "field is-written" : "field"}>
      <div className="row">
        <label htmlFor={field.id}>{field.title}</label>
        {reset}
      </div>
      {children}
      <FieldProblems field={field} text={text} />
      <FieldDescription field={field} />
    </div>
  );
}

export function FieldDescription({ field }: { field: Field }) {
  return (
    <p className="about" id={`${field.id}-about`}>
      {field.description}
    </p>
  );
}

export function FieldProblems({
  field,
  text,
  describe = describeProblem,
}: {
  field: Field;
  text: TextOf;
  describe?: typeof describeLimits;
}) {
  if (field.problems.length === 0) return null;
  return (
    <div className="problems" id={`${field.id}-problems`}>
      {field.problems.map((problem) => (
        <p key={problem.path}>{describe(field, problem, text)}</p>
      ))}
    </div>
  );
}

function describeProblem(_: Field, { found, expected }: LocatedProblem, text: TextOf): string {
  const say = messageFormatter(text);
  return text("FlexThrottleFormRight", { found: say(found), expected: say(expected) });
}

/**
 * Takes out what is written, so that the default holds. It goes with that, and the focus to the control.
 *
 * @param row id of what names the field's row, where there is room for a sign only.
 */
export function ResetButton({
  field,
  defaultValue,
  form,
  row,
}: {
  field: Field;
  defaultValue: unknown;
  form: FormContext;
  row?: string;
}) {
  if (field.value === undefined || field.isDisabled) return null;
  const words = form.text("FlexThrottleFormReset", { value: String(defaultValue) });
  const reset = () => form.setEntry(field.path, undefined, field.id);
  return row ? (
    <button type="button" className="sign" title={words} aria-label={words} aria-describedby={row} onClick={reset}>
      ↺
    </button>
  ) : (
    <button type="button" className="link" onClick={reset}>
      {words}
    </button>
  );
}

interface TextInputProps {
  readonly field: Field;
  readonly form: FormContext;
  readonly isNumber?: boolean;
  readonly placeholder?: string;
  /** Where it has no label of its own. */
  readonly label?: string;
  /** Id of what says what it means, likewise. */
  readonly about?: string;
}

/** What is typed stays as it is typed ("0.", on the way to "0.5") as long as it means what is written. */
export class TextInput extends React.Component<TextInputProps, { readonly text: string }> {
  state = { text: formatValue(this.props.field.value) };

  static getDerivedStateFromProps({ field, isNumber }: TextInputProps, { text }: { text: string }) {
    return parseInput(text, isNumber) === field.value ? null : { text: formatValue(field.value) };
  }

  render() {
    const { field, form, isNumber, placeholder, label, about } = this.props;
    return (
      <input
        {...getControlAttributes(field, about)}
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
          form.setEntry(field.path, parseInput(text, isNumber));
        }}
        onBlur={() => this.setState({ text: formatValue(field.value) })}
      />
    );
  }
}

function parseInput(text: string, isNumber?: boolean): number | string | undefined {
  return isNumber ? parseNumber(text) : parseText(text);
}

/** @param unset says what holds while nothing is chosen. */
export function Select({
  field,
  form,
  values,
  unset,
}: {
  field: Field;
  form: FormContext;
  values: readonly string[];
  unset: string;
}) {
  const { value } = field;
  const shown = formatValue(value);
  // What is not among them is shown all the same, and stays unless another is chosen.
  const all = value === undefined || values.includes(shown) ? values : [...values, shown];
  return (
    <select
      {...getControlAttributes(field)}
      value={shown}
      onChange={({ target }) => form.setEntry(field.path, parseText(target.value))}
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

/** Off is the default, so what is not ticked is not written. */
export function Checkbox({ field, form }: { field: Field; form: FormContext }) {
  return (
    <input
      {...getControlAttributes(field)}
      type="checkbox"
      checked={field.value === true}
      onChange={({ target }) => form.setEntry(field.path, target.checked || undefined)}
    />
  );
}

/** The names of all limits stand beside it: they need not be told again. */
function describeLimits(field: Field, problem: LocatedProblem, text: TextOf): string {
  if (problem.path !== field.name)
    return text("FlexThrottleFormStrangeLimit", { found: messageFormatter(text)(problem.found) });
  const isList = field.value === undefined || Array.isArray(field.value);
  return isList ? text("FlexThrottleFormNoLimit") : describeProblem(field, problem, text);
}

/** Which limits a call spends; a name that is no limit is shown too, until it is unticked. */
export function LimitCheckboxes({ field, form }: { field: Field; form: FormContext }) {
  const written: unknown[] = Array.isArray(field.value) ? field.value : [];
  const strange = written.filter((limit) => !RATE_LIMIT_IDS.includes(limit as never));
  const tick = (limit: unknown, isTicked: boolean) => {
    const limits = isTicked ? [...written, limit] : written.filter((other) => other !== limit);
    form.setEntry(field.path, limits.length > 0 ? limits : undefined);
  };
  return (
    <fieldset {...getControlAttributes(field)} tabIndex={-1} className="field">
      <legend>{field.title}</legend>
      <FieldProblems field={field} text={form.text} describe={describeLimits} />
      <div className="ticks">
        {[...RATE_LIMIT_IDS, ...strange].map((limit, at) => (
          <label key={at} className={at < RATE_LIMIT_IDS.length ? undefined : "strange"}>
            <input
              type="checkbox"
              checked={written.includes(limit)}
              onChange={({ target }) => tick(limit, target.checked)}
            />{" "}
            {formatValue(limit)}
          </label>
        ))}
      </div>
      <FieldDescription field={field} />
    </fieldset>
  );
}
