import { fireEvent, screen } from "@testing-library/react";

import {
  RATE_PATH,
  getChanges,
  getControl,
  getDescriptions,
  getJson,
  getStatus,
  openForm,
  press,
  type,
} from "../../../testing/settingsForm";
import { servicesOf } from "../../../testing/services";
import { RATE_LIMIT_IDS } from "../../limits/limits";
import { findPattern, SettingDescription, SETTING_DESCRIPTIONS, SettingPattern } from "../../settings/descriptions";
import { settingPaths } from "../../settings/entries";
import { formatPath } from "../../settings/path";
import { readSettings } from "../../settings/readSettings";

// With the form's many style rules, jsdom takes seconds per query by role.
jest.mock("./formStyles", () => ({ FormRoot: "div" }));

const ROWS = {
  actions: { SendSms: { limits: ["POST /channels"] } },
  routes: [{ method: "POST", url: "https://a.io", limits: ["POST /channels"] }],
};

test("has a field with title and description for every setting", () => {
  openForm(ROWS);
  const fields = settingPaths(ROWS);
  fields.forEach((path) => {
    const element = getControl(formatPath(path).replace("flexThrottle.", ""));
    const { title, description }: SettingDescription = SETTING_DESCRIPTIONS[findPattern(path) as SettingPattern];
    const label = element.querySelector("legend") ?? document.querySelector(`label[for="${element.id}"]`);
    expect([path, element.getAttribute("aria-label") ?? label?.textContent]).toEqual([
      path,
      path[0] === "limits" ? `${path[1]}: ${title}` : title,
    ]);
    expect([path, getDescriptions(element)]).toEqual([path, description ? [description] : []]);
  });
  // Fails if a setting has no field: scripts/schema.test.ts requires a title for every setting.
  const patterns = Object.keys(SETTING_DESCRIPTIONS) as SettingPattern[];
  const values = patterns.filter((pattern) => !patterns.some((other) => other.startsWith(`${pattern}.`)));
  expect(new Set(fields.map(findPattern))).toEqual(new Set(values));
  const descriptions = Object.values<SettingDescription>(SETTING_DESCRIPTIONS).flatMap(
    ({ description }) => description ?? [],
  );
  descriptions.forEach((description) => expect(screen.getAllByText(description).length).toBeGreaterThan(0));
});

test("labels each cell of the limits table by limit and column", () => {
  openForm();
  RATE_LIMIT_IDS.forEach((id) =>
    expect(screen.getByRole("textbox", { name: `${id}: Calls per second` })).toBe(
      getControl(`limits["${id}"].perSecond`),
    ),
  );
  expect(screen.getByRole("textbox", { name: "Flex Flows: Maximum" })).toBe(getControl('limits["Flex Flows"].max'));
});

test("shows defaults and no changes without settings", () => {
  openForm();
  expect(getControl(RATE_PATH)).toHaveValue("");
  expect(getControl(RATE_PATH)).toHaveAttribute("placeholder", "Default: 10");
  expect(screen.getByRole("option", { name: "Default: enforce" })).toHaveProperty("selected", true);
  expect(getJson()).toBeUndefined();
  expect(getChanges()).toEqual([]);
  expect(screen.queryByRole("button", { name: /^Reset to default/ })).toBeNull();
});

test("derives the default burst from the entered rate", () => {
  openForm();
  type(getControl(RATE_PATH), "4");
  expect(getControl('limits["POST /channels"].burst')).toHaveAttribute("placeholder", "Default: 4");
});

test("validates while typing, and offers JSON and command only when valid", () => {
  openForm();
  type(getControl(RATE_PATH), "te");
  expect(getControl(RATE_PATH)).toHaveValue("te");
  expect(getControl(RATE_PATH)).toBeInvalid();
  expect(getDescriptions(getControl(RATE_PATH))[0]).toBe('This is "te"; expected a number above 0, at most 10000.');
  expect(getStatus()).toBe("1 invalid entry");
  expect(screen.queryByRole("region", { name: "JSON to apply" })).toBeNull();
  expect(screen.queryByText(/flex-throttle.mjs/)).toBeNull();

  type(getControl(RATE_PATH), "12");
  expect(getControl(RATE_PATH)).toBeValid();
  expect(getStatus()).toBe("All entries are valid");
  expect(getJson()).toEqual({ limits: { "POST /channels": { perSecond: 12 } } });
  expect(getChanges()).toEqual([[`flexThrottle.${RATE_PATH}`, "not set", "12"]]);
  expect(screen.getByRole("region", { name: "Command to run" })).toHaveTextContent(
    "node PATH/cli/flex-throttle.mjs settings apply flex-throttle.json",
  );
});

test("rejects ambiguous thousands separators", () => {
  openForm({}, servicesOf({ language: () => "de" }));
  type(getControl(RATE_PATH), "1.000");
  expect(getDescriptions(getControl(RATE_PATH))[0]).toBe('"1.000"; erwartet: eine Zahl über 0, höchstens 10000.');
  type(getControl('limits["Flex Flows"].max'), "2.500");
  expect(getControl('limits["Flex Flows"].max')).toBeInvalid();
  type(getControl(RATE_PATH), "10000");
  type(getControl('limits["Flex Flows"].max'), "2500");
  expect(getJson("Anzuwendendes JSON")).toEqual({
    limits: { "POST /channels": { perSecond: 10000 }, "Flex Flows": { max: 2500 } },
  });
});

