/** The settings that stand for themselves, and those of the queue. */

import React from "react";

import { DEFAULTS } from "../../settings/defaults";
import { MODES, ON_BURST } from "../../settings/schema";
import { About, Choice, Labelled, Problems, Reset, TextBox, Tick } from "./controls";
import { fieldAt, Sheet } from "./sheet";

export function General({ sheet }: { sheet: Sheet }) {
  return (
    <section>
      <DefaultChoice sheet={sheet} setting="mode" values={MODES} />
      <DefaultChoice sheet={sheet} setting="onBurst" values={ON_BURST} />
    </section>
  );
}

function DefaultChoice({
  sheet,
  setting,
  values,
}: {
  sheet: Sheet;
  setting: "mode" | "onBurst";
  values: readonly string[];
}) {
  const field = fieldAt(sheet, [setting]);
  return (
    <Labelled
      field={field}
      text={sheet.text}
      reset={<Reset field={field} standard={DEFAULTS[setting]} sheet={sheet} />}
    >
      <Choice
        field={field}
        sheet={sheet}
        values={values}
        unset={sheet.text("FlexThrottleFormDefault", { value: DEFAULTS[setting] })}
      />
    </Labelled>
  );
}

export function Queue({ sheet }: { sheet: Sheet }) {
  const { text } = sheet;
  return (
    <section>
      <h2>{text("FlexThrottleSetting.queue.title")}</h2>
      <p className="about">{text("FlexThrottleSetting.queue.description")}</p>
      <div className="row">
        <QueueNumber sheet={sheet} setting="maxLength" />
        <QueueNumber sheet={sheet} setting="maxWaitSeconds" />
      </div>
    </section>
  );
}

function QueueNumber({ sheet, setting }: { sheet: Sheet; setting: "maxLength" | "maxWaitSeconds" }) {
  const field = fieldAt(sheet, ["queue", setting]);
  const standard = DEFAULTS.queue[setting];
  return (
    <Labelled field={field} text={sheet.text} reset={<Reset field={field} standard={standard} sheet={sheet} />}>
      <TextBox
        field={field}
        sheet={sheet}
        isNumber
        placeholder={sheet.text("FlexThrottleFormDefault", { value: String(standard) })}
      />
    </Labelled>
  );
}

export function Telemetry({ sheet }: { sheet: Sheet }) {
  const field = fieldAt(sheet, ["telemetry"]);
  return (
    <section>
      <div className={field.value === undefined ? "field" : "field is-written"}>
        <div className="row">
          <Tick field={field} sheet={sheet} />
          <label htmlFor={field.id}>{field.title}</label>
          <Reset field={field} standard={DEFAULTS.telemetry} sheet={sheet} />
        </div>
        <Problems field={field} text={sheet.text} />
        <About field={field} />
      </div>
    </section>
  );
}
