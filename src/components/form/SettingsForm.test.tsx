import { act, fireEvent, render, screen, within } from "@testing-library/react";
import React from "react";
import { Provider } from "react-redux";
import { createStore } from "redux";

import { RATE_LIMIT_IDS } from "../../limits/limits";
import { settingPaths } from "../../settings/entries";
import { SETTING_DESCRIPTIONS, findPattern, SettingPattern } from "../../settings/descriptions";
import { formatPath } from "../../settings/path";
import { readSettings } from "../../settings/readSettings";
import { selectThrottle } from "../../state/selectors";
import { NAMESPACE } from "../../state/slice";
import { servicesOf } from "../../../testing/services";
import { AdminServices } from "../services";
import { SettingsForm } from "./SettingsForm";

// jsdom takes seconds to find an element by its role where a style form has so many rules.
jest.mock("./formStyles", () => ({ FormRoot: "div" }));

/** The form over settings that are live, which can change under it. */
function open(written?: unknown, own: Partial<AdminServices> = {}) {
  let live = written;
  const services = { ...servicesOf(), written: () => live, stored: () => live, ...own } as AdminServices;
  const store = createStore((_: unknown, action: { type: string }) => ({
    [NAMESPACE]: { ...selectThrottle({}), problems: [action] },
  }));
  const show = () =>
    render(
      <Provider store={store}>
        <SettingsForm services={services} />
      </Provider>,
    );
  let shown = show();
  return {
    goLive: (next: unknown) =>
      act(() => {
        live = next;
        store.dispatch({ type: "settings read" });
      }),
    leaveAndComeBack: () => {
      shown.unmount();
      shown = show();
    },
  };
}

const control = (path: string) =>
  document.querySelector<HTMLInputElement>(`[name=${JSON.stringify(`flexThrottle.${path}`)}]`) as HTMLInputElement;
const type = (element: HTMLElement, value: string) => fireEvent.change(element, { target: { value } });
const press = (name: string) => fireEvent.click(screen.getByRole("button", { name }));
const startAgain = (answer: "Keep" | "Discard") => {
  press("Reset to the live settings");
  press(answer);
};
const json = () => JSON.parse(screen.getByRole("region", { name: "JSON to apply" }).textContent ?? "");
const changes = () =>
  Array.from(document.querySelectorAll(".changes tbody tr"), (row) =>
    Array.from(row.children, (cell) => cell.textContent),
  );
const count = () => screen.getAllByRole("status")[0].textContent;
/** What a screen reader reads of a control after its name. */
const described = (element: HTMLElement) =>
  (element.getAttribute("aria-describedby") ?? "")
    .split(" ")
    .map((id) => document.getElementById(id)?.textContent ?? "")
    .filter(Boolean);

const ROWS = {
  actions: { SendSms: { limits: ["POST /channels"] } },
  routes: [{ method: "POST", url: "https://a.io", limits: ["POST /channels"] }],
};
const RATE = 'limits["POST /channels"].perSecond';

test("every setting has a field, with its name and its meaning", () => {
  open(ROWS);
  const fields = settingPaths(ROWS);
  fields.forEach((path) => {
    const element = control(formatPath(path).replace("flexThrottle.", ""));
    const { title, description } = SETTING_DESCRIPTIONS[findPattern(path) as SettingPattern];
    const label = element.querySelector("legend") ?? document.querySelector(`label[for="${element.id}"]`);
    expect([path, element.getAttribute("aria-label") ?? label?.textContent]).toEqual([
      path,
      path[0] === "limits" ? `${path[1]}: ${title}` : title,
    ]);
    expect([path, described(element)]).toEqual([path, [description]]);
  });
  // A setting that is added without a field is missed here: each has a meaning, which the schema's test sees to.
  const patterns = Object.keys(SETTING_DESCRIPTIONS) as SettingPattern[];
  const values = patterns.filter((pattern) => !patterns.some((other) => other.startsWith(`${pattern}.`)));
  expect(new Set(fields.map(findPattern))).toEqual(new Set(values));
  patterns.forEach((pattern) =>
    expect(screen.getAllByText(SETTING_DESCRIPTIONS[pattern].description).length).toBeGreaterThan(0),
  );
});

