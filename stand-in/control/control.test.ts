// The control page's files, API and live feed, on a running stand-in.

import { WebSocket } from "ws";

import { serveControl } from ".";
import { startStandIn, type StandIn } from "..";
import { sendRequest } from "../testing/sendRequest";

let standIn: StandIn;
let control: string;

beforeEach(async () => {
  standIn = await startStandIn();
  control = serveControl(standIn);
});

afterEach(() => standIn.close());

type Json = ReturnType<typeof JSON.parse>;

const headers = { "Content-Type": "application/json" };

async function post(path: string, body: object): Promise<{ status: number; body: Json }> {
  const { status, text } = await sendRequest("POST", `${control}/api${path}`, { headers, body: JSON.stringify(body) });
  return { status, body: JSON.parse(text) };
}

async function state(): Promise<Json> {
  return JSON.parse((await sendRequest("GET", `${control}/api/state`)).text);
}

const join = "POST /WebChannels/Users";
const admit = () => standIn.gate.admit({ operation: join, method: "POST", path: "/", agent: "ann" });

describe("the page", () => {
  it("is served with all its files, and the root redirects to it", async () => {
    const { status, text } = await sendRequest("GET", control);
    expect(status).toBe(200);
    for (const [, file] of text.matchAll(/(?:src|href)="(\/control\/[^"]+)"/g)) {
      expect((await sendRequest("GET", standIn.url + file)).status).toBe(200);
    }
    for (const module of ["api", "desktops", "faults", "plot", "requests", "settings"]) {
      expect((await sendRequest("GET", `${control}/${module}.js`)).status).toBe(200);
    }
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
  it("contains the desktops, the 17 limits and the counting method", async () => {
    const { desktops, limits, counting, faults } = await state();
    expect(desktops.map(({ agent }: Json) => agent)).toEqual(["with-plugin", "without-plugin"]);
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
    await post("/retry-after", { told: true });
    await post("/retry-after", { readable: false });
    await post("/chat-refusal", { way: "push-http" });
    expect((await state()).retryAfter).toEqual({ told: true, readable: false });
    expect(standIn.chat429Location).toBe("push-http");
  });

  it("adds and clears faults", async () => {
    await post("/faults", { operation: join, kind: "429", retryAfter: "7", times: "2" });
    await post("/faults", { operation: join, kind: "slow", ms: 10, times: "" });
    expect(standIn.gate.plannedFaults).toEqual([
      { operation: join, times: 2, fault: { kind: "429", code: 20429, location: "response", retryAfter: "7" } },
      { operation: join, times: Infinity, fault: { kind: "slow", ms: 10 } },
    ]);
    await post("/faults/clear", { operation: join });
    expect(standIn.gate.plannedFaults).toEqual([]);
  });

  it("replaces ui_attributes", async () => {
    await post("/configuration", { ui_attributes: { version_compatibility: "yes", more: 1 } });
    expect(standIn.configuration.ui_attributes).toEqual({ version_compatibility: "yes", more: 1 });
  });

  it("resets limits, faults and log", async () => {
    await post("/limits", { id: join, value: 3 });
    await post("/faults", { operation: join, kind: "500" });
    await admit();
    await post("/reset", {});
    expect(standIn.gate.limit(join)).toBe(10);
    expect(await state()).toMatchObject({ faults: [], logged: 0 });
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
    expect((await post("/chats", { agent: "ann", count: 20, acceptWithinSeconds: 30 })).body).toEqual({ sent: 20 });
    await post("/voice", { agent: "ann" });
    expect(open()).toHaveLength(21);
    expect(open()[0]?.timeoutSeconds).toBe(30);
    expect((await post("/cancel", { agent: "ann" })).body).toEqual({ canceled: 21 });
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
