/** The number of Flex Flows and its maximum. */

import React from "react";

import { TextOf } from "../../texts/texts";
import { ViewSnapshot } from "./viewSnapshot";
import { formatTime } from "./format";

interface FlexFlowsProps {
  readonly flexFlows: ViewSnapshot["flexFlows"];
  readonly text: TextOf;
}

export function FlexFlowsBar({ flexFlows: { count, max, listedAtMs }, text }: FlexFlowsProps) {
  const description =
    listedAtMs === undefined
      ? text(count > 0 ? "ViewFlowsSeen" : "ViewFlowsUnknown", { count, max })
      : text("ViewFlowsListed", { count, max, time: formatTime(listedAtMs) });
  if (count === 0 && listedAtMs === undefined) return <p>{description}</p>;
  return (
    <>
      <div
        className="meter"
        role="meter"
        aria-label="Flex Flows"
        aria-valuemin={0}
        aria-valuemax={max}
        aria-valuenow={Math.min(count, max)}
        aria-valuetext={description}
      >
        <div style={{ width: `${Math.min(100, (100 * count) / max)}%` }} />
      </div>
      <p>{description}</p>
    </>
  );
}
