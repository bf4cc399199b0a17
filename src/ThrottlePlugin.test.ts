/** @jest-environment ./testing/browserEnvironment.js */

import * as Flex from "@twilio/flex-ui";
import React from "react";
import { createStore, StoreEnhancer } from "redux";

import { ADD_MEMBER } from "./limits/limits";
import { selectThrottle } from "./state/selectors";
import { NAMESPACE } from "./state/slice";
import { HttpServer, startHttpServer } from "../testing/httpServer";
import { breathe, elapse, ended, useVirtualTime } from "../testing/virtualTime";
import { FailSafeThrottle } from "./throttle/failSafeThrottle";
import ThrottlePlugin from "./ThrottlePlugin";

const { Actions: actions, ChatOrchestrator: orchestrator, Notifications: notifications } = Flex;
const IDS = ["RateLimited", "Queued", "Refused", "Settings"].map((name) => `FlexThrottle${name}`);

let server: HttpServer;
let plugin: ThrottlePlugin | undefined;
const { warn, error } = console;
let written: { warnings: string[]; errors: string[] };

beforeAll(async () => {
  server = await startHttpServer();
});
afterAll(() => server.close());
useVirtualTime();
beforeEach(() => {
  written = { warnings: [], errors: [] };
  // Flex has put a proxy before the console, which cannot be spied on.
  console.warn = (...words) => void written.warnings.push(words.map(String).join(" "));
  console.error = (...words) => void written.errors.push(words.map(String).join(" "));
});
afterEach(() => {
  plugin?.uninstall();
  plugin = undefined;
  // Flex cannot forget a notification; each test starts a Flex of its own.
  IDS.forEach((id) => notifications.registeredNotifications.delete(id));
  Object.assign(console, { warn, error });
  jest.restoreAllMocks();
  server.reset();
});

interface ManagerParts {
  configuration?: object;
  roles?: string[];
  strings?: object;
  chatClient?: object;
}

function newManager({ configuration = {}, roles = ["agent"], strings = {}, chatClient = {} }: ManagerParts = {}) {
  const store = createStore((state: object = {}) => state, Flex.flexStoreEnhancer as StoreEnhancer<object>);
  return { store, configuration, strings, user: { roles }, chatClient } as unknown as Flex.Manager;
}

function start(parts?: ManagerParts) {
  const manager = newManager(parts);
  plugin = new ThrottlePlugin();
  plugin.init(Flex, manager);
  return { manager, state: () => selectThrottle(manager.store.getState()) };
}

const shown = () => notifications.activeNotifications.map(({ id }) => id).filter((id) => IDS.includes(id));
const ours = () => written.errors.filter((text) => text.includes("plugin-flex-throttle"));

const route = (path: string, limit: string) => ({ method: "POST", url: server.url + path, limits: [limit] });

test("runs once and warns when loaded twice", async () => {
  const { manager } = start();
  const fetched = window.fetch;
  new ThrottlePlugin().init(Flex, manager);
  expect(window.fetch).toBe(fetched);
  expect(written.warnings).toEqual(["plugin-flex-throttle is loaded twice. The second copy does nothing."]);
  expect(ours()).toEqual([]);
});

test("queues calls and shows the banner until they are sent", async () => {
  const { state } = start({
    configuration: {
      flexThrottle: { limits: { "POST /channels": { perSecond: 1 } }, routes: [route("/create", "POST /channels")] },
    },
  });
  const all = Promise.all([1, 2, 3].map(() => window.fetch(`${server.url}/create`, { method: "POST" })));
  await elapse(200);
  expect(state().status.waiting).toHaveLength(2);
  expect(shown()).toEqual(["FlexThrottleQueued"]);
  const answers = await ended(all);
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
  await elapse(1200);
  expect(shown()).toEqual([]);
  expect(ours()).toEqual([]);
});

test("finds Flex's own join by the URL in the Flex configuration", async () => {
  const { state } = start({ configuration: { chatOrchestrationServiceUrl: `${server.url}/v1/Channels` } });
  const all = Promise.all(
    Array.from({ length: 12 }, (_, n) =>
      window.fetch(`${server.url}/v1/Channels/CH${n}/Roles/agent/Users`, { method: "POST" }),
    ),
  );
  await elapse(150);
  expect(state().status.waiting).toMatchObject([{ limits: [ADD_MEMBER] }, { limits: [ADD_MEMBER] }]);
  await ended(all);
});