test("each of Twilio's limits is named by itself and its column", () => {
  open();
  RATE_LIMIT_IDS.forEach((id) =>
    expect(screen.getByRole("textbox", { name: `${id}: Calls per second` })).toBe(control(`limits["${id}"].perSecond`)),
  );
  expect(screen.getByRole("textbox", { name: "Flex Flows: Maximum" })).toBe(control('limits["Flex Flows"].max'));
});

test("what is not written shows the default, and nothing differs", () => {
  open();
  expect(control(RATE)).toHaveValue("");
  expect(control(RATE)).toHaveAttribute("placeholder", "Default: 10");
  expect(screen.getByRole("option", { name: "Default: enforce" })).toHaveProperty("selected", true);
  expect(json()).toEqual({});
  expect(changes()).toEqual([]);
  expect(screen.queryByRole("button", { name: /^Reset to default/ })).toBeNull();
});

test("a limit that is written changes what holds as its burst", () => {
  open();
  type(control(RATE), "4");
  expect(control('limits["POST /channels"].burst')).toHaveAttribute("placeholder", "Default: 4");
});

test("what is typed is checked at once, and counted; only once it is right there is JSON and a command", () => {
  open();
  type(control(RATE), "te");
  expect(control(RATE)).toHaveValue("te");
  expect(control(RATE)).toBeInvalid();
  expect(described(control(RATE))[0]).toBe('This is "te"; expected a number above 0, at most 10000.');
  expect(count()).toBe("1 invalid entry");
  expect(screen.queryByRole("region", { name: "JSON to apply" })).toBeNull();
  expect(screen.queryByText(/npx flex-throttle/)).toBeNull();

  type(control(RATE), "12");
  expect(control(RATE)).toBeValid();
  expect(count()).toBe("All entries are valid");
  expect(json()).toEqual({ limits: { "POST /channels": { perSecond: 12 } } });
  expect(changes()).toEqual([[`flexThrottle.${RATE}`, "not set", "12"]]);
  const command = screen.getByRole("region", { name: "Command to run" }).textContent?.split("\n");
  expect(command).toEqual([
    "npx flex-throttle settings apply flex-throttle.json --dry-run",
    "npx flex-throttle settings apply flex-throttle.json",
  ]);
});

test("a thousand is told as one types it, and no text that may mean it is taken for one", () => {
  open({}, servicesOf({ language: () => "de" }));
  type(control(RATE), "1.000");
  expect(described(control(RATE))[0]).toBe('This is "1.000"; expected eine Zahl über 0, höchstens 10000.');
  type(control('limits["Flex Flows"].max'), "2.500");
  expect(control('limits["Flex Flows"].max')).toBeInvalid();
  type(control(RATE), "10000");
  type(control('limits["Flex Flows"].max'), "2500");
  expect(json()).toEqual({ limits: { "POST /channels": { perSecond: 10000 }, "Flex Flows": { max: 2500 } } });
});

test("a number keeps its text on the way to it", () => {
  open();
  ["0", "0.", "0.5"].forEach((text) => {
    type(control(RATE), text);
    expect(control(RATE)).toHaveValue(text);
  });
  expect(json()).toEqual({ limits: { "POST /channels": { perSecond: 0.5 } } });
});

test("a field that is reset is not written any more, and the focus stays with it", () => {
  open({ mode: "off", limits: { "POST /channels": { perSecond: 8 } } });
  press("Reset to default: 10");
  expect(control(RATE)).toHaveValue("");
  expect(control(RATE)).toHaveFocus();
  expect(json()).toEqual({ mode: "off" });
  type(control("mode"), "");
  expect(json()).toEqual({});
});

