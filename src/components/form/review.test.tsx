import { screen } from "@testing-library/react";

import { RATE_PATH, getControl, openForm, press, type } from "../../../testing/settingsForm";

// With the form's many style rules, jsdom takes seconds per query by role.
jest.mock("./formStyles", () => ({ FormRoot: "div" }));

describe("the warning that live settings override the command's", () => {
  const getWarning = () => screen.queryByText(/^Some live settings come from this page's appConfig or from a plugin/);

  test("is shown if the live settings differ from the Flex configuration", () => {
    const { goLive } = openForm({ mode: "off", queue: {} }, { stored: () => ({ queue: {}, mode: "off" }) });
    expect(getWarning()).toBeNull();
    goLive({ mode: "observe", queue: {} });
    expect(getWarning()).toBeInTheDocument();
    type(getControl(RATE_PATH), "ten");
    expect(getWarning()).toBeNull();
  });

  test("is not shown without settings", () => {
    openForm(undefined, { stored: () => undefined });
    expect(getWarning()).toBeNull();
  });
});

describe("the JSON to apply", () => {
  test("can be copied", async () => {
    const writeText = jest.fn(() => Promise.resolve());
    Object.defineProperty(navigator, "clipboard", { configurable: true, value: { writeText } });
    openForm({});
    type(getControl("mode"), "off");
    press("Copy JSON");
    expect(writeText).toHaveBeenCalledWith('{\n  "mode": "off"\n}');
    expect(await screen.findByText("Copied.")).toBeInTheDocument();
  });

  test("downloads as the file that the command names", () => {
    let saved: Blob | undefined;
    Object.assign(URL, {
      createObjectURL: (blob: Blob) => ((saved = blob), "blob:x"),
      revokeObjectURL: () => undefined,
    });
    const clicked: string[] = [];
    jest.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(function (this: HTMLAnchorElement) {
      clicked.push(this.download);
    });
    openForm({});
    type(getControl("mode"), "off");
    press("Download flex-throttle.json");
    expect(clicked).toEqual(["flex-throttle.json"]);
    expect(saved?.size).toBe('{\n  "mode": "off"\n}\n'.length);
  });
});
