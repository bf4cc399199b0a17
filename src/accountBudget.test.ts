/** @jest-environment ./testing/browserEnvironment.js */

import * as Flex from "@twilio/flex-ui";
import { createStore, StoreEnhancer } from "redux";
import { SyncClient } from "twilio-sync";

import { HttpServer, startHttpServer } from "../testing/httpServer";
import { breathe, ended, useVirtualTime } from "../testing/virtualTime";
import ThrottlePlugin from "./ThrottlePlugin";

/** Stays without a connection. */
jest.mock("twilio-sync", () => ({
  SyncClient: jest.fn(() => ({
    connectionState: "connecting",
    on: jest.fn(),
    removeListener: jest.fn(),
    shutdown: jest.fn(async () => undefined),
  })),
}));

let server: HttpServer;
let plugin: ThrottlePlugin;
const reported = jest.spyOn(console, "error").mockImplementation(() => undefined);

beforeAll(async () => {
  server = await startHttpServer();
});
afterAll(() => server.close());
useVirtualTime();
afterEach(() => plugin.uninstall());

function start() {
  const routes = [{ method: "POST", url: `${server.url}/create`, limits: ["POST /channels"] }];
  const store = createStore((state: object = {}) => state, Flex.flexStoreEnhancer as StoreEnhancer<object>);
  const user = { roles: ["agent"], token: "agent's token" };
  const manager = { store, configuration: { flexThrottle: { routes } }, strings: {}, user, chatClient: {} };
  plugin = new ThrottlePlugin();
  plugin.init(Flex, manager as unknown as Flex.Manager);
  return {
    send: () => ended(window.fetch(`${server.url}/create`, { method: "POST" })),
    configure: async (account?: object) => {
      Object.assign(manager, { configuration: { flexThrottle: { routes, account } } });
      store.dispatch({ type: "CONFIGURATION_CHANGED" });
      await breathe();
    },
  };
}

test("connects to Sync only while the account budget is on, and only when a limit is used", async () => {
  const { send, configure } = start();
  await send();
  await configure({ budget: "sync" });
  expect(SyncClient).not.toHaveBeenCalled();
  await send();
  expect(SyncClient).toHaveBeenCalledTimes(1);
  expect(SyncClient).toHaveBeenCalledWith("agent's token", expect.anything());
  await configure();
  expect(jest.mocked(SyncClient).mock.results[0].value.shutdown).toHaveBeenCalledTimes(1);
  await send();
  expect(SyncClient).toHaveBeenCalledTimes(1);
  expect(reported).not.toHaveBeenCalled();
});