test("restores every function and removes every banner on uninstall", async () => {
  const chatClient = { createChannel: async () => ({}), getLocalChannels: async () => [] };
  const parts: [object, string[]][] = [
    [window, ["fetch"]],
    [XMLHttpRequest.prototype, ["open", "send", "abort", "setRequestHeader", "onreadystatechange"]],
    [XMLHttpRequestEventTarget.prototype, ["addEventListener", "onload", "onerror"]],
    [actions, ["invokeAction"]],
    [orchestrator, ["handleReservationEvent"]],
    [chatClient, ["createChannel", "getLocalChannels"]],
    [Flex.TaskChannelHelper, ["getTemplateForStatus"]],
  ];
  const places = () =>
    [Flex.MainHeader, Flex.TaskCanvasTabs].map(({ Content }) => [
      Content.fragments.length,
      Content.removeRequests.length,
    ]);
  const look = () => parts.map(([target, names]) => names.map((name) => Object.getOwnPropertyDescriptor(target, name)));
  const before = look();
  const placesBefore = places();
  start({ configuration: { flexThrottle: { mode: "wrong" } }, roles: ["admin"], chatClient });
  await breathe();
  expect(look()).not.toEqual(before);
  expect(places()).not.toEqual(placesBefore);
  expect(shown()).toEqual(["FlexThrottleSettings"]);
  plugin?.uninstall();
  expect(look()).toEqual(before);
  expect(places()).toEqual(placesBefore);
  expect(shown()).toEqual([]);
});

describe("invalid settings", () => {
  const configuration = { flexThrottle: { mode: "on", queue: { maxLength: -1 } } };

  test("are listed on the console and shown to an admin", () => {
    const { state } = start({ configuration, roles: ["agent", "admin"] });
    const warnings = written.warnings.filter((text) => text.includes("flexThrottle."));
    expect(warnings).toHaveLength(2);
    expect(warnings[0]).toContain('flexThrottle.mode is "on"; expected one of "enforce", "observe", "off".');
    expect(state().problems).toHaveLength(2);
    expect(shown()).toEqual(["FlexThrottleSettings"]);
  });

  test("are not shown to an agent", () => {
    start({ configuration, roles: ["agent"] });
    expect(shown()).toEqual([]);
  });

  test.each([null, 7, "enforce", [], { limits: [] }, { routes: {} }, { actions: { AcceptTask: 1 } }, { queue: null }])(
    "%j: Flex starts with the defaults",
    (flexThrottle) => {
      const { state } = start({ configuration: { flexThrottle } });
      expect(state().status.waiting).toEqual([]);
      expect(ours()).toEqual([]);
      expect(Object.getOwnPropertyNames(orchestrator)).toContain("handleReservationEvent");
    },
  );
});

describe("the view of the limits", () => {
  const hosts = [Flex.SideNav, Flex.ViewCollection] as unknown as {
    Content: { fragments: { props: { children: React.ReactElement } }[] };
  }[];
  const added = () =>
    hosts.map(({ Content }) => Content.fragments.filter(({ props }) => props.children.key === "flex-throttle").length);

  test.each([
    [["admin"], [1, 1]],
    [
      ["agent", "supervisor"],
      [1, 1],
    ],
    [["agent"], [0, 0]],
  ])("of %j: its link and its page are %j", (roles, expected) => {
    start({ roles });
    expect(added()).toEqual(expected);
    plugin?.uninstall();
    expect(added()).toEqual([0, 0]);
  });
});

test("puts the support commands on the window, with the plugin's version", () => {
  const page = window as unknown as { flexThrottle?: { report(): object } };
  start();
  expect(page.flexThrottle?.report()).toMatchObject({ plugin: "0.0.0-test", mode: "enforce" });
  plugin?.uninstall();
  expect(page.flexThrottle).toBeUndefined();
});

