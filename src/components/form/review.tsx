/** What comes of the form: the difference to what is live, the exact JSON, and the exact command. */

import React from "react";

import { downloadText } from "../../page/downloadText";
import { SettingsChange } from "../../settings/diffSettings";
import { TextKey, TextOf } from "../../texts/texts";
import { CopyButton } from "../CopyButton";
import { CHANGES_ID } from "./focusTargets";

const FILE = "flex-throttle.json";
const APPLY = `npx flex-throttle settings apply ${FILE}`;
/** A dry run first and no `diff`, which counts as having seen what somebody else has changed: it would be written over. */
const COMMAND = `${APPLY} --dry-run\n${APPLY}`;
const ENVIRONMENT = { account: "TWILIO_ACCOUNT_SID", token: "TWILIO_AUTH_TOKEN" };

export function ChangesTable({ text, changes }: { text: TextOf; changes: readonly SettingsChange[] }) {
  const value = (written: unknown) =>
    written === undefined ? <em>{text("FlexThrottleFormNotWritten")}</em> : <code>{JSON.stringify(written)}</code>;
  return (
    <section>
      <h2 id={CHANGES_ID} tabIndex={-1}>
        {text("FlexThrottleFormDifference")}
      </h2>
      {changes.length === 0 ? (
        <p>{text("FlexThrottleFormNoChanges")}</p>
      ) : (
        <table className="changes" aria-labelledby={CHANGES_ID}>
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

/** @param json absent while something in it is not understood. @param isOverruled something wins over what the command writes. */
export function ApplyInstructions({ text, json, isOverruled }: { text: TextOf; json?: string; isOverruled: boolean }) {
  return (
    <>
      <section>
        <h2>{text("FlexThrottleFormJson")}</h2>
        {json === undefined ? (
          <p>{text("FlexThrottleFormMendFirst")}</p>
        ) : (
          <CopyableText
            text={text}
            title={text("FlexThrottleFormJson")}
            content={json}
            label="FlexThrottleFormCopyJson"
          >
            <button type="button" onClick={() => downloadText(FILE, "application/json", `${json}\n`)}>
              {text("FlexThrottleFormDownload", { file: FILE })}
            </button>
          </CopyableText>
        )}
      </section>
      {json !== undefined && (
        <section>
          <h2>{text("FlexThrottleFormCommand")}</h2>
          {isOverruled && <p className="notice">{text("FlexThrottleFormOverruled")}</p>}
          <p>{text("FlexThrottleFormCommandHelp", { file: FILE, ...ENVIRONMENT })}</p>
          <CopyableText
            text={text}
            title={text("FlexThrottleFormCommand")}
            content={COMMAND}
            label="FlexThrottleFormCopyCommand"
          />
        </section>
      )}
    </>
  );
}

interface CopyableTextProps {
  readonly text: TextOf;
  readonly title: string;
  readonly content: string;
  /** Of the button that copies it. */
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
