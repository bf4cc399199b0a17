import "@testing-library/jest-dom";
import { act, fireEvent, render, screen, within } from "@testing-library/react";
import React from "react";

import { AdminScene, newAdminScene, WALL_MS } from "../../../testing/adminServices";
import { Themed } from "../../../testing/themed";
import { RATE_LIMIT_IDS } from "../../limits/limits";
import { AdminServices } from "../services";
import { Page } from "./Page";
import { formatTime } from "./format";

const LIMIT = "POST /channels"; // 10 a second

let scene: AdminScene;
let looks: Set<() => void>;
/** Each text that is drawn is asked for: how often that was. */
let drawn: string[];

beforeEach(() => {
  looks = new Set();
  drawn = [];
  jest.spyOn(window, "setInterval").mockImplementation(((look: () => void) => {
    looks.add(look);
    return look;
  }) as unknown as typeof setInterval);
  jest.spyOn(window, "clearInterval").mockImplementation((look) => void looks.delete(look as unknown as () => void));
});
afterEach(() => void jest.restoreAllMocks());

function open(settings: object = {}, own: Partial<AdminServices> = {}) {
  scene = newAdminScene({ settings, random: () => 0.5 });
  const services = { ...scene.services, ...own };
  const text: AdminServices["text"] = (key, values) => {
    drawn.push(key);
    return services.text(key, values);
  };
  return render(
    <Themed>
      <Page services={{ ...services, text }} onOpen={() => undefined} />
    </Themed>,
  );
}

/** A second of the page's goes by. @returns the texts that were drawn. */
function look(): string[] {
  drawn = [];
  act(() => looks.forEach((callback) => callback()));
  return drawn;
}

async function pass(ms: number): Promise<void> {
  await scene.clock.run(scene.clock.now() + ms);
}

const send = (count = 1, limits: readonly [typeof LIMIT] = [LIMIT]) =>
  scene.clock.until(Promise.all(Array.from({ length: count }, () => scene.send({ limits }))));

function setVisible(isVisible: boolean): void {
  Object.defineProperty(document, "visibilityState", { configurable: true, value: isVisible ? "visible" : "hidden" });
  act(() => void document.dispatchEvent(new Event("visibilitychange")));
}

// By role and name it would take seconds each: for these jsdom asks all of Flex's styles. The real browser's tests do.
const region = (name: string) => screen.getByLabelText(name, { selector: "[role=region]" });
const table = (name: string) => region(name).querySelector("table") as HTMLTableElement;
const button = (name: string) => screen.getByText(name, { selector: "button" });
const cells = (name: string, row: string) => {
  const header = within(table(name)).getByText(row, { selector: "th[scope=row]" });
  return Array.from((header.parentElement as HTMLElement).querySelectorAll("td"), (cell) => cell.textContent);
};
const limitCells = (limit: string = LIMIT) => cells("Calls per second", limit);
const listed = () =>
  Array.from(table("Calls per second").querySelectorAll("th[scope=row]"), ({ textContent }) => textContent);

