import { get, request } from "http";
import { WebSocket } from "ws";

import { startStandIn, type StandIn } from ".";
import { issueToken } from "./flex/tokens";

/** jest 27 has no fetch. */
function json(url: string, headers: Record<string, string> = {}): Promise<unknown> {
  return new Promise((resolve, reject) => {
    get(url, { headers }, (response) => {
      let text = "";
      response.on("data", (chunk) => (text += String(chunk)));
      response.on("end", () => resolve(JSON.parse(text)));
    }).on("error", reject);
  });
}

describe("the stand-in", () => {
  const started: StandIn[] = [];
  const start: typeof startStandIn = async (options) => {
    const standIn = await startStandIn(options);
    started.push(standIn);
    return standIn;
  };
  afterEach(() => Promise.all(started.splice(0).map((standIn) => standIn.close())));

  it("ends at once, with whoever is still connected", async () => {
    const standIn = await start();
    const socket = new WebSocket(standIn.url.replace("http", "ws") + "/@/tsock.us1.twilio.com/v3/wsconnect");
    await new Promise((resolve) => socket.on("open", resolve));
    const closed = new Promise((resolve) => socket.on("close", resolve));
    const unfinished = request(`${standIn.url}/@/flex-api.twilio.com/v1/Configuration`, { method: "POST" });
    unfinished.on("error", () => undefined).flushHeaders();
    const startMs = Date.now();
    await standIn.close();
    await closed;
    expect(Date.now() - startMs).toBeLessThan(500);
  });

  it("says so when its port is taken", async () => {
    const { url } = await start();
    await expect(start({ port: Number(new URL(url).port) })).rejects.toMatchObject({ code: "EADDRINUSE" });
  });

  it("serves the configuration as it is at that moment, and only the plugins that a desktop wants", async () => {
    const standIn = await start({
      plugins: [
        { name: "one", source: "1" },
        { name: "two", source: "2", version: "1.2.3" },
      ],
    });
    standIn.configuration.ui_attributes = { version_compatibility: "yes", mine: true };
    const { token } = issueToken(standIn.account, "alice", ["agent"]);
    const authorization = `Basic ${Buffer.from(`token:${token}`).toString("base64")}`;
    const twilio = (path: string): Promise<unknown> => json(`${standIn.url}/@/${path}`, { authorization });
    expect(await twilio("flex-api.twilio.com/v1/Configuration")).toMatchObject({ ui_attributes: { mine: true } });
    expect(await twilio("flex.twilio.com/plugins")).toMatchObject([
      { name: "one" },
      { name: "two", version: "1.2.3", phase: 3 },
    ]);
    expect(await twilio("flex.twilio.com/plugins?only=two")).toMatchObject([{ name: "two" }]);
    expect(await twilio("flex.twilio.com/plugins?only=")).toEqual([]);
  });
});
