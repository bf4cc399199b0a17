import { WebSocket } from "ws";

import { startStandIn, type StandIn } from ".";
import { issueToken } from "./flex/tokens";
import { basicAuthorization, sendRequest } from "./testing/sendRequest";

describe("the stand-in", () => {
  const started: StandIn[] = [];
  const start: typeof startStandIn = async (options) => {
    const standIn = await startStandIn(options);
    started.push(standIn);
    return standIn;
  };
  afterEach(() => Promise.all(started.splice(0).map((standIn) => standIn.close())));

  it("closes without waiting for its connections, and ends them", async () => {
    const standIn = await start();
    const received = new Promise<void>((resolve) =>
      standIn.serve(({ path }) => {
        if (path !== "/unanswered") return false;
        resolve();
        return true;
      }),
    );
    const socket = new WebSocket(standIn.url.replace("http", "ws") + "/@/tsock.us1.twilio.com/v3/wsconnect");
    await new Promise((resolve) => socket.on("open", resolve));
    const socketClosed = new Promise((resolve) => socket.on("close", resolve));
    const requestFailed = expect(sendRequest("GET", `${standIn.url}/unanswered`)).rejects.toThrow();
    await received;
    // A server that waited for its open connections would never finish closing.
    await standIn.close();
    await socketClosed;
    await requestFailed;
  });

  it("rejects with EADDRINUSE if its port is in use", async () => {
    const { url } = await start();
    await expect(start({ port: Number(new URL(url).port) })).rejects.toMatchObject({ code: "EADDRINUSE" });
  });

  it("serves the current configuration, and only the plugins that a desktop asks for", async () => {
    const standIn = await start({
      plugins: [
        { name: "one", source: "1" },
        { name: "two", source: "2", version: "1.2.3" },
      ],
    });
    standIn.configuration.ui_attributes = { version_compatibility: "yes", mine: true };
    const { token } = issueToken(standIn.account, "alice", ["agent"]);
    const fetchJson = async (path: string): Promise<unknown> => {
      const headers = basicAuthorization("token", token);
      return JSON.parse((await sendRequest("GET", `${standIn.url}/@/${path}`, { headers })).text);
    };
    expect(await fetchJson("flex-api.twilio.com/v1/Configuration")).toMatchObject({ ui_attributes: { mine: true } });
    expect(await fetchJson("flex.twilio.com/plugins")).toMatchObject([
      { name: "one" },
      { name: "two", version: "1.2.3", phase: 3 },
    ]);
    expect(await fetchJson("flex.twilio.com/plugins?only=two")).toMatchObject([{ name: "two" }]);
    expect(await fetchJson("flex.twilio.com/plugins?only=")).toEqual([]);
  });
});
