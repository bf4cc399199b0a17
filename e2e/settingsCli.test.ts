import { execFile } from "child_process";
import { mkdtempSync, rmSync, writeFileSync } from "fs";
import { tmpdir } from "os";
import { join, resolve } from "path";
import { promisify } from "util";

import { closeBrowser, Desk, openBrowser, until } from "./support/desk";
import { JOIN, ONE_CALL, PATIENT_QUEUE } from "./support/settings";

const COMMAND = resolve(__dirname, "../cli/flex-throttle.mjs");

beforeAll(openBrowser);
afterAll(closeBrowser);

let desk: Desk;
const folder = mkdtempSync(join(tmpdir(), "flex-throttle-e2e-"));
afterEach(() => desk.close());
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs `flex-throttle settings …` as an administrator of the desk's account. */
async function settings(...args: string[]): Promise<void> {
  const env = { ...process.env, ...desk.twilio.settingsEnvironment, FLEX_THROTTLE_HOME: folder };
  await promisify(execFile)(process.execPath, [COMMAND, "settings", ...args], { env });
}

test("settings apply and settings rollback take effect when Flex loads next", async () => {
  desk = await Desk.open();
  const file = join(folder, "settings.json");
  writeFileSync(file, JSON.stringify({ limits: { [JOIN]: ONE_CALL } }));

  await settings("apply", file, "--yes");
  await desk.reload();
  expect(desk.twilio.configuration.ui_attributes).toMatchObject({ version_compatibility: "yes" });
  const chats = await desk.receiveChats(3);
  await desk.startAccepting(chats);
  await until(() => desk.statuses(JOIN).length === 1, "the first join");
  await desk.waitForQueued(2);
  expect(desk.statuses(JOIN)).toHaveLength(1);

  await settings("rollback", "--yes");
  await desk.reload();
  const more = await desk.receiveChats(3);
  await desk.startAccepting(more);
  await desk.waitForJoins(more);
});

test("settings off reaches an open desktop that uses the account budget", async () => {
  desk = await Desk.open({
    flexThrottle: { limits: { [JOIN]: ONE_CALL }, queue: PATIENT_QUEUE, account: { budget: "sync" } },
  });
  const chats = await desk.receiveChats(3);
  await desk.startAccepting(chats);
  await until(() => desk.twilio.syncStore.find("list", "flex-throttle.settings") !== undefined, "the list of notices");
  await desk.waitForQueued(2);

  await settings("off", "--yes");
  await desk.waitForJoins(chats);
});