describe("each limit", () => {
  test("has a row in the order of Twilio's page, with what is configured, learned, waiting, refused and cooling", async () => {
    open({ limits: { [LIMIT]: { perSecond: 12.5 } } });
    expect(listed()).toHaveLength(RATE_LIMIT_IDS.length);
    expect(listed()[0]).toBe("GET /FlexFlows");
    expect(limitCells()).toEqual(["Not used yet", "12.5", "12.5", "0", "–", "0", "–"]);
    scene.account.closed = { scope: "limit", retryAfterMs: 6000 };
    void scene.send({ limits: [LIMIT] });
    await pass(200);
    void scene.send({ limits: [LIMIT] });
    await pass(2800);
    look();
    const until = formatTime(WALL_MS + 6000);
    expect(limitCells().slice(1)).toEqual([
      "12.5",
      expect.stringMatching(/^[\d.]+$/),
      "2",
      "3\u202fs",
      "1",
      `${until} (4\u202fs)`,
    ]);
    expect(Number(limitCells()[2])).toBeLessThan(12.5);
  });

  test("counts down while it cools, and says no more of it afterwards", async () => {
    open();
    scene.account.closed = { scope: "limit", retryAfterMs: 3000 };
    const sent = scene.send({ limits: [LIMIT] });
    await pass(1000);
    look();
    expect(limitCells()[6]).toMatch(/\(3\ss\)$/);
    await pass(1000);
    look();
    expect(limitCells()[6]).toMatch(/\(2\ss\)$/);
    scene.account.closed = undefined;
    await scene.clock.until(sent);
    look();
    expect(limitCells()[6]).toBe("–");
  });

  test("has a plot that says in words what it shows", async () => {
    open();
    await send(14);
    await pass(1000 - (scene.clock.now() % 1000));
    look();
    expect(table("Calls per second").querySelector("svg[role=img]")).toHaveAttribute(
      "aria-label",
      "Up to 10 per second, 4 now",
    );
  });

  test("that was never used is put away, and one click away", async () => {
    const { unmount } = open();
    await send();
    look();
    expect(listed()).toHaveLength(RATE_LIMIT_IDS.length);
    unmount();
    render(
      <Themed>
        <Page services={scene.services} onOpen={() => undefined} />
      </Themed>,
    );
    expect(listed()).toEqual([LIMIT]);
    expect(button("Show all 16 limits")).toHaveAttribute("aria-expanded", "false");
    fireEvent.click(button("Show all 16 limits"));
    expect(listed()).toHaveLength(RATE_LIMIT_IDS.length);
    fireEvent.click(button("Show only used limits"));
    expect(listed()).toEqual([LIMIT]);
  });
});

describe("drawing", () => {
  test("does not happen while nothing changes, though time goes on", async () => {
    open();
    for (let seconds = 0; seconds < 10; seconds += 1) {
      await pass(1000);
      expect(look()).toEqual([]);
    }
  });

  test("comes to an end when all that was sent has left the plots", async () => {
    open();
    await send(3);
    expect(look()).not.toEqual([]);
    await pass(300_000);
    look();
    await pass(5000);
    expect(look()).toEqual([]);
  });

  test("is only of the rows that changed", async () => {
    open();
    await send();
    await pass(1000);
    look();
    void scene.clock.until(scene.send({ limits: ["GET /channels"] }));
    await pass(100);
    const rows = look().filter((key) => key === "FlexThrottleViewPlot");
    expect(rows).toHaveLength(1);
  });

  test("does not happen in a hidden tab, and is made up for when it is seen again", async () => {
    open();
    setVisible(false);
    expect(looks.size).toBe(0);
    await send();
    drawn = [];
    setVisible(true);
    expect(drawn).toContain("FlexThrottleViewPlot");
    expect(looks.size).toBe(1);
  });

  test("ends with the view, and so does looking", async () => {
    const { unmount } = open();
    const calls = jest.spyOn(scene.throttle, "limitStatuses");
    unmount();
    expect(looks.size).toBe(0);
    drawn = [];
    await send(5);
    document.dispatchEvent(new Event("visibilitychange"));
    expect(looks.size).toBe(0);
    expect([drawn, calls.mock.calls]).toEqual([[], []]);
  });

  test("happens anew in another language", () => {
    let language = "en";
    open({}, { language: () => language });
    expect(look()).toEqual([]);
    language = "de";
    expect(look()).toContain("FlexThrottleViewNote");
  });

  test("that fails once goes on the next time", () => {
    const reports: unknown[] = [];
    let failure: Error | undefined;
    open({}, { report: (error) => reports.push(error), problems: () => (failure ? fail(failure) : []) });
    failure = new Error("no");
    look();
    failure = undefined;
    expect(look()).toEqual([]);
    expect(reports).toHaveLength(1);
  });
});

function fail(error: Error): never {
  throw error;
}

