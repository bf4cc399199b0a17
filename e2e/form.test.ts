import { execFile } from "child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "fs";
import { tmpdir } from "os";
import { join, resolve } from "path";
import type { Page } from "playwright-core";
import { promisify } from "util";

import { readSettings } from "../src/settings/readSettings";
import { closeBrowser, Desk, DeskOptions, openBrowser } from "./support/desk";

const JOIN = "POST /WebChannels/Users";
const ROOT = resolve(__dirname, "..");

beforeAll(openBrowser);
afterAll(closeBrowser);

let desk: Desk;
/** The administrator's machine: no settings were read or written on it yet. */
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "flex-throttle-form-"));
});
afterEach(async () => {
  rmSync(folder, { recursive: true });
  await desk.close();
});

async function openForm(options: DeskOptions = {}): Promise<Page> {
  desk = await Desk.open({ roles: ["admin"], ...options });
  await showForm();
  return desk.page;
}

async function showForm(): Promise<void> {
  await desk.page.getByRole("button", { name: "Limits" }).click();
  await desk.page.getByRole("tab", { name: "Settings" }).click();
  await desk.page.getByRole("heading", { name: "Settings", level: 1 }).waitFor();
}

const rate = (limit: string) => desk.page.getByRole("textbox", { name: `${limit}: Calls per second` });
const exactCommand = () => desk.page.getByRole("region", { name: "Command to run" }).innerText();

/** Runs a command in the folder of the download, as an administrator of the desk's account. */
async function run(command: string): Promise<"succeeded" | "failed"> {
  const env = { ...process.env, ...desk.twilio.settingsEnvironment, FLEX_THROTTLE_HOME: folder };
  const [node, script, ...args] = command.replace("PATH", ROOT).split(" ");
  expect(node).toBe("node");
  // There is no terminal to ask on.
  return promisify(execFile)(process.execPath, [script, ...args, "--yes"], { env, cwd: folder }).then(
    () => "succeeded",
    () => "failed",
  );
}

const changes = () => desk.page.getByRole("table", { name: "Changes to the live settings" }).getByRole("row");

test("shows an invalid rate at its field; once corrected, the command of the form applies the settings", async () => {
  const page = await openForm({ flexThrottle: { mode: "observe" } });
  await rate(JOIN).fill("ten");
  await page.getByRole("status").getByText("1 invalid entry").waitFor();
  expect(await rate(JOIN).getAttribute("aria-invalid")).toBe("true");
  expect(await page.getByText('This is "ten"; expected a number above 0').count()).toBe(1);
  expect(await page.getByRole("button", { name: "Copy JSON" }).count()).toBe(0);

  await rate(JOIN).fill("7");
  await page.getByRole("combobox", { name: "Mode" }).selectOption("off");
  expect((await changes().allInnerTexts()).slice(1).map((row) => row.split(/\s*\t\s*/))).toEqual([
    ["flexThrottle.mode", '"observe"', '"off"'],
    [`flexThrottle.limits["${JOIN}"].perSecond`, "not set", "7"],
  ]);

  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Download flex-throttle.json" }).click(),
  ]);
  const file = join(folder, download.suggestedFilename());
  await download.saveAs(file);
  expect(readSettings(JSON.parse(readFileSync(file, "utf8"))).problems).toEqual([]);

  expect(await run(await exactCommand())).toBe("succeeded");
  await desk.reload();
  await page.getByRole("tab", { name: "Settings" }).click();
  expect(await page.getByRole("alert").count()).toBe(0);
  await page.getByRole("button", { name: "No changes to the live settings" }).waitFor();
  expect(await rate(JOIN).inputValue()).toBe("7");
});

test("the command of the form does not overwrite settings that changed since", async () => {
  const page = await openForm({ flexThrottle: { mode: "observe" } });
  await rate(JOIN).fill("7");
  const command = await exactCommand();
  writeFileSync(
    join(folder, "flex-throttle.json"),
    await page.getByRole("region", { name: "JSON to apply" }).innerText(),
  );
  expect(await run(command)).toBe("succeeded");
  const changed = { mode: "observe", queue: { maxLength: 77 } };
  Object.assign(desk.twilio.configuration.ui_attributes as object, { flexThrottle: changed });
  expect(await run(command)).toBe("failed");
  expect(desk.twilio.configuration.ui_attributes).toMatchObject({ flexThrottle: changed });
});

