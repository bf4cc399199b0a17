/** The limits, row by row as on Twilio's page. */

import React from "react";

import { RATE_LIMIT_IDS, RateLimitId } from "../../limits/limits";
import { maxBurst, DEFAULTS } from "../../settings/defaults";
import { Path } from "../../settings/path";
import { Problems, Reset, TextBox } from "./controls";
import { fieldAt, idOf, Sheet } from "./sheet";

const COLUMNS = ["perSecond", "burst"] as const;
type Column = (typeof COLUMNS)[number];

const FLEX_FLOWS: Path = ["limits", "Flex Flows", "max"];

export function Limits({ sheet }: { sheet: Sheet }) {
  const { text } = sheet;
  return (
    <section>
      <h2>{text("FlexThrottleSetting.limits.title")}</h2>
      <p className="about">{text("FlexThrottleSetting.limits.description")}</p>
      <table className="limits">
        <thead>
          <tr>
            <th scope="col">{text("FlexThrottleSetting.limits.*.title")}</th>
            {COLUMNS.map((column) => (
              <th key={column} scope="col">
                {text(`FlexThrottleSetting.limits.*.${column}.title`)}
              </th>
            ))}
          </tr>
          <tr className="about">
            <td>{text("FlexThrottleSetting.limits.*.description")}</td>
            {COLUMNS.map((column) => (
              <td key={column} id={aboutId(column)}>
                {text(`FlexThrottleSetting.limits.*.${column}.description`)}
              </td>
            ))}
          </tr>
        </thead>
        <tbody>
          {RATE_LIMIT_IDS.map((id) => (
            <tr key={id}>
              <th scope="row" id={idOf(["limits", id])}>
                {id}
              </th>
              {COLUMNS.map((column) => (
                <td key={column}>
                  <Cell
                    sheet={sheet}
                    path={["limits", id, column]}
                    about={aboutId(column)}
                    standard={standardOf(sheet, id, column)}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
        <tbody>
          <tr>
            <th scope="row" id={idOf(["limits", "Flex Flows"])}>
              {text("FlexThrottleSetting.limits.Flex Flows.title")}
            </th>
            <td>
              {text("FlexThrottleSetting.limits.Flex Flows.max.title")}
              <Cell
                sheet={sheet}
                path={FLEX_FLOWS}
                about={aboutId("max")}
                standard={DEFAULTS.limits["Flex Flows"].max}
              />
            </td>
            <td className="about">
              <p>{text("FlexThrottleSetting.limits.Flex Flows.description")}</p>
              <p id={aboutId("max")}>{text("FlexThrottleSetting.limits.Flex Flows.max.description")}</p>
            </td>
          </tr>
        </tbody>
      </table>
    </section>
  );
}

/** Of what says what a column means. */
const aboutId = (column: Column | "max") => idOf(["limits", "*", column]);

/** As many at once as a second, unless that is written. */
function standardOf({ settings }: Sheet, id: RateLimitId, column: Column): number {
  return column === "burst" ? maxBurst(settings.rates[id].perSecond) : DEFAULTS.limits[id].perSecond;
}

function Cell({ sheet, path, about, standard }: { sheet: Sheet; path: Path; about: string; standard: number }) {
  const field = fieldAt(sheet, path);
  const label = sheet.text("FlexThrottleFormOfLimit", { limit: String(path[1]), setting: field.title });
  const placeholder = sheet.text("FlexThrottleFormDefault", { value: String(standard) });
  return (
    <div className={field.value === undefined ? "cell" : "cell is-written"}>
      <TextBox field={field} sheet={sheet} isNumber label={label} about={about} placeholder={placeholder} />
      <Reset field={field} standard={standard} sheet={sheet} row={idOf(path.slice(0, 2))} />
      <Problems field={field} text={sheet.text} />
    </div>
  );
}
