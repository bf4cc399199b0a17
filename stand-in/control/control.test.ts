// The control page's files, API and live feed, on a running stand-in.

import { readdirSync } from "fs";
import { resolve } from "path";
import { WebSocket } from "ws";

import type { StandIn } from "..";
import { openControlPage, type ControlPage } from "../testing/controlPage";
import { openDesktop } from "../testing/openDesktop";
import { sendRequest } from "../testing/sendRequest";

let standIn: StandIn;
let control: string;
let post: ControlPage["post"];
let state: ControlPage["state"];

beforeEach(async () => {
  ({ standIn, url: control, post, state } = await openControlPage());
});

afterEach(() => standIn.close());

type Json = ReturnType<typeof JSON.parse>;

const headers = { "Content-Type": "application/json" };

const join = "POST /WebChannels/Users";
const admit = () => standIn.gate.admit({ operation: join, method: "POST", path: "/", agent: "ann" });

describe("the page", () => {
  it("is served with all its files, and the root redirects to it", async () => {
    const { status, text } = await sendRequest("GET", control);
    expect(status).toBe(200);
    for (const [, file] of text.matchAll(/(?:src|href)="(\/control\/[^"]+)"/g)) {
      expect((await sendRequest("GET", standIn.url + file)).status).toBe(200);
    }
    const modules = readdirSync(resolve(__dirname, "page")).filter((name) => name.endsWith(".js"));
    for (const name of modules) expect((await sendRequest("GET", `${control}/${name}`)).status).toBe(200);
    expect(await sendRequest("GET", `${standIn.url}/`)).toMatchObject({
      status: 302,
      headers: { location: "/control" },
    });
  });

  it("does not serve other paths", async () => {
    expect((await sendRequest("GET", `${control}/nothing.js`)).status).toBe(404);
    expect((await sendRequest("GET", `${control}/api/nothing`)).status).toBe(404);
  });
});

describe("the state", () => {
  it("contains the setup with its desktops, the 17 limits and the counting method", async () => {
    const { setup, desktops, limits, counting, faults } = await state();
    expect(setup).toEqual({ agents: 1, chatsPerAgent: 20, isWithPlugin: true, budget: "off" });
    expect(desktops).toEqual([expect.objectContaining({ agent: "agent-1", isOpen: false })]);
    expect(limits).toHaveLength(17);
    expect(limits).toContainEqual({ id: join, kind: "rate", default: 10, value: 10 });
    expect({ counting, faults }).toEqual({ counting: "rolling", faults: [] });
  });
});

describe("the API", () => {
  it("sets a limit", async () => {
    expect((await post("/limits", { id: join, value: "3" })).status).toBe(200);
    expect(standIn.gate.limit(join)).toBe(3);
  });

  it("sets the counting method", async () => {
    await post("/counting", { counting: "bucket" });
    expect(standIn.gate.counting).toBe("bucket");
  });

  it("sets how 429s are sent", async () => {
    await post("/retry-after", { sent: true });
    await post("/retry-after", { readable: false });
    await post("/chat-429-location", { way: "push-http" });
    expect((await state()).retryAfter).toEqual({ sent: true, readable: false });
    expect(standIn.chat429Location).toBe("push-http");
  });

  it("adds and clears faults", async () => {
    await post("/faults", { operation: join, kind: "429", retryAfter: "7", times: "2" });
    await post("/faults", { operation: join, kind: "429", code: "20429", times: "1" });
    await post("/faults", { operation: join, kind: "slow", ms: 10, times: "" });
    expect(standIn.gate.plannedFaults).toEqual([
      { operation: join, times: 2, fault: { kind: "429", location: "response", retryAfter: "7" } },
      { operation: join, times: 1, fault: { kind: "429", location: "response", code: 20429 } },
      { operation: join, times: Infinity, fault: { kind: "slow", ms: 10 } },
    ]);
    await post("/faults/clear", { operation: join });
    expect(standIn.gate.plannedFaults).toEqual([]);
  });

  it("replaces ui_attributes", async () => {
    await post("/configuration", { ui_attributes: { version_compatibility: "yes", more: 1 } });
    expect(standIn.configuration.ui_attributes).toEqual({ version_compatibility: "yes", more: 1 });
  });

  it("starts afresh: limits, faults, log, setup, runs, chats and configuration", async () => {
    const before = await state();
    await openDesktop(standIn, "agent-1");
    await post("/limits", { id: join, value: 3 });
    await post("/faults", { operation: join, kind: "500" });
    await post("/setup", { chatsPerAgent: 2, budget: "sync" });
    await post("/runs", {});
    await post("/configuration", { ui_attributes: { flexThrottle: "broken" } });
    await admit();
    await post("/reset", {});
    const after = await state();
    expect(standIn.gate.limit(join)).toBe(10);
    expect(after).toMatchObject({ faults: [], logged: 0, run: null, runs: [] });
    expect(after).toMatchObject({ setup: before.setup, uiAttributes: before.uiAttributes });
    expect(standIn.taskRouter.activeReservations(standIn.taskRouter.worker("agent-1"))).toEqual([]);
  });
});

