import { execFile } from "child_process";
import { mkdtempSync, rmSync, writeFileSync } from "fs";
import { tmpdir } from "os";
import { join, resolve } from "path";
import { promisify } from "util";

import { closeBrowser, Desk, openBrowser, until } from "./support/desk";

const JOIN = "POST /WebChannels/Users";
const COMMAND = resolve(__dirname, "../cli/flex-throttle.mjs");

beforeAll(openBrowser);
afterAll(closeBrowser);

let desk: Desk;
const folder = mkdtempSync(join(tmpdir(), "flex-throttle-e2e-"));
afterEach(() => desk.close());
afterAll(() => rmSync(folder, { recursive: true }));

/** Types `flex-throttle settings …` as an administrator of the desk's account. */
async function settings(...args: string[]): Promise<string> {
  const env = { ...process.env, ...desk.twilio.settingsEnvironment, FLEX_THROTTLE_HOME: folder };
  return (await promisify(execFile)(process.execPath, [COMMAND, "settings", ...args], { env })).stdout;
}

/** Accepts eight chats at once; resolves to how Twilio answered their joins. */
async function join8(): Promise<(number | string)[]> {
  const before = desk.statuses(JOIN).length;
  const chats = await desk.receiveChats(8);
  expect(await desk.accept(chats)).toEqual([]);
  await until(() => chats.every((chat) => desk.isMember(chat)), "the joins");
  return desk.statuses(JOIN).slice(before);
}

test("settings that the command line applies hold in the Flex that is loaded then, and those that it takes back no more", async () => {
  desk = await Desk.open();
  desk.twilio.gate.setLimit(JOIN, 3);
  const file = join(folder, "settings.json");
  writeFileSync(file, JSON.stringify({ limits: { [JOIN]: { perSecond: 3 } } }));

  await settings("apply", file);
  await desk.reload();
  expect(desk.twilio.configuration.ui_attributes).toMatchObject({ version_compatibility: "yes" });
  expect(await join8()).toEqual(Array(8).fill(201));

  await settings("rollback");
  await desk.reload();
  expect(await join8()).toContain(429);
});
