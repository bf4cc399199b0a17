import { closeBrowser, Desk, openBrowser, until } from "./support/desk";
import { FLOWS, JOIN } from "./support/settings";

beforeAll(openBrowser);
afterAll(closeBrowser);

let desk: Desk;
afterEach(() => desk.close());

const openView = () => desk.invoke("NavigateToView", { viewName: "flex-throttle" });

/** The counts of a limit's rows in the history, summed: a test may run over midnight. */
async function readHistory(limit: string): Promise<{ starts: number; throttled: number }> {
  const rows = desk.page
    .getByRole("region", { name: "History" })
    .getByRole("row")
    .filter({ has: desk.page.getByRole("rowheader", { name: limit, exact: true }) });
  const cells = await Promise.all((await rows.all()).map((row) => row.getByRole("cell").allInnerTexts()));
  const sum = (column: number) => cells.reduce((total, row) => total + Number(row[column]), 0);
  return { starts: sum(0), throttled: sum(3) };
}

test.each(["enforce", "observe"])("in mode %s, the history is kept over a reload and continued", async (mode) => {
  desk = await Desk.open({ roles: ["supervisor"], flexThrottle: { mode } });
  const getFlows = () => desk.evaluate(() => fetch("https://flex-api.twilio.com/v1/FlexFlows").then(() => undefined));
  await getFlows();
  desk.twilio.gate.fault(FLOWS, { kind: "429" }, 1);
  await getFlows();
  await openView();
  const requests = () => desk.requests(FLOWS).length;
  const isCurrent = async () => (await readHistory(FLOWS)).starts === requests();
  await until(isCurrent, "the calls in the history");
  expect((await readHistory(FLOWS)).throttled).toBe(1);

  await desk.reload();
  await openView();
  await until(isCurrent, "the calls of the earlier page");
  await getFlows();
  await until(isCurrent, "the next call");
  expect((await readHistory(FLOWS)).throttled).toBe(1);
  const stored = await desk.evaluate(() => Object.entries(localStorage).filter(([key]) => key.includes("history")));
  expect(stored).toHaveLength(1);
  // The stand-in appends the agent's name.
  expect(stored[0][0]).toMatch(/^flex-throttle-history-v1-AC[0-9a-f]{32}( alice)?$/);
  expect(stored[0][1]).not.toMatch(/[A-Z]{2}[0-9a-f]{32}/);
});

test("a full storage stops neither calls nor the history of this page", async () => {
  desk = await Desk.open({ roles: ["supervisor"] });
  await desk.evaluate(() => {
    for (let size = 2 ** 22; size >= 1; size /= 2) {
      try {
        for (let n = 0; ; n += 1) localStorage.setItem(`full-${size}-${n}`, "x".repeat(size));
      } catch {
        // Continues with smaller parts until not one character fits.
      }
    }
  });
  const chats = await desk.receiveChats(3);
  await desk.accept(chats);
  await desk.waitForJoins(chats);
  await desk.evaluate(() => void window.dispatchEvent(new Event("pagehide")));
  await openView();
  await until(async () => (await readHistory(JOIN)).starts === 3, "the joins in the history");
  expect(desk.console.remove(/exceeded the quota/)).toBe(true);
});
