/** The limits, row by row as on Twilio's page. */

import React from "react";

import { RATE_LIMIT_IDS, RateLimitId } from "../../limits/limits";
import { burstOf, DEFAULTS } from "../../settings/defaults";
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
              <th key={column} scope="col" id={columnId(column)}>
                {text(`FlexThrottleSetting.limits.*.${column}.title`)}
              </th>
            ))}
          </tr>
          <tr className="about">
            <td>{text("FlexThrottleSetting.limits.*.description")}</td>
            {COLUMNS.map((column) => (
              <td key={column} id={`${columnId(column)}-about`}>
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
                  <Cell sheet={sheet} path={["limits", id, column]} column={columnId(column)} standard={standardOf(sheet, id, column)} />
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
              <label id={columnId("max")} htmlFor={idOf(FLEX_FLOWS)}>
                {text("FlexThrottleSetting.limits.Flex Flows.max.title")}
              </label>
              <Cell sheet={sheet} path={FLEX_FLOWS} column={columnId("max")} standard={DEFAULTS.limits["Flex Flows"].max} />
            </td>
            <td className="about">
              <p>{text("FlexThrottleSetting.limits.Flex Flows.description")}</p>
              <p id={`${columnId("max")}-about`}>{text("FlexThrottleSetting.limits.Flex Flows.max.description")}</p>
            </td>
          </tr>
        </tbody>
      </table>
    </section>
  );
}

const columnId = (column: Column | "max") => idOf(["limits", "*", column]);

/** As many at once as a second, unless that is written. */
function standardOf({ settings }: Sheet, id: RateLimitId, column: Column): number {
  return column === "burst" ? burstOf(settings.rates[id].perSecond) : DEFAULTS.limits[id].perSecond;
}

function Cell({ sheet, path, column, standard }: { sheet: Sheet; path: Path; column: string; standard: number }) {
  const field = fieldAt(sheet, path);
  const names = `${idOf(path.slice(0, 2))} ${column}`;
  return (
    <div className={field.value === undefined ? "cell" : "cell is-written"}>
      <TextBox field={field} sheet={sheet} isNumber names={names} about={`${column}-about`} placeholder={sheet.text("FlexThrottleFormDefault", { value: String(standard) })} />
      <Reset field={field} standard={standard} sheet={sheet} names={names} />
      <Problems field={field} text={sheet.text} />
    </div>
  );
}
