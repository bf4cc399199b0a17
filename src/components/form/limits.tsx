/** The limits in the order of Twilio's page. */

import React from "react";

import { RATE_LIMIT_IDS, RateLimitId } from "../../limits/limits";
import { maxBurst, DEFAULTS } from "../../settings/defaults";
import { Path } from "../../settings/path";
import { TextOf } from "../../texts/texts";
import { FieldProblems, ResetButton, TextInput } from "./controls";
import { getField, toElementId, FormContext } from "./formContext";

const COLUMNS = ["perSecond", "burst"] as const;
type Column = (typeof COLUMNS)[number];

const FLEX_FLOWS_MAX: Path = ["limits", "Flex Flows", "max"];

export function Limits({ form }: { form: FormContext }) {
  const { text } = form;
  return (
    <section>
      <h2>{text("Setting.limits.title")}</h2>
      <p className="about">{text("Setting.limits.description")}</p>
      <table className="limits">
        <TableHead text={text} />
        <tbody>
          {RATE_LIMIT_IDS.map((id) => (
            <tr key={id}>
              <th scope="row" id={toElementId(["limits", id])}>
                {id}
              </th>
              {COLUMNS.map((column) => (
                <td key={column}>
                  <Cell
                    form={form}
                    path={["limits", id, column]}
                    descriptionId={toDescriptionId(column)}
                    defaultValue={getDefault(form, id, column)}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
        <tbody>
          <FlexFlowsRow form={form} />
        </tbody>
      </table>
    </section>
  );
}

function TableHead({ text }: { text: TextOf }) {
  return (
    <thead>
      <tr>
        <th scope="col">{text("Setting.limits.*.title")}</th>
        {COLUMNS.map((column) => (
          <th key={column} scope="col">
            {text(`Setting.limits.*.${column}.title`)}
          </th>
        ))}
      </tr>
      <tr className="about">
        <td>{text("Setting.limits.*.description")}</td>
        {COLUMNS.map((column) => (
          <td key={column} id={toDescriptionId(column)}>
            {text(`Setting.limits.*.${column}.description`)}
          </td>
        ))}
      </tr>
    </thead>
  );
}

function FlexFlowsRow({ form }: { form: FormContext }) {
  const { text } = form;
  return (
    <tr>
      <th scope="row" id={toElementId(["limits", "Flex Flows"])}>
        {text("Setting.limits.Flex Flows.title")}
      </th>
      <td>
        {text("Setting.limits.Flex Flows.max.title")}
        <Cell
          form={form}
          path={FLEX_FLOWS_MAX}
          descriptionId={toDescriptionId("max")}
          defaultValue={DEFAULTS.limits["Flex Flows"].max}
        />
      </td>
      <td className="about" id={toDescriptionId("max")}>
        {text("Setting.limits.Flex Flows.max.description")}
      </td>
    </tr>
  );
}

/** Id of the description of a column. */
const toDescriptionId = (column: Column | "max") => toElementId(["limits", "*", column]);

/** The default burst follows from the rate in use. */
function getDefault({ settings }: FormContext, id: RateLimitId, column: Column): number {
  return column === "burst" ? maxBurst(settings.rates[id].perSecond) : DEFAULTS.limits[id].perSecond;
}

function Cell({
  form,
  path,
  descriptionId,
  defaultValue,
}: {
  form: FormContext;
  path: Path;
  descriptionId: string;
  defaultValue: number;
}) {
  const field = getField(form, path);
  const label = form.text("FormOfLimit", { limit: String(path[1]), setting: field.title });
  const placeholder = form.text("FormDefault", { value: String(defaultValue) });
  return (
    <div className={field.value === undefined ? "cell" : "cell is-written"}>
      <TextInput field={field} isNumber label={label} descriptionId={descriptionId} placeholder={placeholder} />
      <ResetButton field={field} defaultValue={defaultValue} rowId={toElementId(path.slice(0, 2))} />
      <FieldProblems field={field} />
    </div>
  );
}