test("sends telemetry only if an admin has switched it on", async () => {
  const reportPluginInteraction = jest.fn();
  const configuration = (telemetry: boolean) => ({
    flexThrottle: {
      telemetry,
      limits: { "POST /channels": { perSecond: 1 } },
      routes: [route("/create", "POST /channels")],
    },
  });
  for (const isOn of [false, true]) {
    const { manager } = start({ configuration: configuration(isOn) });
    Object.assign(manager, { reportPluginInteraction });
    await ended(Promise.all([1, 2, 3].map(() => window.fetch(`${server.url}/create`, { method: "POST" }))));
    window.dispatchEvent(new Event("pagehide"));
    expect(reportPluginInteraction).toHaveBeenCalledTimes(isOn ? 1 : 0);
    plugin?.uninstall();
    IDS.forEach((id) => notifications.registeredNotifications.delete(id));
  }
});

test("adds its state to the store", () => {
  const { manager } = start();
  expect(manager.store.getState()).toHaveProperty(NAMESPACE);
});

test("installs the other parts without a chat client", () => {
  start({ chatClient: undefined });
  expect(ours()).toEqual([]);
  expect(Object.keys(actions)).toContain("invokeAction");
});

test("reports a part that fails to install, and installs the others", async () => {
  notifications.registerNotification({
    id: "FlexThrottleQueued",
    type: Flex.NotificationType.information,
    content: "another plugin's",
  });
  const { state } = start({
    configuration: {
      flexThrottle: { limits: { "POST /channels": { perSecond: 1 } }, routes: [route("/create", "POST /channels")] },
    },
  });
  expect(ours()).toHaveLength(1);
  expect(ours()[0]).toContain("Calls continue without the plugin.");
  const all = Promise.all([1, 2].map(() => window.fetch(`${server.url}/create`, { method: "POST" })));
  await elapse(200);
  expect(state().status.waiting).toHaveLength(1);
  await ended(all);
});

test("reports a repeated internal failure once", async () => {
  start();
  actions.registerAction("AcceptTask", async () => "accepted");
  const broken = () => ({
    get task() {
      throw new Error("inside the plugin");
    },
  });
  for (let n = 0; n < 3; n += 1) expect(await actions.invokeAction("AcceptTask", broken())).toBe("accepted");
  expect(ours()).toHaveLength(1);
});

test("uses the account's own strings, including those that a later plugin sets", () => {
  const register = jest.spyOn(Object.getPrototypeOf(notifications), "registerNotification");
  const { manager } = start({ strings: { FlexThrottleQueuedJoin: "1 Chat wartet" } });
  const [queued] = register.mock.calls.map(
    ([notification]) => notification as { id: string; content: React.ReactElement },
  );
  const place = queued.content as React.ReactElement<{ children: React.ReactElement }>;
  const { text } = place.props.children.props.services;
  expect([text("QueuedJoins", { count: 1 }), text("NextIn")]).toEqual(["1 Chat wartet", "next in {{seconds}}\u202fs"]);
  Object.assign(manager.strings, { FlexThrottleNextIn: "weiter in {{seconds}} s" });
  expect(text("NextIn")).toBe("weiter in {{seconds}}\u202fs");
});

test("works with a React that has no hooks", async () => {
  const hooks = { useState: React.useState, useEffect: React.useEffect };
  Object.assign(React, { useState: undefined, useEffect: undefined });
  const { manager } = start();
  Object.assign(React, hooks);
  expect(manager.store.getState()).toHaveProperty(NAMESPACE);
  expect(ours()).toEqual([]);
});

test("reevaluates the queue when the page gets focus, until uninstalled", () => {
  const wake = jest.spyOn(FailSafeThrottle.prototype, "reevaluate");
  start();
  window.dispatchEvent(new Event("focus"));
  expect(wake).toHaveBeenCalledTimes(1);
  plugin?.uninstall();
  window.dispatchEvent(new Event("focus"));
  expect(wake).toHaveBeenCalledTimes(1);
});

test("ends a cool-down with the banner's button", () => {
  const register = jest.spyOn(Object.getPrototypeOf(notifications), "registerNotification");
  const retryNow = jest.spyOn(FailSafeThrottle.prototype, "retryNow");
  start();
  const limited = register.mock.calls
    .map(([notification]) => notification as Flex.Notification)
    .find(({ id }) => id === "FlexThrottleRateLimited");
  (limited?.actions?.[0] as React.ReactElement).props.onClick();
  expect(retryNow).toHaveBeenCalledTimes(1);
});
