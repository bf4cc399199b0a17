/** Whether the account's browsers share the limits, and what they do with each limit. */

import React from "react";

import { TextKey } from "../../texts/texts";
import { AdminServices } from "../services";
import { formatNumber, formatTime } from "./format";
import { NumberCell, Table } from "./Table";
import { ViewSnapshot } from "./viewSnapshot";

interface AccountBudgetProps {
  readonly budget: ViewSnapshot["accountBudget"];
  readonly services: AdminServices;
}

const COUNTS = ["starts", "waiting", "agents", "throttled"] as const;

const COLUMNS: readonly TextKey[] = [
  "Setting.limits.*.title",
  "ViewBudgetPacedBy",
  "ViewBudgetStarts",
  "ViewBudgetWaiting",
  "ViewBudgetAgents",
  "ViewThrottledAll",
];

const MINUTE_MS = 60_000;

export class AccountBudget extends React.PureComponent<AccountBudgetProps> {
  render() {
    const { budget, services } = this.props;
    const { text } = services;
    const { health, problem, sinceMs } = budget;
    const isUnused = health === "live" && budget.limits.length === 0;
    return (
      <>
        <p className={health === "degraded" ? "alert" : undefined}>
          {text(`ViewBudget.${isUnused ? "unused" : health}`, { time: formatTime(sinceMs) })}
        </p>
        {problem && <p>{text(`ViewBudgetProblem.${problem}`)}</p>}
        {budget.limits.length > 0 && this.renderTable()}
      </>
    );
  }

  private renderTable() {
    const { budget, services } = this.props;
    const { text } = services;
    return (
      <Table
        label="Setting.account.title"
        caption={text("ViewBudgetLegend", { minutes: budget.countedMs / MINUTE_MS })}
        columns={COLUMNS}
        wordColumns={2}
        text={text}
      >
        {budget.limits.map(({ limit, isPaced, ...counts }) => (
          <tr key={limit}>
            <th scope="row">{limit}</th>
            <td className={isPaced ? undefined : "alert"}>
              {text(isPaced ? "ViewBudgetByAccount" : "ViewBudgetByBrowser")}
            </td>
            {COUNTS.map((count) => (
              <NumberCell key={count} isAlert={count === "throttled" && counts.throttled > 0}>
                {formatNumber(counts[count], services)}
              </NumberCell>
            ))}
          </tr>
        ))}
      </Table>
    );
  }
}