test("settings with problems are shown as they are, with each problem at its place; nothing is lost", () => {
  const written = {
    mode: "of",
    modes: 1,
    limits: { "POST /channels": { perSecond: "ten" }, nope: {} },
    actions: { A: { limits: ["SMS"] }, B: 5 },
    routes: [7],
    queue: [],
  };
  open(written);
  expect(control("mode")).toHaveValue("of");
  expect(described(control("mode"))[0]).toContain('This is "of"');
  expect(control(RATE)).toHaveValue("ten");
  expect(screen.getByRole("checkbox", { name: "SMS" })).toBeChecked();
  expect(described(control("actions.A.limits"))[0]).toBe('"SMS" is not a limit. Clear its checkbox.');
  const problems = readSettings(written).problems;
  expect(count()).toBe(`${problems.length} invalid entries`);
  const listed = Array.from(document.querySelectorAll(".review li"), (item) => item.textContent);
  problems.forEach(({ path }, at) => expect(listed[at]).toContain(path));
  // What stands there would be written over without a word.
  [control("queue.maxLength"), control("actions.B.limits"), control("routes[0].url")].forEach((element) =>
    expect(element).toBeDisabled(),
  );
  press("JSON");
  expect(JSON.parse(screen.getByRole<HTMLTextAreaElement>("textbox", { name: "JSON" }).value)).toEqual(written);
});

test("what no field shows can be taken out, one by one, until every entry is understood", () => {
  open({ modes: 1, queue: [], limits: { nope: {} }, actions: { B: 5 }, mode: "off" });
  for (const path of ["flexThrottle.modes", "flexThrottle.queue", "flexThrottle.limits.nope", "flexThrottle.actions.B"])
    press(`Remove ${path}`);
  expect(count()).toBe("All entries are valid");
  expect(json()).toEqual({ mode: "off" });
});

test("settings that are no object at all can be taken out, too", () => {
  open("fast");
  expect(control("mode")).toBeDisabled();
  press("Remove flexThrottle");
  expect(control("mode")).toBeEnabled();
  expect(json()).toEqual({});
});

test("a problem in the list leads to its field", () => {
  open({ queue: { maxLength: 0 } });
  Element.prototype.scrollIntoView = jest.fn();
  press("1 invalid entry");
  expect(screen.getByRole("heading", { name: "Invalid entries" })).toHaveFocus();
  press("flexThrottle.queue.maxLength");
  expect(control("queue.maxLength")).toHaveFocus();
});

describe("Flex Actions", () => {
  const nameBoxes = () => screen.getAllByRole("textbox", { name: "Flex Action" });
  const add = (name: string) => {
    type(nameBoxes()[nameBoxes().length - 1], name);
    press("Add a Flex Action");
  };

  test("are added, filled in and taken away", () => {
    open();
    add("SendSms");
    const row = within(screen.getByRole("group", { name: "SendSms" }));
    expect(control("actions.SendSms.limits")).toHaveFocus();
    expect(described(control("actions.SendSms.limits"))[0]).toBe("Select at least one limit.");
    fireEvent.click(row.getByRole("checkbox", { name: "POST /channels" }));
    type(control("actions.SendSms.onBurst"), "defer");
    expect(json()).toEqual({ actions: { SendSms: { limits: ["POST /channels"], onBurst: "defer" } } });
    press("Remove SendSms");
    expect(json()).toEqual({});
  });

  test("keep their settings under a new name, which never takes that of another on the way", () => {
    open({ actions: { SendSms: { limits: ["POST /channels"] }, X: { limits: ["GET /channels"] } } });
    const [, box] = nameBoxes();
    type(box, "SendSms");
    expect(described(box)).toEqual(["This name is already in use."]);
    type(box, "SendSms2");
    fireEvent.blur(box);
    expect(json()).toEqual({
      actions: { SendSms: { limits: ["POST /channels"] }, SendSms2: { limits: ["GET /channels"] } },
    });
    type(nameBoxes()[1], "SendSms");
    fireEvent.blur(nameBoxes()[1]);
    expect(nameBoxes()[1]).toHaveValue("SendSms2");
  });

  test("cannot be added twice or without a name", () => {
    open({ actions: { SendSms: { limits: ["POST /channels"] } } });
    const button = screen.getByRole("button", { name: "Add a Flex Action" });
    expect(button).toBeDisabled();
    type(nameBoxes()[1], "SendSms");
    expect(button).toBeDisabled();
  });

  test("whose name cannot be used are told as such", () => {
    open();
    add("__proto__");
    expect(
      screen.getByText("flexThrottle.actions.__proto__ is a reserved name; expected a different name."),
    ).toBeInTheDocument();
    press("Remove flexThrottle.actions.__proto__");
    expect(json()).toEqual({});
  });
});

