import { createServer, type Server } from "http";
import { connect, type AddressInfo, type Socket } from "net";

import { Shell } from "./support/shell";

jest.setTimeout(60_000);

const PASSWORD = "theirs-password";

let shell: Shell;
let proxy: Server;
/** The target of each CONNECT request, and its credentials. */
let tunnels: string[];
let sockets: Socket[];
/** The status line of the proxy's answer, if it rejects requests. */
let rejection: string | undefined;

beforeEach(async () => {
  shell = await Shell.open({ mode: "off" });
  [tunnels, sockets, rejection] = [[], [], undefined];
  proxy = createServer().on("connect", ({ url, headers }, socket: Socket) => {
    tunnels.push(
      `${url} ${Buffer.from(String(headers["proxy-authorization"]).replace("Basic ", ""), "base64").toString()}`,
    );
    socket.on("error", () => undefined);
    if (rejection !== undefined) {
      socket.end(`HTTP/1.1 ${rejection}\r\n\r\n`);
      return;
    }
    const { hostname, port } = new URL(`http://${url}`);
    const upstream = connect(Number(port), hostname, () => socket.write("HTTP/1.1 200 OK\r\n\r\n"));
    upstream.on("error", () => undefined);
    upstream.pipe(socket).pipe(upstream);
    sockets.push(socket, upstream);
  });
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
});
afterEach(async () => {
  expect(shell.leaks).toEqual([]);
  sockets.forEach((socket) => socket.destroy());
  await new Promise((resolve) => proxy.close(resolve));
  await shell.close();
});

const proxyUrl = () => `http://agent:${PASSWORD}@127.0.0.1:${(proxy.address() as AddressInfo).port}`;

test.each(["HTTP_PROXY", "http_proxy"])(
  "%s sends all requests through the proxy, with its user and password",
  async (name) => {
    const { code, err } = await shell.run(["settings", "apply", shell.file({ mode: "observe" })], {
      [name]: proxyUrl(),
    });
    expect([code, err]).toEqual([0, expect.any(String)]);
    expect(shell.uiAttributes.flexThrottle).toEqual({ mode: "observe" });
    expect(new Set(tunnels)).toEqual(new Set([`${new URL(shell.twilio.url).host} agent:${PASSWORD}`]));
  },
);

test("hosts in NO_PROXY bypass the proxy", async () => {
  const { code } = await shell.run(["settings", "get"], { HTTP_PROXY: proxyUrl(), NO_PROXY: "127.0.0.1" });
  expect([code, tunnels]).toEqual([0, []]);
});

test("a rejection by the proxy is reported with its reason and the variable", async () => {
  rejection = "407 Proxy Authentication Required";
  const { code, err } = await shell.run(["settings", "get"], { HTTP_PROXY: proxyUrl() });
  expect(code).toBe(1);
  expect(err).toMatch(
    /^flex-throttle: Cannot reach Twilio at \S+ \(.*407.*\)\. Check .*, and the proxy in HTTP_PROXY\.\n$/,
  );
});

test.each([
  ["http://127.0.0.1:9", /\(ECONNREFUSED\)\. Check .*, and the proxy in HTTP_PROXY\.\n$/],
  [`${PASSWORD} at the proxy`, /^flex-throttle: HTTP_PROXY is not a proxy URL; expected http:\/\/HOST:PORT\.\n$/],
])("an invalid or unreachable proxy is an error (%s)", async (HTTP_PROXY, sentence) => {
  const { code, out, err } = await shell.run(["settings", "get"], { HTTP_PROXY });
  expect([code, out, err]).toEqual([1, "", expect.stringMatching(sentence)]);
});
