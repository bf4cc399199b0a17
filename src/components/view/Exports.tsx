/** Copies and downloads the report as JSON, and its lists as CSV. */

import React from "react";

import { downloadText } from "../../page/downloadText";
import { eventsCsv, historyCsv, limitsCsv, makeReport, Report } from "../../record/report";
import { TextKey } from "../../texts/texts";
import { CopyButton } from "../CopyButton";
import { AdminServices } from "../services";
import { formatDay } from "./format";

const toJson = (report: Report) => JSON.stringify(report, null, 2);

interface Download {
  readonly label: TextKey;
  readonly name: string;
  readonly extension: string;
  readonly type: string;
  readonly write: (report: Report) => string;
}

const DOWNLOADS: readonly Download[] = [
  { label: "ViewDownload", name: "report", extension: "json", type: "application/json", write: toJson },
  { label: "ViewDownloadLimits", name: "limits", extension: "csv", type: "text/csv", write: limitsCsv },
  { label: "ViewDownloadEvents", name: "events", extension: "csv", type: "text/csv", write: eventsCsv },
  { label: "ViewDownloadHistory", name: "history", extension: "csv", type: "text/csv", write: historyCsv },
];

export function Exports({ services }: { readonly services: AdminServices }) {
  const { text } = services;
  return (
    <>
      <p>{text("ViewExportNote")}</p>
      <div className="buttons">
        <CopyButton content={() => toJson(makeReport(services))} label="FormCopyJson" text={text} />
        {DOWNLOADS.map(({ label, name, extension, type, write }) => (
          <button
            key={name}
            type="button"
            onClick={() =>
              downloadText(
                `flex-throttle-${name}-${formatDay(services.wallClock())}.${extension}`,
                type,
                write(makeReport(services)),
              )
            }
          >
            {text(label)}
          </button>
        ))}
      </div>
    </>
  );
}
