/** The general settings and those of the queue and of telemetry. */

import React from "react";

import { DEFAULTS } from "../../settings/defaults";
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
        unset={form.text("FlexThrottleFormDefault", { value: DEFAULTS[setting] })}
      />
    </LabeledField>
  );
}

export function Queue({ form }: { form: FormContext }) {
  const { text } = form;
  return (
    <section>
      <h2>{text("FlexThrottleSetting.queue.title")}</h2>
      <p className="about">{text("FlexThrottleSetting.queue.description")}</p>
      <div className="row">
        <QueueNumber form={form} setting="maxLength" />
        <QueueNumber form={form} setting="maxWaitSeconds" />
      </div>
    </section>
  );
}

function QueueNumber({ form, setting }: { form: FormContext; setting: "maxLength" | "maxWaitSeconds" }) {
  const field = getField(form, ["queue", setting]);
  const defaultValue = DEFAULTS.queue[setting];
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
        placeholder={form.text("FlexThrottleFormDefault", { value: String(defaultValue) })}
      />
    </LabeledField>
  );
}

export function Telemetry({ form }: { form: FormContext }) {
  const field = getField(form, ["telemetry"]);
  return (
    <section>
      <div className={field.value === undefined ? "field" : "field is-written"}>
        <div className="row">
          <Checkbox field={field} form={form} />
          <label htmlFor={field.id}>{field.title}</label>
          <ResetButton field={field} defaultValue={DEFAULTS.telemetry} form={form} />
        </div>
        <FieldProblems field={field} text={form.text} />
        <FieldDescription field={field} />
      </div>
    </section>
  );
}