describe("an error", () => {
  it.each([
    [
      "/limits",
      { id: "POST /nothing", value: 1 },
      /^Expected id to be one of GET \/FlexFlows, .*, got "POST \/nothing"$/,
    ],
    ["/limits", { id: join, value: -1 }, /^Expected value to be an integer from 0 to 100000, got -1$/],
    ["/limits", { id: join }, /^Expected value to be an integer from 0 to 100000, got nothing$/],
    ["/counting", { counting: "unknown" }, /^Expected counting to be one of rolling, calendar, bucket, got "unknown"$/],
    ["/faults", { operation: join, kind: "slow" }, /^Expected ms to be an integer/],
    [
      "/faults",
      { operation: "POST /nothing", kind: "500" },
      /^Expected operation to be one of GET \/FlexFlows, .*chat sendMessage, .*taskrouter accept, .*, got "POST \/nothing"$/,
    ],
    ["/setup", { agents: 0 }, /^Expected agents to be an integer from 1 to 50, got 0$/],
    ["/setup", { budget: "on" }, /^Expected budget to be one of sync, off, got "on"$/],
    ["/chats", { agent: "ann", count: 1000 }, /^Expected count to be an integer from 1 to 200, got 1000$/],
    ["/chats", { count: 1 }, /^Expected agent to be a string, got nothing$/],
    ["/configuration", { ui_attributes: [] }, /^Expected ui_attributes to be a JSON object$/],
  ])("names the wrong field: %s %j", async (path, body, message) => {
    expect(await post(path, body)).toEqual({
      status: 400,
      body: expect.objectContaining({ message: expect.stringMatching(message) }),
    });
  });

  it("is the answer to a body that is not JSON", async () => {
    expect((await sendRequest("POST", `${control}/api/limits`, { headers, body: "{" })).status).toBe(400);
  });
});

describe("chats and calls", () => {
  const open = () => standIn.taskRouter.activeReservations(standIn.taskRouter.worker("ann"));

  it("are sent to an agent and canceled", async () => {
    await openDesktop(standIn, "ann");
    expect((await post("/chats", { agent: "ann", count: 20, acceptWithinSeconds: 30 })).body).toEqual({ sent: 20 });
    await post("/voice", { agent: "ann" });
    expect(open()).toHaveLength(21);
    expect(open()[0]?.timeoutSeconds).toBe(30);
    expect((await post("/cancel", { agent: "ann" })).body).toEqual({ canceled: 21 });
    expect(open()).toEqual([]);
  });

  it("are not sent to an agent without an open desktop", async () => {
    for (const path of ["/chats", "/voice"]) {
      const { status, body } = await post(path, { agent: "ann", count: 1 });
      expect([status, body.message]).toEqual([409, "Nothing was sent: the desktop of ann is not open."]);
    }
    expect(open()).toEqual([]);
  });
});

describe("the live feed", () => {
  it("batches a burst of calls into one message, and sends a message after a change", async () => {
    const page = new WebSocket(`${control.replace("http", "ws")}/live`);
    const messages: Json[] = [];
    page.on("message", (data) => messages.push(JSON.parse(String(data))));
    await new Promise((resolve) => page.once("open", resolve));
    for (let count = 0; count < 12; count += 1) {
      const verdict = await admit();
      if (verdict.ok) verdict.recordStatus(201);
    }
    await new Promise((resolve) => page.once("message", resolve));
    expect(messages).toHaveLength(1);
    expect(messages[0].entries.map(({ status }: Json) => status)).toEqual([...Array(10).fill(201), 429, 429]);
    void post("/counting", { counting: "calendar" });
    await new Promise((resolve) => page.once("message", resolve));
    expect(messages[1]).toEqual({ type: "changed" });
    page.close();
  });

  it("sends the current run and the open desktops when they change", async () => {
    const page = new WebSocket(`${control.replace("http", "ws")}/live`);
    await new Promise((resolve) => page.once("open", resolve));
    const nextLive = () =>
      new Promise<Json>((resolve) => {
        const listen = (data: unknown) => {
          const message = JSON.parse(String(data));
          if (message.type !== "live") return;
          page.off("message", listen);
          resolve(message);
        };
        page.on("message", listen);
      });
    const opened = nextLive();
    await openDesktop(standIn, "agent-1");
    expect(await opened).toMatchObject({ desktops: [{ agent: "agent-1", isOpen: true }], run: null });
    const begun = nextLive();
    await post("/runs", {});
    expect(await begun).toMatchObject({ run: { customers: 20, waiting: 20 } });
    page.close();
  });
});

describe("Sync", () => {
  it("gets settings and planned faults, until the reset", async () => {
    expect((await post("/sync", { deniesAccess: true, lateEventShare: 0.02 })).status).toBe(200);
    await post("/sync/faults", { write: "503 before commit", times: 2 });
    await post("/sync/faults", { event: "lose" });
    expect((await state()).sync).toMatchObject({
      deniesAccess: true,
      lateEventShare: 0.02,
      planned: ["503 before commit", "503 before commit", "lose"],
    });
    await post("/reset", {});
    expect((await state()).sync).toMatchObject({ deniesAccess: false, lateEventShare: 0, planned: [] });
  });

  it.each([{ deniesAccess: 1 }, { lateEventMs: -1 }, { unknown: 1 }])("rejects %j", async (body) => {
    expect((await post("/sync", body)).status).toBe(400);
  });
});