describe("the head", () => {
  test.each([
    ["enforce", /^Mode “enforce”/],
    ["observe", /^Mode “observe”/],
    ["off", /^Mode “off”/],
  ])("says what the mode %s means", (mode, words) => {
    open({ mode });
    expect(screen.getByText(words)).toBeInTheDocument();
    expect(screen.getByText(/^These numbers cover this browser since the page was loaded\./)).toBeInTheDocument();
  });

  test("says when the plugin stands aside, whatever the settings say", () => {
    open({}, { mode: () => "off" });
    expect(screen.getByText(/^The plugin disabled itself after repeated errors/)).toBeInTheDocument();
  });

  test("follows the settings", () => {
    open();
    scene.configure({ mode: "observe" });
    look();
    expect(screen.getByText(/^Mode “observe”/)).toBeInTheDocument();
  });
});

test("the problems of the settings are listed first, with what would be right; none is good news, and last", () => {
  const headings = () => Array.from(document.querySelectorAll("section > h2"), ({ textContent }) => textContent);
  open({ modes: 1, onBurst: "drop" });
  expect(headings()[0]).toBe("Settings");
  const items = Array.from(document.querySelectorAll("li"), ({ textContent }) => textContent);
  expect(items).toEqual([
    expect.stringContaining("flexThrottle.onBurst"),
    expect.stringContaining("flexThrottle.modes"),
  ]);
  scene.configure({});
  look();
  expect(screen.getByText("All settings are valid.")).toBeInTheDocument();
  expect(headings().pop()).toBe("Settings");
});

describe("the Flex Flows", () => {
  test("are not known until something is seen of them, and at least so many until all were", () => {
    open({ limits: { "Flex Flows": { max: 4 } } });
    expect(screen.getByText(/^Not known yet; at most 4/)).toBeInTheDocument();
    expect(document.querySelector("[role=meter]")).toBeNull();
    scene.flexFlows.recordCreated("FO1", 0);
    look();
    expect(screen.getByText(/^At least 1 of at most 4/)).toBeInTheDocument();
    scene.flexFlows.recordList(["FO1", "FO2", "FO3"], { page: 0, isLast: true }, 0);
    look();
    const words = `3 of at most 4 when the list was last read, at ${formatTime(WALL_MS)}.`;
    expect(screen.getByText(words)).toBeInTheDocument();
    expect(screen.getByLabelText("Flex Flows")).toHaveAttribute("aria-valuetext", words);
  });
});

describe("the latest decisions", () => {
  const outcomes = () =>
    Array.from(table("Latest decisions").querySelectorAll("tbody tr"), (row) => row.children[3].textContent);

  test("stand there newest first, with what became of them", async () => {
    open();
    await send(11);
    look();
    expect(outcomes()).toEqual([...Array(11).fill("Sent"), "Settings read"]);
    const [newest] = Array.from(table("Latest decisions").querySelectorAll("tbody tr"));
    expect(Array.from(newest.children, ({ textContent }) => textContent)).toEqual([
      formatTime(WALL_MS + scene.clock.now()),
      "test",
      LIMIT,
      "Sent",
      "1.2\u202fs",
      "1",
      "",
    ]);
  });

  test("can be only those with trouble", async () => {
    open();
    fireEvent.click(screen.getByLabelText("Problems only"));
    expect(screen.getByText("None yet.")).toBeInTheDocument();
    scene.account.closed = { scope: "limit" };
    const sent = scene.send({ limits: [LIMIT] });
    await pass(200);
    scene.account.closed = undefined;
    await scene.clock.until(sent);
    look();
    expect(outcomes()).toEqual(["429, retried"]);
    fireEvent.click(screen.getByLabelText("All"));
    expect(outcomes()).toEqual(["Sent", "429, retried", "Sent", "Settings read"]);
  });

  test("are no more than anybody reads", async () => {
    open();
    await send(250);
    look();
    expect(outcomes()).toHaveLength(200);
    expect(screen.getByText("The latest 200 of 251. The downloads contain all.")).toBeInTheDocument();
  });
});

