import type { DesktopStore } from "../../desktop";
import { guardListeners } from "../guardedStore";
import type { ChatClient } from "./chatClient";
import { followChatClient } from "./followChatClient";

function follow(first: ChatClient | undefined, install?: (client: ChatClient | undefined) => () => void) {
  const log: string[] = [];
  const reports: unknown[] = [];
  const listeners = new Set<() => void>();
  const scene = { client: first };
  const nameOf = (client: ChatClient | undefined) => (client as { name?: string } | undefined)?.name ?? "none";
  const store = {
    subscribe: (listener: () => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  const uninstall = followChatClient({
    store: guardListeners(store as unknown as DesktopStore, (error) => reports.push(error)),
    client: () => scene.client,
    install:
      install ??
      ((client) => {
        log.push(`install ${nameOf(client)}`);
        return () => log.push(`uninstall ${nameOf(client)}`);
      }),
    onReplaced: () => log.push("replaced"),
  });
  const dispatch = () => listeners.forEach((listener) => listener());
  return { scene, log, reports, dispatch, uninstall, listeners };
}

const named = (name: string) => ({ name }) as ChatClient;

test.each([
  ["a degraded client", named("degraded"), "degraded"],
  ["no client", undefined, "none"],
])("intercepts a client that replaces %s, once", (_, first, name) => {
  const { scene, log, dispatch } = follow(first);
  dispatch();
  expect(log).toEqual([`install ${name}`]);
  scene.client = named("late");
  dispatch();
  dispatch();
  expect(log).toEqual([`install ${name}`, `uninstall ${name}`, "install late", "replaced"]);
});

test("follows a logout and the next login", () => {
  const { scene, log, dispatch } = follow(named("first"));
  scene.client = undefined;
  dispatch();
  scene.client = named("second");
  dispatch();
  expect(log.filter((line) => line.startsWith("install"))).toEqual(["install first", "install none", "install second"]);
});

test("stops following on uninstall", () => {
  const { log, uninstall, listeners } = follow(named("first"));
  uninstall();
  expect(listeners.size).toBe(0);
  expect(log).toEqual(["install first", "uninstall first"]);
});

test("reports a failure, and lets the dispatch succeed", () => {
  const failure = new Error("frozen client");
  const { scene, reports, dispatch } = follow(undefined, (client) => {
    if (client) throw failure;
    return () => undefined;
  });
  scene.client = named("late");
  dispatch();
  dispatch();
  expect(reports).toEqual([failure]);
});
