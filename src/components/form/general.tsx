/** The general settings and those of the queue, of the account budget and of telemetry. */

import React from "react";

import { DEFAULTS } from "../../settings/defaults";
import { getEntry } from "../../settings/entries";
import { Path } from "../../settings/path";
import { MODES, ON_BURST } from "../../settings/schema";
import { FieldDescription, Select, LabeledField, FieldProblems, ResetButton, TextInput, Checkbox } from "./controls";
import { getField, FormContext } from "./formContext";

export function General({ form }: { form: FormContext }) {
  return (
    <section>
      <DefaultField form={form} path={["mode"]} values={MODES} />
      <DefaultField form={form} path={["onBurst"]} values={ON_BURST} />
    </section>
  );
}

export function Queue({ form }: { form: FormContext }) {
  return (
    <section>
      <h2>{form.text("Setting.queue.title")}</h2>
      <div className="row">
        <DefaultField form={form} path={["queue", "maxLength"]} />
        <DefaultField form={form} path={["queue", "maxWaitSeconds"]} />
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
      <Switch form={form} path={["account", "budget"]} on="sync" />
      <details>
        <summary>{text("FormAdvanced")}</summary>
        <div className="row">
          <DefaultField form={form} path={["account", "guard"]} />
          <div className="wide">
            <LabeledField field={service}>
              <TextInput field={service} />
            </LabeledField>
          </div>
        </div>
      </details>
    </section>
  );
}

export function Telemetry({ form }: { form: FormContext }) {
  return (
    <section>
      <Switch form={form} path={["telemetry"]} on={true} />
    </section>
  );
}

/** @param values the values to choose from; without them the setting is a number. */
function DefaultField({ form, path, values }: { form: FormContext; path: Path; values?: readonly string[] }) {
  const field = getField(form, path);
  const defaultValue = getEntry(DEFAULTS, path);
  const unset = form.text("FormDefault", { value: String(defaultValue) });
  return (
    <LabeledField field={field} defaultValue={defaultValue}>
      {values ? (
        <Select field={field} values={values} unset={unset} />
      ) : (
        <TextInput field={field} isNumber placeholder={unset} />
      )}
    </LabeledField>
  );
}

/** @param on the value when checked. */
function Switch({ form, path, on }: { form: FormContext; path: Path; on: unknown }) {
  const field = getField(form, path);
  return (
    <div className={field.value === undefined ? "field" : "field is-written"}>
      <div className="row">
        <Checkbox field={field} on={on} />
        <label htmlFor={field.id}>{field.title}</label>
        <ResetButton field={field} defaultValue={getEntry(DEFAULTS, path)} />
      </div>
      <FieldProblems field={field} />
      <FieldDescription field={field} />
    </div>
  );
}