test("HTTP calls are added, filled in and taken away", () => {
  open();
  press("Add an HTTP call");
  expect(control("routes[0].method")).toHaveFocus();
  expect(count()).toBe("3 invalid entries");
  type(control("routes[0].method"), "POST");
  type(control("routes[0].url"), "https://a.io/*");
  fireEvent.click(
    within(screen.getByRole("group", { name: "HTTP call 1" })).getByRole("checkbox", { name: "POST /WebChannels" }),
  );
  expect(json()).toEqual({ routes: [{ method: "POST", url: "https://a.io/*", limits: ["POST /WebChannels"] }] });
  press("Add an HTTP call");
  type(control("routes[1].url"), "https://b.io");
  press("Remove HTTP call 1");
  expect(control("routes[0].url")).toHaveValue("https://b.io");
  press("Remove HTTP call 1");
  expect(json()).toEqual({});
});

test("telemetry is ticked or not written", () => {
  open();
  fireEvent.click(control("telemetry"));
  expect(json()).toEqual({ telemetry: true });
  fireEvent.click(control("telemetry"));
  expect(json()).toEqual({});
});

describe("as JSON", () => {
  const box = () => screen.getByRole<HTMLTextAreaElement>("textbox", { name: "JSON" });

  test("settings can be pasted, and stand in the fields then; the text stays as it was typed", () => {
    open();
    press("JSON");
    const text = '{"flexThrottle": {"mode": "off"}} // until Monday';
    type(box(), text);
    press("Form");
    expect(control("mode")).toHaveValue("off");
    press("JSON");
    expect(box()).toHaveValue(text);
    press("Form");
    type(control("mode"), "observe");
    press("JSON");
    expect(box()).toHaveValue('{\n  "mode": "observe"\n}');
  });

  test("what is no JSON is told with its line and column, kept, and not offered", () => {
    open({ mode: "off" });
    press("JSON");
    type(box(), '{\n  "mode" "off"\n}');
    expect(box()).toBeInvalid();
    expect(described(box())[0]).toBe("Invalid JSON at line 2, column 10.");
    expect(screen.getByRole("button", { name: "Form" })).toBeDisabled();
    expect(screen.queryByRole("region", { name: "JSON to apply" })).toBeNull();
    type(box(), '{"mode": "of"}');
    expect(screen.getByText(/^flexThrottle.mode is "of"; expected one of/)).toBeInTheDocument();
    // What was read before the syntaxError is not what stands there.
    type(box(), '{"mode": "of"');
    expect(screen.queryByRole("heading", { name: "Invalid entries" })).toBeNull();
    expect(changes()).toEqual([]);
    expect(screen.queryByText(/differ/i)).toBeNull();
  });
});