test("keeps the text of a number while typing", () => {
  openForm();
  ["0", "0.", "0.5"].forEach((text) => {
    type(getControl(RATE_PATH), text);
    expect(getControl(RATE_PATH)).toHaveValue(text);
  });
  expect(getJson()).toEqual({ limits: { "POST /channels": { perSecond: 0.5 } } });
});

test("removes a setting on reset and keeps the focus on its field", () => {
  openForm({ mode: "off", limits: { "POST /channels": { perSecond: 8 } } });
  press("Reset to default: 10");
  expect(getControl(RATE_PATH)).toHaveValue("");
  expect(getControl(RATE_PATH)).toHaveFocus();
  expect(getJson()).toEqual({ mode: "off" });
  type(getControl("mode"), "");
  expect(getJson()).toEqual({});
});

test("shows invalid settings unchanged, each problem at its field", () => {
  const written = {
    mode: "of",
    modes: 1,
    limits: { "POST /channels": { perSecond: "ten" }, nope: {} },
    actions: { A: { limits: ["SMS"] }, B: 5 },
    routes: [7],
    queue: [],
  };
  openForm(written);
  expect(getControl("mode")).toHaveValue("of");
  expect(getDescriptions(getControl("mode"))[0]).toContain('This is "of"');
  expect(getControl(RATE_PATH)).toHaveValue("ten");
  expect(screen.getByRole("checkbox", { name: "SMS" })).toBeChecked();
  expect(getDescriptions(getControl("actions.A.limits"))[0]).toBe('"SMS" is not a limit. Clear its checkbox.');
  const problems = readSettings(written).problems;
  expect(getStatus()).toBe(`${problems.length} invalid entries`);
  const listed = Array.from(document.querySelectorAll(".review li"), (item) => item.textContent);
  problems.forEach(({ path }, at) => expect(listed[at]).toContain(path));
  // Editing these would overwrite the invalid value.
  [getControl("queue.maxLength"), getControl("actions.B.limits"), getControl("routes[0].url")].forEach((element) =>
    expect(element).toBeDisabled(),
  );
  press("JSON");
  expect(JSON.parse(screen.getByRole<HTMLTextAreaElement>("textbox", { name: "JSON" }).value)).toEqual(written);
});

test("removes invalid entries that no field shows", () => {
  openForm({ modes: 1, queue: [], limits: { nope: {} }, actions: { B: 5 }, mode: "off" });
  for (const path of ["flexThrottle.modes", "flexThrottle.queue", "flexThrottle.limits.nope", "flexThrottle.actions.B"])
    press(`Remove ${path}`);
  expect(getStatus()).toBe("All entries are valid");
  expect(getJson()).toEqual({ mode: "off" });
});

test("removes settings that are not an object", () => {
  openForm("fast");
  expect(getControl("mode")).toBeDisabled();
  press("Remove flexThrottle");
  expect(getControl("mode")).toBeEnabled();
  expect(getJson()).toEqual({});
});

test("moves the focus from a listed problem to its field", () => {
  openForm({ queue: { maxLength: 0 } });
  Element.prototype.scrollIntoView = jest.fn();
  press("1 invalid entry");
  expect(screen.getByRole("heading", { name: "Invalid entries" })).toHaveFocus();
  press("flexThrottle.queue.maxLength");
  expect(getControl("queue.maxLength")).toHaveFocus();
});

test("removes the telemetry setting when unchecked", () => {
  openForm();
  fireEvent.click(getControl("telemetry"));
  expect(getJson()).toEqual({ telemetry: true });
  fireEvent.click(getControl("telemetry"));
  expect(getJson()).toBeUndefined();
});

test("turns the account budget on and off with one switch", () => {
  openForm();
  fireEvent.click(getControl("account.budget"));
  expect(getJson()).toEqual({ account: { budget: "sync" } });
  type(getControl("account.guard"), "0.08");
  expect(getJson()).toEqual({ account: { budget: "sync", guard: 0.08 } });
  fireEvent.click(getControl("account.budget"));
  type(getControl("account.guard"), "");
  expect(getJson()).toBeUndefined();
});

test("opens the advanced fields when a listed problem is in one of them", () => {
  openForm({ account: { service: "mine" } });
  Element.prototype.scrollIntoView = jest.fn();
  const details = getControl("account.service").closest("details") as HTMLDetailsElement;
  expect(details.open).toBe(false);
  press("flexThrottle.account.service");
  expect(details.open).toBe(true);
  expect(getControl("account.service")).toHaveFocus();
});

test("offers nothing to apply without changes", () => {
  openForm({ mode: "off" });
  expect(getJson()).toBeUndefined();
  expect(screen.queryByRole("heading", { name: "Command to run" })).toBeNull();
  type(getControl("mode"), "observe");
  expect(getJson()).toEqual({ mode: "observe" });
});

test("uses the account's own texts", () => {
  const strings = { "FlexThrottleSetting.mode.title": "Betriebsart", FlexThrottleFormCopyJson: "JSON kopieren" };
  openForm({}, servicesOf({ strings: () => strings }));
  fireEvent.click(getControl("telemetry"));
  expect(screen.getByRole("combobox", { name: "Betriebsart" })).toBe(getControl("mode"));
  expect(screen.getByRole("button", { name: "JSON kopieren" })).toBeInTheDocument();
});
