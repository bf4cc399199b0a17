// The stand-in survives any bytes, and serves only programs and pages of this machine.

import { connect } from "net";
import { WebSocket } from "ws";

import { startStandIn, type StandIn } from ".";
import { serveControl } from "./control";
import { openDesktop } from "./testing/openDesktop";
import { sendRequest } from "./testing/sendRequest";

let standIn: StandIn;
let control: string;
beforeEach(async () => {
  standIn = await startStandIn();
  control = serveControl(standIn);
});
afterEach(() => standIn.close());

const port = () => Number(new URL(standIn.url).port);
const isAlive = async () => (await sendRequest("GET", control)).status === 200;

/** Sends raw bytes. @returns the status line of the answer; "" if the connection was closed without one. */
function sendBytes(bytes: string | Buffer): Promise<string> {
  return new Promise((resolve) => {
    let answer = "";
    const socket = connect(port(), "127.0.0.1", () => socket.end(bytes));
    socket.on("data", (data) => (answer += String(data)));
    socket.on("error", () => undefined);
    socket.on("close", () => resolve(answer.split("\r\n")[0] ?? ""));
  });
}

const head = (line: string, ...headers: string[]) =>
  [line, `Host: 127.0.0.1:${port()}`, "Connection: close", ...headers, "", ""].join("\r\n");
const UPGRADE = ["Upgrade: websocket", "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="];
const upgrade = (path: string, ...headers: string[]) =>
  head(`GET ${path} HTTP/1.1`, ...UPGRADE, ...headers).replace("Connection: close", "Connection: Upgrade");
const TWILSOCK = "/@/tsock.us1.twilio.com/v3/wsconnect";

describe("invalid bytes", () => {
  it.each([
    ["GET // HTTP/1.1", "HTTP/1.1 404 Not Found"],
    ["GET http://[ HTTP/1.1", "HTTP/1.1 400 Bad Request"],
    ["OPTIONS * HTTP/1.1", "HTTP/1.1 400 Bad Request"],
    ["GET /@/%/%ff?% HTTP/1.1", "HTTP/1.1 404 Not Found"],
    ["GET /agent/% HTTP/1.1", "HTTP/1.1 500 Internal Server Error"],
    ["POST /@/event-bridge.twilio.com/v1/wschannels HTTP/1.1", "HTTP/1.1 500 Internal Server Error"],
    ["POST /@/flex.twilio.com/Tokens/refresh HTTP/1.1", "HTTP/1.1 500 Internal Server Error"],
  ])("in the request %s are answered with an error", async (line, status) => {
    expect(await sendBytes(head(line))).toBe(status);
    expect(await isAlive()).toBe(true);
  });

  it.each(["//", "http://[", "/@/nowhere", TWILSOCK])("in an upgrade of %s close the connection", async (path) => {
    await sendBytes(upgrade(path).replace("Sec-WebSocket-Version: 13", "Sec-WebSocket-Version: x"));
    await sendBytes(Buffer.concat([Buffer.from(upgrade(path)), Buffer.from([0xff, 0xff, 0, 1, 2])]));
    expect(await isAlive()).toBe(true);
  });

  it.each([
    "not a frame",
    "TWILSOCK V3.0 4\r\n{x}}\r\n",
    "TWILSOCK V3.0 4\r\nnull\r\n",
    'TWILSOCK V3.0 31\r\n{"method":"message","id":"TM1"}\r\n',
  ])("in a Twilsock frame close its WebSocket: %j", async (frame) => {
    const socket = new WebSocket(standIn.url.replace("http", "ws") + TWILSOCK);
    await new Promise((resolve) => socket.on("open", resolve));
    const closed = new Promise((resolve) => socket.on("close", resolve));
    socket.send(Buffer.from(frame));
    expect(await closed).toBe(1002);
    expect(await isAlive()).toBe(true);
  });

  it("in a Retry-After are answered with an error", async () => {
    standIn.gate.fault("GET /WebChannels", { kind: "429", retryAfter: "1\r\nX: y" });
    expect((await sendRequest("GET", `${standIn.url}/@/flex-api.twilio.com/v1/WebChannels`)).status).toBe(500);
    expect(await isAlive()).toBe(true);
  });

  it("in a body of more than 10 MB are answered with 413", async () => {
    const headers = { "Content-Type": "application/json" };
    const body = " ".repeat(10_000_001);
    expect((await sendRequest("POST", `${control}/api/limits`, { headers, body })).status).toBe(413);
  });
});

describe("a request of another host's page", () => {
  beforeEach(() => openDesktop(standIn, "ann"));

  const post = (headers: Record<string, string>) =>
    sendRequest("POST", `${control}/api/voice`, { headers, body: '{"agent":"ann"}' });
  const JSON_TYPE = { "Content-Type": "application/json" };

  it.each([
    ["with its Origin", { ...JSON_TYPE, Origin: "https://elsewhere.example" }, 403],
    ["of a sandboxed frame", { ...JSON_TYPE, Origin: "null", "Sec-Fetch-Site": "cross-site" }, 403],
    ["with a host name that resolves to this machine", { ...JSON_TYPE, Host: "elsewhere.example" }, 403],
    ["that needs no preflight", { "Content-Type": "text/plain" }, 415],
  ])("%s is rejected", async (_, headers, status) => {
    expect((await post(headers)).status).toBe(status);
    expect(standIn.taskRouter.activeReservations(standIn.taskRouter.worker("ann"))).toEqual([]);
  });

  it.each([
    ["Origin: https://elsewhere.example", "HTTP/1.1 403 Forbidden"],
    ["X-Y: z", "HTTP/1.1 101 Switching Protocols"],
  ])("cannot open a WebSocket (%s)", async (header, status) => {
    expect(await sendBytes(upgrade("/control/live", header))).toBe(status);
  });

  it.each([
    ["the control page", { Origin: "http://127.0.0.1:8321" }],
    ["a local development server", { Origin: "http://localhost:3000" }],
    ["a beacon of a desktop", { Origin: "null", "Sec-Fetch-Site": "same-origin" }],
    ["a program", {}],
  ])("is accepted from %s", async (_, headers) => {
    expect((await post({ ...JSON_TYPE, ...headers })).status).toBe(200);
  });
});
