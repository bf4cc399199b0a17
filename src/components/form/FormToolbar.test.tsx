import { screen } from "@testing-library/react";

import {
  discardDraft,
  getChanges,
  getControl,
  getDescriptions,
  openForm,
  press,
  type,
} from "../../../testing/settingsForm";

// With the form's many style rules, jsdom takes seconds per query by role.
jest.mock("./formStyles", () => ({ FormRoot: "div" }));

describe("JSON mode", () => {
  const box = () => screen.getByRole<HTMLTextAreaElement>("textbox", { name: "JSON" });

  test("fills the fields from pasted JSON and keeps the text as typed", () => {
    openForm();
    press("JSON");
    const text = '{"flexThrottle": {"mode": "off"}} // until Monday';
    type(box(), text);
    press("Form");
    expect(getControl("mode")).toHaveValue("off");
    press("JSON");
    expect(box()).toHaveValue(text);
    press("Form");
    type(getControl("mode"), "observe");
    press("JSON");
    expect(box()).toHaveValue('{\n  "mode": "observe"\n}');
  });

  test("reports the line and column of a syntax error, keeps the text and offers no JSON", () => {
    openForm({ mode: "off" });
    press("JSON");
    type(box(), '{\n  "mode" "off"\n}');
    expect(box()).toBeInvalid();
    expect(getDescriptions(box())[0]).toBe("Invalid JSON at line 2, column 10; expected a colon.");
    expect(screen.getByRole("button", { name: "Form" })).toBeDisabled();
    expect(screen.queryByRole("region", { name: "JSON to apply" })).toBeNull();
    type(box(), '{"mode": "of"}');
    expect(screen.getByText(/^flexThrottle.mode is "of"; expected one of/)).toBeInTheDocument();
    // The settings read before the error are not what the editor shows.
    type(box(), '{"mode": "of"');
    expect(screen.queryByRole("heading", { name: "Invalid entries" })).toBeNull();
    expect(getChanges()).toEqual([]);
    expect(screen.queryByText(/differ/i)).toBeNull();
  });
});

test("links from a problem in JSON to its field", () => {
  openForm({ mode: "of" });
  Element.prototype.scrollIntoView = jest.fn();
  press("JSON");
  press("Show in the form");
  expect(getControl("mode")).toHaveFocus();
});

describe("when the live settings change under the form", () => {
  test("keeps the draft, compares it with them, and can discard it", () => {
    const { goLive } = openForm({ mode: "off" });
    type(getControl("queue.maxLength"), "9");
    goLive({ mode: "observe" });
    expect(screen.getByRole("alert")).toHaveTextContent("The live settings have changed");
    expect(getChanges()).toEqual([
      ["flexThrottle.mode", '"observe"', '"off"'],
      ["flexThrottle.queue.maxLength", "not set", "9"],
    ]);
    press("Keep my entries");
    expect(screen.queryByRole("alert")).toBeNull();
    discardDraft("Discard");
    expect(getControl("mode")).toHaveValue("observe");
    expect(getChanges()).toEqual([]);
  });

  test("discards the draft only after a confirmation", () => {
    const { goLive } = openForm({ mode: "off" });
    type(getControl("queue.maxLength"), "9");
    goLive({ mode: "observe" });
    discardDraft("Keep");
    expect(getControl("queue.maxLength")).toHaveValue("9");
    discardDraft("Discard");
    expect(screen.queryByRole("alert")).toBeNull();
    expect(getControl("mode")).toHaveValue("observe");
  });

  test("shows them if the draft has no changes", () => {
    const { goLive } = openForm({ mode: "off" });
    goLive({ mode: "observe" });
    expect(getControl("mode")).toHaveValue("observe");
    expect(screen.queryByRole("alert")).toBeNull();
  });

  test("shows no changes once the draft is live", () => {
    const { goLive } = openForm({});
    type(getControl("mode"), "off");
    goLive({ mode: "off" });
    expect(screen.queryByRole("alert")).toBeNull();
    expect(getChanges()).toEqual([]);
  });
});

test("discards the draft only after a confirmation", () => {
  openForm({ mode: "off" });
  type(getControl("mode"), "observe");
  press("Reset to the live settings");
  expect(screen.getByRole("alert")).toHaveTextContent("Discard all your entries?");
  expect(screen.getByRole("button", { name: "Keep" })).toHaveFocus();
  press("Keep");
  expect(getControl("mode")).toHaveValue("observe");
  expect(screen.getByRole("button", { name: "Reset to the live settings" })).toHaveFocus();
  discardDraft("Discard");
  expect(getControl("mode")).toHaveValue("off");
});

test("restores the draft when the form opens again", () => {
  const { reopen } = openForm();
  type(getControl("mode"), "off");
  reopen();
  expect(getControl("mode")).toHaveValue("off");
});

describe("after a reload", () => {
  const getNotice = () => screen.queryByRole("alert")?.querySelector("p")?.textContent;

  test("the draft is restored, and the form says so", () => {
    const { reload } = openForm({});
    type(getControl("mode"), "off");
    reload();
    expect(getControl("mode")).toHaveValue("off");
    expect(getNotice()).toBe("Your entries are restored. They are not live yet.");
    press("Keep my entries");
    expect(getNotice()).toBeUndefined();
    discardDraft("Discard");
    reload();
    expect(getNotice()).toBeUndefined();
    expect(getControl("mode")).toHaveValue("");
  });

  test("an invalid JSON text is restored", () => {
    const { reload } = openForm({});
    press("JSON");
    type(screen.getByRole("textbox", { name: "JSON" }), '{"mode":');
    reload();
    expect(screen.getByRole("textbox", { name: "JSON" })).toHaveValue('{"mode":');
  });

  test("the form says that the live settings have changed", () => {
    const { reload } = openForm({});
    type(getControl("mode"), "off");
    reload({ queue: { maxLength: 9 } });
    expect(getControl("mode")).toHaveValue("off");
    expect(getNotice()).toMatch(/^The live settings have changed/);
  });

  test("an applied draft is dropped, and a damaged one is ignored", () => {
    const { reload } = openForm({});
    type(getControl("mode"), "off");
    reload({ mode: "off" });
    expect(getNotice()).toBeUndefined();
    sessionStorage.setItem("flex-throttle-draft-AC1", "{");
    reload({ mode: "observe" });
    expect(getControl("mode")).toHaveValue("observe");
  });

  test("another account does not get it", () => {
    const { reload } = openForm({});
    type(getControl("mode"), "off");
    reload({}, "AC2");
    expect(getControl("mode")).toHaveValue("");
  });
});
