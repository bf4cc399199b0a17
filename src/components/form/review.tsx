/** The form's result: changes to the live settings, the JSON and the command that applies it. */

import React from "react";

import { downloadText } from "../../page/downloadText";
import { SettingsChange } from "../../settings/diffSettings";
import { TextKey, TextOf } from "../../texts/texts";
import { CopyButton } from "../CopyButton";
import { CHANGES_ID } from "./focusTargets";

const FILE_NAME = "flex-throttle.json";
/** Runs where the browser saves the file. There, `npx` would look for a foreign package of this name. */
const COMMAND = `node PATH/cli/flex-throttle.mjs settings apply ${FILE_NAME}`;
const ENVIRONMENT_VARIABLES = { account: "TWILIO_ACCOUNT_SID", token: "TWILIO_AUTH_TOKEN" };

export function ChangesTable({ text, changes }: { text: TextOf; changes: readonly SettingsChange[] }) {
  const formatSetting = (setting: unknown) =>
    setting === undefined ? <em>{text("FormNotWritten")}</em> : <code>{JSON.stringify(setting)}</code>;
  return (
    <section>
      <h2 id={CHANGES_ID} tabIndex={-1}>
        {text("FormDifference")}
      </h2>
      {changes.length === 0 ? (
        <p>{text("FormNoChanges")}</p>
      ) : (
        <table className="changes" aria-labelledby={CHANGES_ID}>
          <thead>
            <tr>
              <th scope="col">{text("FormSetting")}</th>
              <th scope="col">{text("FormLive")}</th>
              <th scope="col">{text("FormNew")}</th>
            </tr>
          </thead>
          <tbody>
            {changes.map(({ path, from, to }) => (
              <tr key={path}>
                <th scope="row">
                  <code>{path}</code>
                </th>
                <td>{formatSetting(from)}</td>
                <td>{formatSetting(to)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

/**
 * @param json undefined while the draft is invalid.
 * @param isOverruled whether appConfig or a plugin overrides the Flex configuration.
 */
export function ApplyInstructions({ text, json, isOverruled }: { text: TextOf; json?: string; isOverruled: boolean }) {
  return (
    <>
      <section>
        <h2>{text("FormJson")}</h2>
        {json === undefined ? (
          <p>{text("FormFixFirst")}</p>
        ) : (
          <CopyableText text={text} title={text("FormJson")} content={json} label="FormCopyJson">
            <button type="button" onClick={() => downloadText(FILE_NAME, "application/json", `${json}\n`)}>
              {text("FormDownload", { file: FILE_NAME })}
            </button>
          </CopyableText>
        )}
      </section>
      {json !== undefined && (
        <section>
          <h2>{text("FormCommand")}</h2>
          {isOverruled && <p className="notice">{text("FormOverruled")}</p>}
          <p>{text("FormCommandHelp", { path: "PATH", ...ENVIRONMENT_VARIABLES })}</p>
          <CopyableText text={text} title={text("FormCommand")} content={COMMAND} label="FormCopyCommand" />
        </section>
      )}
    </>
  );
}

interface CopyableTextProps {
  readonly text: TextOf;
  readonly title: string;
  readonly content: string;
  /** Label of the copy button. */
  readonly label: TextKey;
  readonly children?: React.ReactNode;
}

function CopyableText({ text, title, content, label, children }: CopyableTextProps) {
  return (
    <>
      <pre tabIndex={0} role="region" aria-label={title}>
        {content}
      </pre>
      <div className="row">
        {children}
        <CopyButton text={text} label={label} content={() => content} />
      </div>
    </>
  );
}
