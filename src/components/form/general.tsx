/** The general settings and those of the queue, of the account budget and of telemetry. */

import React from "react";

import { DEFAULTS } from "../../settings/defaults";
import { Path } from "../../settings/path";
import { MODES, ON_BURST } from "../../settings/schema";
import { FieldDescription, Select, LabeledField, FieldProblems, ResetButton, TextInput, Checkbox } from "./controls";
import { getField, FormContext } from "./formContext";

export function General({ form }: { form: FormContext }) {
  return (
    <section>
      <DefaultChoice form={form} setting="mode" values={MODES} />
      <DefaultChoice form={form} setting="onBurst" values={ON_BURST} />
    </section>
  );
}

function DefaultChoice({
  form,
  setting,
  values,
}: {
  form: FormContext;
  setting: "mode" | "onBurst";
  values: readonly string[];
}) {
  const field = getField(form, [setting]);
  return (
    <LabeledField
      field={field}
      text={form.text}
      reset={<ResetButton field={field} defaultValue={DEFAULTS[setting]} form={form} />}
    >
      <Select
        field={field}
        form={form}
        values={values}
        unset={form.text("FormDefault", { value: DEFAULTS[setting] })}
      />
    </LabeledField>
  );
}

export function Queue({ form }: { form: FormContext }) {
  const { text } = form;
  return (
    <section>
      <h2>{text("Setting.queue.title")}</h2>
      <div className="row">
        <DefaultNumber form={form} path={["queue", "maxLength"]} defaultValue={DEFAULTS.queue.maxLength} />
        <DefaultNumber form={form} path={["queue", "maxWaitSeconds"]} defaultValue={DEFAULTS.queue.maxWaitSeconds} />
      </div>
    </section>
  );
}

export function AccountBudget({ form }: { form: FormContext }) {
  const { text } = form;
  const service = getField(form, ["account", "service"]);
  return (
    <section>
      <h2>{text("Setting.account.title")}</h2>
      <Switch form={form} path={["account", "budget"]} on="sync" off={DEFAULTS.account.budget} />
      <details>
        <summary>{text("FormAdvanced")}</summary>
        <div className="row">
          <DefaultNumber form={form} path={["account", "guard"]} defaultValue={DEFAULTS.account.guard} />
          <div className="wide">
            <LabeledField field={service} text={text}>
              <TextInput field={service} form={form} />
            </LabeledField>
          </div>
        </div>
      </details>
    </section>
  );
}

function DefaultNumber({ form, path, defaultValue }: { form: FormContext; path: Path; defaultValue: number }) {
  const field = getField(form, path);
  return (
    <LabeledField
      field={field}
      text={form.text}
      reset={<ResetButton field={field} defaultValue={defaultValue} form={form} />}
    >
      <TextInput
        field={field}
        form={form}
        isNumber
        placeholder={form.text("FormDefault", { value: String(defaultValue) })}
      />
    </LabeledField>
  );
}

export function Telemetry({ form }: { form: FormContext }) {
  return (
    <section>
      <Switch form={form} path={["telemetry"]} on={true} off={DEFAULTS.telemetry} />
    </section>
  );
}

/** @param on the value when checked. @param off the default, shown at the reset button. */
function Switch({ form, path, on, off }: { form: FormContext; path: Path; on: unknown; off: unknown }) {
  const field = getField(form, path);
  return (
    <div className={field.value === undefined ? "field" : "field is-written"}>
      <div className="row">
        <Checkbox field={field} form={form} on={on} />
        <label htmlFor={field.id}>{field.title}</label>
        <ResetButton field={field} defaultValue={off} form={form} />
      </div>
      <FieldProblems field={field} text={form.text} />
      <FieldDescription field={field} />
    </div>
  );
}
