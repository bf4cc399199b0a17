/** @jest-environment ./testing/browserEnvironment.js */

import * as Flex from "@twilio/flex-ui";
import { AnyAction, createStore, StoreEnhancer } from "redux";
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
  const channelOf = (task: Flex.ITask) => (task.attributes as { channelSid?: string }).channelSid;
  jest.spyOn(Flex.TaskHelper, "isChatBasedTask").mockImplementation((task) => channelOf(task) !== undefined);
  jest.spyOn(Flex.TaskHelper, "getTaskChatChannelSid").mockImplementation((task) => channelOf(task) ?? "");
  server = await startHttpServer();
});
afterAll(() => server.close());
useVirtualTime();
afterEach(() => plugin.uninstall());

function start() {
  const routes = [{ method: "POST", url: `${server.url}/create`, limits: ["POST /channels"] }];
  const reduce = (state: object = {}, { tasks }: AnyAction) =>
    tasks ? { ...state, flex: { worker: { tasks } } } : state;
  const store = createStore(reduce, Flex.flexStoreEnhancer as StoreEnhancer<object>);
  const user = { roles: ["agent"], token: "agent's token" };
  const manager = { store, configuration: { flexThrottle: { routes } }, strings: {}, user, chatClient: {} };
  plugin = new ThrottlePlugin();
  plugin.init(Flex, manager as unknown as Flex.Manager);
  return {
    send: () => ended(window.fetch(`${server.url}/create`, { method: "POST" })),
    offer: (attributes: object) => {
      const task = { sid: "WR1", status: "pending", attributes };
      store.dispatch({ type: "RESERVATION_CREATED", tasks: new Map([[task.sid, task]]) });
    },
    configure: async (account?: object, language?: string) => {
      Object.assign(manager, { configuration: { language, flexThrottle: { routes, account } } });
      store.dispatch({ type: "CONFIGURATION_CHANGED" });
      await breathe();
    },
  };
}

test("connects to Sync only while the account budget is on, and only when a limit is used or a chat is offered", async () => {
  const { send, configure, offer } = start();
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
  await configure({ budget: "sync" });
  offer({ call_sid: "CA1" });
  await breathe();
  expect(SyncClient).toHaveBeenCalledTimes(1);
  offer({ channelSid: "CH1" });
  await breathe();
  expect(SyncClient).toHaveBeenCalledTimes(2);
  expect(reported).not.toHaveBeenCalled();
});

test("a page prepares its plural forms while a chat is offered, not when the agent accepts it", async () => {
  const created = jest.spyOn(Intl, "PluralRules");
  const { configure, offer } = start();
  await configure(undefined, "fr");
  expect(created).not.toHaveBeenCalledWith("fr");
  offer({ channelSid: "CH1" });
  expect(created).toHaveBeenCalledWith("fr");
});
