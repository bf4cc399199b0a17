import { createServer, type Server } from "http";
import type { AddressInfo, Socket } from "net";

import { Shell } from "./support/shell";

jest.setTimeout(60_000);

/** Without the URL of the stand-in. */
const TWILIO = { FLEX_THROTTLE_API_URL: undefined };
const PASSWORD = "theirs-password";

let shell: Shell;
let proxy: Server;
/** The target of each CONNECT request, and its credentials. */
let tunnels: string[];
/** The status line of the proxy's answer. No test may reach Twilio. */
let rejection: string;

beforeEach(async () => {
  shell = await Shell.open({ mode: "off" });
  [tunnels, rejection] = [[], "502 Bad Gateway"];
  proxy = createServer().on("connect", ({ url, headers }, socket: Socket) => {
    tunnels.push(
      `${url} ${Buffer.from(String(headers["proxy-authorization"]).replace("Basic ", ""), "base64").toString()}`,
    );
    socket.on("error", () => undefined);
    socket.end(`HTTP/1.1 ${rejection}\r\n\r\n`);
  });
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
});
afterEach(async () => {
  expect(shell.leaks).toEqual([]);
  await new Promise((resolve) => proxy.close(resolve));
  await shell.close();
});

const proxyUrl = () => `http://agent:${PASSWORD}@127.0.0.1:${(proxy.address() as AddressInfo).port}`;

test.each(["HTTPS_PROXY", "https_proxy", "HTTP_PROXY"])(
  "%s sends requests to Twilio through the proxy, with its user and password",
  async (name) => {
    await shell.runProcess(["settings", "get"], { [name]: proxyUrl(), FLEX_THROTTLE_API_URL: undefined });
    expect(tunnels).toEqual([`flex-api.twilio.com:443 agent:${PASSWORD}`]);
  },
);

test("requests to this machine bypass the proxy", async () => {
  const args = ["settings", "apply", shell.file({ mode: "observe" }), "--yes"];
  const { code } = await shell.runProcess(args, { HTTP_PROXY: proxyUrl(), NODE_USE_ENV_PROXY: "1" });
  expect([code, tunnels]).toEqual([0, []]);
});

test("hosts in NO_PROXY bypass the proxy", async () => {
  await shell.runProcess(["settings", "get"], {
    HTTPS_PROXY: proxyUrl(),
    NO_PROXY: "nowhere.twilio.com",
    FLEX_THROTTLE_API_URL: "https://nowhere.twilio.com:9",
  });
  expect(tunnels).toEqual([]);
});

test("a rejection by the proxy is reported with its reason and the variable", async () => {
  rejection = "407 Proxy Authentication Required";
  const { code, err } = await shell.runProcess(["settings", "get"], { HTTP_PROXY: proxyUrl(), ...TWILIO });
  expect(code).toBe(2);
  expect(err).toMatch(
    /^flex-throttle: Cannot reach Twilio at \S+ \(.*407.*\)\. Check .*, and the proxy in HTTP_PROXY\.\n$/,
  );
});

test.each([
  ["http://127.0.0.1:9", /\(ECONNREFUSED\)\. Check .*, and the proxy in HTTP_PROXY\.\n$/],
  [`${PASSWORD} at the proxy`, /^flex-throttle: HTTP_PROXY is not a proxy URL; expected http:\/\/HOST:PORT\.\n$/],
])("an invalid or unreachable proxy is an error (%s)", async (HTTP_PROXY, sentence) => {
  const { code, out, err } = await shell.runProcess(["settings", "get"], { HTTP_PROXY, ...TWILIO });
  expect([code, out, err]).toEqual([2, "", expect.stringMatching(sentence)]);
});