test("keeps the draft when the live settings change, and compares it with the new ones", async () => {
  const page = await openForm();
  await rate(JOIN).fill("7");
  await desk.evaluate(() =>
    window.Twilio.Flex.Manager.getInstance().updateConfig({ flexThrottle: { queue: { maxLength: 9 } } }),
  );
  await page.getByRole("alert").getByText("The live settings have changed").waitFor();
  expect(await rate(JOIN).inputValue()).toBe("7");
  expect(await changes().count()).toBe(3);
  await page.getByRole("button", { name: "Reset to the live settings" }).click();
  await page.getByRole("button", { name: "Discard" }).click();
  await page.getByRole("button", { name: "No changes to the live settings" }).waitFor();
  expect(await page.getByRole("textbox", { name: "Maximum queue length" }).inputValue()).toBe("9");
});

test("restores the draft after a reload, and says so", async () => {
  const page = await openForm();
  await rate(JOIN).fill("7");
  await desk.reload();
  await page.getByRole("tab", { name: "Settings" }).click();
  await page.getByRole("alert").getByText("Your entries are restored").waitFor();
  expect(await rate(JOIN).inputValue()).toBe("7");
});

test("keeps the status bar at the top while it is scrolled, with no field above it", async () => {
  const page = await openForm();
  const bar = page.getByRole("status").filter({ hasText: "All entries are valid" });
  const highest = await page.locator("[data-flex-throttle=view]").evaluate((scroller) => {
    scroller.scrollTop = 226;
    const { left, top } = scroller.getBoundingClientRect();
    return document.elementFromPoint(left + 40, top + 2)?.textContent;
  });
  expect(highest).toContain(await bar.innerText());
});

test.each([
  [
    "a self-hosted appConfig sets other values",
    { flexThrottle: { mode: "observe" }, appConfig: { flexThrottle: { mode: "off" } } },
    true,
  ],
  ["all that is live is in the Flex configuration", { flexThrottle: { mode: "observe" } }, false],
] as [string, DeskOptions, boolean][])(
  "says whether the command's settings are overruled: %s",
  async (_, options, isOverruled) => {
    const page = await openForm(options);
    await rate(JOIN).fill("7");
    await page.getByRole("region", { name: "Command to run" }).waitFor();
    expect(await page.getByText("come from this page's appConfig or from a plugin").count()).toBe(isOverruled ? 1 : 0);
  },
);

test("accepts pasted JSON with comments, and copies the settings as JSON", async () => {
  const page = await openForm();
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.getByRole("button", { name: "JSON", exact: true }).click();
  const box = page.getByRole("textbox", { name: "JSON" });
  await box.fill('{\n  "mode" "off"\n}');
  await page.getByRole("status").getByText("line 2, column 10").waitFor();
  await box.fill('{ "flexThrottle": { "mode": "off" } } // until Monday');
  await page.getByRole("button", { name: "Form", exact: true }).click();
  expect(await page.getByRole("combobox", { name: "Mode" }).inputValue()).toBe("off");
  await page.getByRole("button", { name: "Copy JSON" }).click();
  await page.getByRole("status").getByText("Copied.").waitFor();
  expect(JSON.parse(await desk.evaluate(() => navigator.clipboard.readText()))).toEqual({ mode: "off" });
});

test("works with the React version of Flex's bundle, by keyboard alone, and keeps the draft when the agent leaves and returns", async () => {
  const page = await openForm({ flexBundle: "bundled", roles: ["supervisor"] });
  await page.getByRole("tab", { name: "Settings" }).press("ArrowLeft");
  await page.getByRole("heading", { name: "Limits", level: 1 }).waitFor();
  await page.getByRole("tab", { name: "Limits" }).press("ArrowRight");
  await rate(JOIN).focus();
  await page.keyboard.type("0.5");
  expect(await rate(JOIN).inputValue()).toBe("0.5");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  expect(await rate(JOIN).inputValue()).toBe("");
  expect(await rate(JOIN).evaluate((element) => element === document.activeElement)).toBe(true);
  await page.keyboard.type("8");
  await desk.invoke("NavigateToView", { viewName: "agent-desktop" });
  await rate(JOIN).waitFor({ state: "detached" });
  await showForm();
  expect(await rate(JOIN).inputValue()).toBe("8");
});
