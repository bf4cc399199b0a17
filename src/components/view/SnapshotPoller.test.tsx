import "@testing-library/jest-dom";
import { act } from "@testing-library/react";

import { useAdminPage } from "../../../testing/adminPage";

const LIMIT = "POST /channels"; // 10/s

const page = useAdminPage();

function setVisible(isVisible: boolean): void {
  Object.defineProperty(document, "visibilityState", { configurable: true, value: isVisible ? "visible" : "hidden" });
  act(() => void document.dispatchEvent(new Event("visibilitychange")));
}

describe("rendering", () => {
  test("does not happen while nothing changes", async () => {
    page.open();
    for (let seconds = 0; seconds < 10; seconds += 1) {
      await page.advance(1000);
      expect(page.poll()).toEqual([]);
    }
  });

  test("stops when every start has left the plots", async () => {
    page.open();
    await page.send(3, LIMIT);
    expect(page.poll()).not.toEqual([]);
    await page.advance(300_000);
    page.poll();
    await page.advance(5000);
    expect(page.poll()).toEqual([]);
  });

  test("is limited to the rows that changed", async () => {
    page.open();
    await page.send(1, LIMIT);
    await page.advance(1000);
    page.poll();
    void page.scene.clock.until(page.scene.send({ limits: ["GET /channels"] }));
    await page.advance(100);
    const rows = page.poll().filter((key) => key === "ViewPlot");
    expect(rows).toHaveLength(1);
  });

  test("pauses in a hidden tab and catches up when the tab is shown", async () => {
    page.open();
    setVisible(false);
    expect(page.timers.size).toBe(0);
    await page.send(1, LIMIT);
    page.renderedTexts = [];
    setVisible(true);
    expect(page.renderedTexts).toContain("ViewPlot");
    expect(page.timers.size).toBe(1);
  });

  test("ends when the view closes, as does polling", async () => {
    const { unmount } = page.open();
    const calls = jest.spyOn(page.scene.throttle, "limitStatuses");
    unmount();
    expect(page.timers.size).toBe(0);
    page.renderedTexts = [];
    await page.send(5, LIMIT);
    document.dispatchEvent(new Event("visibilitychange"));
    expect(page.timers.size).toBe(0);
    expect([page.renderedTexts, calls.mock.calls]).toEqual([[], []]);
  });

  test("happens after a change of the language", () => {
    let language = "en";
    page.open({}, { language: () => language });
    expect(page.poll()).toEqual([]);
    language = "de";
    expect(page.poll()).toContain("ViewNote");
  });

  test("continues after a failure", () => {
    const reports: unknown[] = [];
    let failure: Error | undefined;
    page.open({}, { report: (error) => reports.push(error), problems: () => (failure ? fail(failure) : []) });
    failure = new Error("no");
    page.poll();
    failure = undefined;
    expect(page.poll()).toEqual([]);
    expect(reports).toHaveLength(1);
  });
});

function fail(error: Error): never {
  throw error;
}