describe("what was observed", () => {
  const OBSERVE = { mode: "observe", onBurst: "reject" };

  test("is not shown where nothing was, and is not going to be", () => {
    open();
    expect(screen.queryByText("Observed")).toBeNull();
  });

  test("is shown by limit, with what follows from it as settings to paste", async () => {
    open(OBSERVE);
    expect(screen.getByText("No calls yet.")).toBeInTheDocument();
    await send(25);
    await pass(3_840_000);
    look();
    expect(
      screen.getByText(`Since ${formatTime(WALL_MS)}; measured for 1 h 4 min while Flex was open in mode “observe”.`),
    ).toBeInTheDocument();
    expect(cells("Observed", LIMIT)).toEqual(["25", "25", "15", "2\u202fs", "2\u202fs", "15", "15", "0"]);
    expect(
      screen.getByText(/Calls that would have waited: 15\. 429s that would have been retried: 15\./),
    ).toBeInTheDocument();
    const toPaste = screen.getByLabelText(/^All settings with these recommendations/).textContent as string;
    expect(JSON.parse(toPaste)).toEqual({ flexThrottle: { mode: "enforce", onBurst: "reject" } });
  });

  test("is forgotten only by who means it", async () => {
    open(OBSERVE);
    await send(12);
    look();
    fireEvent.click(button("Start over"));
    expect(screen.getByText("Discard all measurements?")).toBeInTheDocument();
    expect(button("Keep")).toHaveFocus();
    fireEvent.click(button("Keep"));
    expect(button("Start over")).toHaveFocus();
    look();
    expect(cells("Observed", LIMIT)[0]).toBe("12");
    fireEvent.click(button("Start over"));
    fireEvent.click(button("Discard"));
    look();
    expect(screen.getByText("No calls yet.")).toBeInTheDocument();
  });
});

describe("to take along", () => {
  const writeText = jest.fn<Promise<void>, [string]>();
  const setClipboard = (clipboard: object | undefined) =>
    Object.defineProperty(navigator, "clipboard", { configurable: true, value: clipboard });
  const click = (name: string) => act(async () => void fireEvent.click(button(name)));
  afterEach(() => {
    setClipboard(undefined);
    writeText.mockReset();
    delete (document as { execCommand?: unknown }).execCommand;
  });

  test("there is a report to copy, and it is said that it was copied", async () => {
    setClipboard({ writeText: writeText.mockResolvedValue() });
    open();
    await click("Copy JSON");
    expect(JSON.parse(writeText.mock.calls[0][0])).toMatchObject({ format: "flex-throttle-report", version: 2 });
    expect(screen.getByText("Copied.")).toHaveAttribute("role", "status");
  });

  test("it is copied as well where the page has no clipboard", async () => {
    let copied = "";
    document.execCommand = () => {
      copied = (document.activeElement as HTMLTextAreaElement).value;
      return true;
    };
    open();
    button("Copy JSON").focus();
    await click("Copy JSON");
    expect(JSON.parse(copied)).toMatchObject({ format: "flex-throttle-report" });
    expect(screen.getByText("Copied.")).toBeInTheDocument();
    expect(button("Copy JSON")).toHaveFocus();
    expect(document.querySelector("textarea")).toBeNull();
  });

  test("it is said where nothing could be copied", async () => {
    setClipboard({ writeText: writeText.mockRejectedValue(new Error("not allowed")) });
    document.execCommand = () => false;
    open();
    await click("Copy JSON");
    expect(screen.getByText("The browser did not allow this page to copy.")).toBeInTheDocument();
  });

  test.each([
    ["Download JSON", "flex-throttle-report.json", "application/json", /^{\n {2}"format": "flex-throttle-report"/],
    ["Download limits (CSV)", "flex-throttle-limits.csv", "text/csv", /^limit,configuredPerSecond,/],
    ["Download decisions (CSV)", "flex-throttle-events.csv", "text/csv", /^at,call,limits,/],
  ])("%s makes a file", async (label, name, type, content) => {
    const files: Blob[] = [];
    const urls = { createObjectURL: (file: Blob) => `blob:${files.push(file)}`, revokeObjectURL: () => undefined };
    Object.assign(URL, urls);
    const clicked = jest.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(() => undefined);
    open();
    await click(label);
    expect(clicked.mock.instances[0]).toMatchObject({ download: name, href: "blob:1" });
    expect(files[0].type).toBe(`${type};charset=utf-8`);
    expect(await read(files[0])).toMatch(content);
  });
});

function read(file: Blob): Promise<string> {
  return new Promise((resolve) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result as string);
    reader.readAsText(file);
  });
}
