/** What comes of the form: the difference to what is live, the exact JSON, and the exact command. */

import React from "react";

import { SettingsChange } from "../../settings/difference";
import { TextOf } from "../../texts/texts";
import { Copyable } from "./Copyable";
import { DIFFERENCE } from "./places";

const FILE = "flex-throttle.json";
const COMMAND = `npx flex-throttle settings diff ${FILE}\nnpx flex-throttle settings apply ${FILE}`;
const ENVIRONMENT = { account: "TWILIO_ACCOUNT_SID", token: "TWILIO_AUTH_TOKEN" };

export function Difference({ text, changes }: { text: TextOf; changes: readonly SettingsChange[] }) {
  const value = (written: unknown) => (written === undefined ? <em>{text("FlexThrottleFormNotWritten")}</em> : <code>{JSON.stringify(written)}</code>);
  return (
    <section>
      <h3 id={DIFFERENCE} tabIndex={-1}>
        {text("FlexThrottleFormDifference")}
      </h3>
      {changes.length === 0 ? (
        <p>{text("FlexThrottleFormNoChanges")}</p>
      ) : (
        <table className="changes" aria-labelledby={DIFFERENCE}>
          <thead>
            <tr>
              <th scope="col">{text("FlexThrottleFormSetting")}</th>
              <th scope="col">{text("FlexThrottleFormLive")}</th>
              <th scope="col">{text("FlexThrottleFormNew")}</th>
            </tr>
          </thead>
          <tbody>
            {changes.map(({ path, from, to }) => (
              <tr key={path}>
                <th scope="row">
                  <code>{path}</code>
                </th>
                <td>{value(from)}</td>
                <td>{value(to)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

/** @param json absent while something in it is not understood. */
export function Apply({ text, json }: { text: TextOf; json?: string }) {
  return (
    <>
      <section>
        <h3>{text("FlexThrottleFormJson")}</h3>
        {json === undefined ? (
          <p>{text("FlexThrottleFormMendFirst")}</p>
        ) : (
          <Copyable text={text} copied={json} copy={text("FlexThrottleFormCopyJson")} title={text("FlexThrottleFormJson")}>
            <button type="button" onClick={() => download(json)}>
              {text("FlexThrottleFormDownload", { file: FILE })}
            </button>
          </Copyable>
        )}
      </section>
      {json !== undefined && (
        <section>
          <h3>{text("FlexThrottleFormCommand")}</h3>
          <p>{text("FlexThrottleFormCommandHelp", { file: FILE, ...ENVIRONMENT })}</p>
          <Copyable text={text} copied={COMMAND} copy={text("FlexThrottleFormCopyCommand")} title={text("FlexThrottleFormCommand")} />
        </section>
      )}
    </>
  );
}

function download(json: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([`${json}\n`], { type: "application/json" }));
  link.download = FILE;
  link.click();
  URL.revokeObjectURL(link.href);
}
