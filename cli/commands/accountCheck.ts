/** `account check`: tries on the account what the account budget needs from Twilio Sync. */

import { randomBytes } from "crypto";

import { readSettings } from "../../src/settings/readSettings";
import { Account } from "../account";
import { CliError } from "../errors";
import { AGENT_ITEMS, checkAgents, judgeDates, judgeLatency } from "../sync/agentChecks";
import { Findings } from "../sync/findings";
import { SyncService } from "../sync/syncApi";
import { Terminal } from "../terminal";
import { settingsIn } from "../uiAttributes";

/** The exit code of a program that Ctrl-C ended. */
const INTERRUPTED = 130;

const PUSHES = 5;

/** @returns the exit code. */
export async function accountCheck(isConfirmed: boolean, account: Account, terminal: Terminal): Promise<number> {
  const { settings } = readSettings(settingsIn(await account.api.readUiAttributes()));
  const service = settings.account.service ?? "default";
  const found = await account.sync.readService(service);
  const { canConnectAgents } = account.sync;
  if (!isConfirmed && !(await confirm(PUSHES + (canConnectAgents ? AGENT_ITEMS : 0), account, terminal))) {
    terminal.note("Nothing was written.");
    return 1;
  }
  terminal.print(`Sync service ${found.sid} of ${account.sid}`);
  const findings = new Findings(terminal);
  const areRemoved = await checkWithLists(service, found, findings, account, terminal);
  return report(findings, { account: account.sid, service: found, removed: areRemoved }, terminal);
}

/** @throws CliError if there is nobody to ask. */
async function confirm(items: number, { sid }: Account, terminal: Terminal): Promise<boolean> {
  const answer = await terminal.confirm(
    `Write ${items} small items to new Sync Lists of ${sid}, and remove the lists afterwards?`,
  );
  if (answer === undefined)
    throw new CliError("Nothing was written. Without a terminal to ask on, confirm the check with --yes.");
  return answer;
}

/** Removes its lists in any case. @returns whether that succeeded. */
async function checkWithLists(
  service: string,
  found: SyncService,
  findings: Findings,
  account: Account,
  terminal: Terminal,
): Promise<boolean> {
  const name = `flex-throttle-check-${randomBytes(6).toString("hex")}`;
  const lists = { server: name, agents: `${name}-agents` };
  const remove = () => removeLists(service, Object.values(lists), account, terminal);
  const onInterrupt = () => {
    terminal.note("flex-throttle: Interrupted. Removing the lists.");
    void remove().finally(() => process.exit(INTERRUPTED));
  };
  process.once("SIGINT", onInterrupt);
  try {
    await checkServer(service, found, lists.server, findings, account);
    await checkAgentsIfPossible(service, lists.agents, findings, account);
  } catch (error) {
    await remove();
    throw error;
  } finally {
    process.off("SIGINT", onInterrupt);
  }
  return remove();
}

async function checkServer(
  service: string,
  { isAccessControlled }: SyncService,
  list: string,
  findings: Findings,
  { sync }: Account,
): Promise<void> {
  if (isAccessControlled)
    findings.add(
      "accessControl",
      "warning",
      "Access control (ACLEnabled) is on: agents need permissions, see docs/account-budget.md#access-control.",
    );
  else findings.add("accessControl", "ok", "Access control (ACLEnabled) is off.");
  await sync.createList(service, list);
  const pushes: { readonly tookMs: number; readonly date: string }[] = [];
  for (let n = 0; n < PUSHES; n += 1) {
    const startMs = performance.now();
    const date = await sync.pushItem(service, list, { check: n });
    pushes.push({ tookMs: performance.now() - startMs, date });
  }
  findings.add("restPushes", ...judgeLatency("REST accepts pushes", pushes));
  const [verdict, message, values] = judgeDates(pushes.map(({ date }) => new Date(date)));
  findings.add("restDates", verdict === "ok" ? "ok" : "unknown", `REST: ${message}`, values);
}

async function checkAgentsIfPossible(
  service: string,
  list: string,
  findings: Findings,
  { sync }: Account,
): Promise<void> {
  if (sync.canConnectAgents) return checkAgents(sync, service, list, findings);
  findings.add(
    "agentAccess",
    "unknown",
    "Whether agents may push: an auth token cannot sign a token for an agent. Set TWILIO_API_KEY and TWILIO_API_SECRET.",
  );
}

async function removeLists(
  service: string,
  lists: readonly string[],
  { sync }: Account,
  terminal: Terminal,
): Promise<boolean> {
  const results = await Promise.allSettled(lists.map((list) => sync.removeList(service, list)));
  const left = results.flatMap((result, n) => (result.status === "rejected" ? [{ list: lists[n], ...result }] : []));
  left.forEach(({ list, reason }) =>
    terminal.note(
      `Cannot remove the Sync List "${list}": ${(reason as Error).message} It expires within an hour by itself.`,
    ),
  );
  return left.length === 0;
}

function report(
  findings: Findings,
  result: { readonly account: string; readonly service: SyncService; readonly removed: boolean },
  terminal: Terminal,
): number {
  const isUsable = findings.has("no") ? "no" : findings.all.some(isUnknownAccess) ? "unknown" : "yes";
  if (result.removed) terminal.print("What the check has written is removed.");
  terminal.print(
    {
      yes: 'The account budget can be used: set account.budget to "sync".',
      no: "The account budget cannot be used: each browser would pace on its own.",
      unknown: "Whether the account budget can be used is not known.",
    }[isUsable],
  );
  terminal.report({ ...result, usable: isUsable, findings: findings.all });
  return isUsable === "no" ? 1 : 0;
}

const isUnknownAccess = ({ check, verdict }: { check: string; verdict: string }) =>
  check === "agentAccess" && verdict === "unknown";
