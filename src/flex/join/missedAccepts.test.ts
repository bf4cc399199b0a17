import type { ITask } from "@twilio/flex-ui";

import type { DesktopStore } from "../../desktop";
import { guardListeners } from "../guardedStore";
import { MissedAccepts } from "./missedAccepts";

const newTask = (sid: string, status = "accepted") => ({ sid, status }) as unknown as ITask;

function watch() {
  const scene = {
    tasks: [] as ITask[],
    joined: [] as string[],
    timers: [] as (() => void)[],
    reports: [] as unknown[],
  };
  const listeners = new Set<() => void>();
  const missed = new MissedAccepts();
  const store = {
    subscribe: (listener: () => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  const uninstall = missed.watch({
    store: guardListeners(store as unknown as DesktopStore, (error) => scene.reports.push(error)),
    tasks: { all: () => scene.tasks, find: (sid) => scene.tasks.find((task) => task.sid === sid) },
    schedule: (callback) => {
      scene.timers.push(callback);
      return () => void (scene.timers = scene.timers.filter((timer) => timer !== callback));
    },
    joinLostChats: (isMissed) => scene.joined.push(...scene.tasks.filter(isMissed).map(({ sid }) => sid)),
  });
  const dispatch = () => listeners.forEach((listener) => listener());
  const elapse = () => scene.timers.splice(0).forEach((timer) => timer());
  return { scene, missed, dispatch, elapse, uninstall, listeners };
}

test("joins accepted tasks whose event was lost, once", () => {
  const { scene, dispatch, elapse } = watch();
  scene.tasks = [newTask("WR1"), newTask("WR2", "pending"), newTask("WR3", "wrapping"), newTask("WR4")];
  dispatch();
  dispatch();
  expect(scene.timers).toHaveLength(1);
  elapse();
  expect(scene.joined).toEqual(["WR1", "WR4"]);
  dispatch();
  expect(scene.timers).toEqual([]);
});

test("joins nothing when Flex handles the accept shortly after its state has changed", () => {
  const { scene, missed, dispatch, elapse } = watch();
  scene.tasks = [newTask("WR1"), newTask("WR2")];
  missed.markHandled("WR1");
  dispatch();
  missed.markHandled("WR2");
  elapse();
  expect(scene.joined).toEqual([]);
});

test("joins a task that Flex lists again after it had gone", () => {
  const { scene, missed, dispatch, elapse } = watch();
  scene.tasks = [newTask("WR1")];
  missed.markHandled("WR1");
  dispatch();
  scene.tasks = [];
  dispatch();
  scene.tasks = [newTask("WR1")];
  dispatch();
  elapse();
  expect(scene.joined).toEqual(["WR1"]);
});

test("joins nothing when the task has ended meanwhile", () => {
  const { scene, dispatch, elapse } = watch();
  scene.tasks = [newTask("WR1")];
  dispatch();
  scene.tasks = [];
  elapse();
  expect(scene.joined).toEqual([]);
});

test("ends with its uninstall", () => {
  const { scene, dispatch, uninstall, listeners } = watch();
  scene.tasks = [newTask("WR1")];
  dispatch();
  uninstall();
  expect([scene.timers, listeners.size]).toEqual([[], 0]);
});

test("reports tasks that cannot be read", () => {
  const { scene, dispatch } = watch();
  scene.tasks = [undefined as never];
  dispatch();
  expect(scene.reports).toHaveLength(1);
});
