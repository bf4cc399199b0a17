import "@testing-library/jest-dom";
import { act, fireEvent, screen } from "@testing-library/react";

import { getButton, useAdminPage } from "../../../testing/adminPage";

const page = useAdminPage();

describe("exports", () => {
  const writeText = jest.fn<Promise<void>, [string]>();
  const setClipboard = (clipboard: object | undefined) =>
    Object.defineProperty(navigator, "clipboard", { configurable: true, value: clipboard });
  const click = (name: string) => act(async () => void fireEvent.click(getButton(name)));
  afterEach(() => {
    setClipboard(undefined);
    writeText.mockReset();
    delete (document as { execCommand?: unknown }).execCommand;
  });

  test("copies the report and confirms it", async () => {
    setClipboard({ writeText: writeText.mockResolvedValue() });
    page.open();
    await click("Copy JSON");
    expect(JSON.parse(writeText.mock.calls[0][0])).toMatchObject({ format: "flex-throttle-report", version: 2 });
    expect(screen.getByText("Copied.")).toHaveAttribute("role", "status");
  });

  test("copies without the clipboard API", async () => {
    let copied = "";
    document.execCommand = () => {
      copied = (document.activeElement as HTMLTextAreaElement).value;
      return true;
    };
    page.open();
    getButton("Copy JSON").focus();
    await click("Copy JSON");
    expect(JSON.parse(copied)).toMatchObject({ format: "flex-throttle-report" });
    expect(screen.getByText("Copied.")).toBeInTheDocument();
    expect(getButton("Copy JSON")).toHaveFocus();
    expect(document.querySelector("textarea")).toBeNull();
  });

  test("reports that copying failed", async () => {
    setClipboard({ writeText: writeText.mockRejectedValue(new Error("not allowed")) });
    document.execCommand = () => false;
    page.open();
    await click("Copy JSON");
    expect(screen.getByText("The browser did not allow this page to copy.")).toBeInTheDocument();
  });

  test.each([
    [
      "Download JSON",
      "flex-throttle-report-2023-11-14.json",
      "application/json",
      /^{\n {2}"format": "flex-throttle-report"/,
    ],
    ["Download limits (CSV)", "flex-throttle-limits-2023-11-14.csv", "text/csv", /^limit,configuredPerSecond,/],
    ["Download decisions (CSV)", "flex-throttle-events-2023-11-14.csv", "text/csv", /^at,callNumber,call,limits,/],
    ["Download history (CSV)", "flex-throttle-history-2023-11-14.csv", "text/csv", /^hour,limit,starts,/],
  ])("%s saves a file", async (label, name, type, content) => {
    const files: Blob[] = [];
    const urls = { createObjectURL: (file: Blob) => `blob:${files.push(file)}`, revokeObjectURL: () => undefined };
    Object.assign(URL, urls);
    const clicked = jest.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(() => undefined);
    page.open();
    await click(label);
    expect(clicked.mock.instances[0]).toMatchObject({ download: name, href: "blob:1" });
    expect(files[0].type).toBe(`${type};charset=utf-8`);
    expect(await readFile(files[0])).toMatch(content);
  });
});

function readFile(file: Blob): Promise<string> {
  return new Promise((resolve) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result as string);
    reader.readAsText(file);
  });
}
