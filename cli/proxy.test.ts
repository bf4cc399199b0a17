// Out of a network that lets nobody out but by its proxy.

import { createServer, type Server } from "http";
import { connect, type AddressInfo, type Socket } from "net";

import { Shell } from "./support/shell";

jest.setTimeout(60_000);

const PASSWORD = "theirs-password";

let shell: Shell;
let proxy: Server;
let asked: string[];
let sockets: Socket[];
/** What it says instead of letting through. */
let refusal: string | undefined;

beforeEach(async () => {
  shell = await Shell.open({ mode: "off" });
  [asked, sockets, refusal] = [[], [], undefined];
  proxy = createServer().on("connect", ({ url, headers }, socket: Socket) => {
    asked.push(
      `${url} ${Buffer.from(String(headers["proxy-authorization"]).replace("Basic ", ""), "base64").toString()}`,
    );
    socket.on("error", () => undefined);
    if (refusal !== undefined) {
      socket.end(`HTTP/1.1 ${refusal}\r\n\r\n`);
      return;
    }
    const { hostname, port } = new URL(`http://${url}`);
    const onwards = connect(Number(port), hostname, () => socket.write("HTTP/1.1 200 OK\r\n\r\n"));
    onwards.on("error", () => undefined);
    onwards.pipe(socket).pipe(onwards);
    sockets.push(socket, onwards);
  });
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
});
afterEach(async () => {
  expect(shell.leaks).toEqual([]);
  sockets.forEach((socket) => socket.destroy());
  await new Promise((resolve) => proxy.close(resolve));
  await shell.close();
});

const address = () => `http://agent:${PASSWORD}@127.0.0.1:${(proxy.address() as AddressInfo).port}`;

test.each(["HTTP_PROXY", "http_proxy"])("%s is the way out, with its user and password", async (name) => {
  const { code, err } = await shell.run(["settings", "apply", shell.file({ mode: "observe" })], { [name]: address() });
  expect([code, err]).toEqual([0, expect.any(String)]);
  expect(shell.uiAttributes.flexThrottle).toEqual({ mode: "observe" });
  expect(new Set(asked)).toEqual(new Set([`${new URL(shell.twilio.url).host} agent:${PASSWORD}`]));
});

test("NO_PROXY is reached without it", async () => {
  const { code } = await shell.run(["settings", "get"], { HTTP_PROXY: address(), NO_PROXY: "127.0.0.1" });
  expect([code, asked]).toEqual([0, []]);
});

test("a proxy that lets nobody through is named by its variable, with what it said", async () => {
  refusal = "407 Proxy Authentication Required";
  const { code, err } = await shell.run(["settings", "get"], { HTTP_PROXY: address() });
  expect(code).toBe(1);
  expect(err).toMatch(
    /^flex-throttle: Twilio cannot be reached at \S+ \(.*407.*\)\. .* HTTP_PROXY is set: is that proxy right\?\n$/,
  );
});

test.each([
  ["http://127.0.0.1:9", /\(ECONNREFUSED\)\. .* HTTP_PROXY is set: is that proxy right\?\n$/],
  [
    `${PASSWORD} at the proxy`,
    /^flex-throttle: HTTP_PROXY is not the address of a proxy; right would be http:\/\/HOST:PORT\.\n$/,
  ],
])("a proxy that is none (%s)", async (HTTP_PROXY, sentence) => {
  const { code, out, err } = await shell.run(["settings", "get"], { HTTP_PROXY });
  expect([code, out, err]).toEqual([1, "", expect.stringMatching(sentence)]);
});