describe("when the live settings change under the form", () => {
  test("what was written is kept, compared with them, and can be let go", () => {
    const { goLive } = open({ mode: "off" });
    type(control("queue.maxLength"), "9");
    goLive({ mode: "observe" });
    expect(screen.getByRole("alert")).toHaveTextContent("The live settings have changed");
    expect(changes()).toEqual([
      ["flexThrottle.mode", '"observe"', '"off"'],
      ["flexThrottle.queue.maxLength", "not set", "9"],
    ]);
    press("Keep my entries");
    expect(screen.queryByRole("alert")).toBeNull();
    startAgain("Discard");
    expect(control("mode")).toHaveValue("observe");
    expect(changes()).toEqual([]);
  });

  test("what was written is let go at once, too, by who means it", () => {
    const { goLive } = open({ mode: "off" });
    type(control("queue.maxLength"), "9");
    goLive({ mode: "observe" });
    startAgain("Keep");
    expect(control("queue.maxLength")).toHaveValue("9");
    startAgain("Discard");
    expect(screen.queryByRole("alert")).toBeNull();
    expect(control("mode")).toHaveValue("observe");
  });

  test("who has written nothing sees the new ones", () => {
    const { goLive } = open({ mode: "off" });
    goLive({ mode: "observe" });
    expect(control("mode")).toHaveValue("observe");
    expect(screen.queryByRole("alert")).toBeNull();
  });

  test("nothing differs any more once what was written is live", () => {
    const { goLive } = open({});
    type(control("mode"), "off");
    goLive({ mode: "off" });
    expect(screen.queryByRole("alert")).toBeNull();
    expect(changes()).toEqual([]);
  });
});

test("what was written is forgotten only by who means it", () => {
  open({ mode: "off" });
  type(control("mode"), "observe");
  press("Reset to the live settings");
  expect(screen.getByRole("alert")).toHaveTextContent("Discard all your entries?");
  expect(screen.getByRole("button", { name: "Keep" })).toHaveFocus();
  press("Keep");
  expect(control("mode")).toHaveValue("observe");
  expect(screen.getByRole("button", { name: "Reset to the live settings" })).toHaveFocus();
  startAgain("Discard");
  expect(control("mode")).toHaveValue("off");
});

describe("what the command writes", () => {
  const overruled = () => screen.queryByText(/^Some live settings come from this page's appConfig or from a plugin/);

  test("is told to be overruled where other settings are live than the Flex configuration has", () => {
    const { goLive } = open({ mode: "off", queue: {} }, { stored: () => ({ queue: {}, mode: "off" }) });
    expect(overruled()).toBeNull();
    goLive({ mode: "observe", queue: {} });
    expect(overruled()).toBeInTheDocument();
    type(control(RATE), "ten");
    expect(overruled()).toBeNull();
  });

  test("is not, where there are none at all", () => {
    open(undefined, { stored: () => undefined });
    expect(overruled()).toBeNull();
  });
});

test("what was being written is there again for who comes back", () => {
  const { leaveAndComeBack } = open();
  type(control("mode"), "off");
  leaveAndComeBack();
  expect(control("mode")).toHaveValue("off");
});

describe("the exact JSON", () => {
  test("is copied", async () => {
    const writeText = jest.fn(() => Promise.resolve());
    Object.defineProperty(navigator, "clipboard", { configurable: true, value: { writeText } });
    open({ mode: "off" });
    press("Copy JSON");
    expect(writeText).toHaveBeenCalledWith('{\n  "mode": "off"\n}');
    expect(await screen.findByText("Copied.")).toBeInTheDocument();
  });

  test("is downloaded as the file that the command names", () => {
    let saved: Blob | undefined;
    Object.assign(URL, {
      createObjectURL: (blob: Blob) => ((saved = blob), "blob:x"),
      revokeObjectURL: () => undefined,
    });
    const clicked: string[] = [];
    jest.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(function (this: HTMLAnchorElement) {
      clicked.push(this.download);
    });
    open({ mode: "off" });
    press("Download flex-throttle.json");
    expect(clicked).toEqual(["flex-throttle.json"]);
    expect(saved?.size).toBe('{\n  "mode": "off"\n}\n'.length);
  });
});

test("an account's own words hold instead, those of the settings too", () => {
  const strings = { "FlexThrottleSetting.mode.title": "Betriebsart", FlexThrottleFormCopyJson: "JSON kopieren" };
  open({}, servicesOf({ strings: () => strings }));
  expect(screen.getByRole("combobox", { name: "Betriebsart" })).toBe(control("mode"));
  expect(screen.getByRole("button", { name: "JSON kopieren" })).toBeInTheDocument();
});
