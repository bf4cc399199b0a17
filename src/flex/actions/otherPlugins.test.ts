/** Actions beside the listeners and replacements of other plugins. */

import {
  actions,
  ADD,
  chat,
  countFree,
  CREATE,
  install,
  mapped,
  register,
  reports,
  throttle,
  uninstall,
} from "../../../testing/flexActions";
import { useUp } from "../../../testing/throttles";
import { breathe, elapse, ended, isSettled } from "../../../testing/virtualTime";
import { patchMethod } from "../../patch";

describe("beside other plugins", () => {
  const throwing = () => {
    throw new Error("another plugin's listener");
  };

  test.each<[string, () => unknown]>([
    ["throws", throwing],
    ["rejects", async () => throwing()],
  ])("holds an Action although another listener %s", async (_, listener) => {
    const body = register("CreateRoom");
    actions.addListener("beforeCreateRoom", listener);
    install(mapped("reject"));
    actions.addListener("beforeCreateRoom", listener);
    useUp(throttle, CREATE);
    await expect(ended(actions.invokeAction("CreateRoom"))).rejects.toMatchObject({ name: "ThrottleRejectedError" });
    expect(body).not.toHaveBeenCalled();
  });

  test("leaves the queue when a throwing listener makes Flex run the Action, and loses no slot", async () => {
    const body = register("CreateRoom");
    install(mapped("queue", { [CREATE]: { perSecond: 2 } }));
    actions.addListener("beforeCreateRoom", throwing);
    useUp(throttle, CREATE);
    for (let n = 0; n < 5; n += 1) await actions.invokeAction("CreateRoom", { n });
    expect(body).toHaveBeenCalledTimes(5);
    expect(throttle.status().waiting).toEqual([]);
    await elapse(3000);
    expect(countFree(CREATE)).toBe(2);
  });

  test("keeps waiting although another listener rejects", async () => {
    const body = register("CreateRoom");
    install(mapped());
    const rejecting = async () => throwing();
    actions.addListener("beforeCreateRoom", (): unknown => rejecting());
    useUp(throttle, CREATE);
    const result = actions.invokeAction("CreateRoom");
    await elapse(500);
    expect(body).not.toHaveBeenCalled();
    await ended(result);
    expect(body).toHaveBeenCalledTimes(1);
  });

  test("releases its slot when another listener cancels", async () => {
    const body = register("CreateRoom");
    const payload = { name: "room" };
    install(mapped("queue", { [CREATE]: { perSecond: 2 } }));
    const listener = jest.fn((_: unknown, cancel: () => void) => cancel());
    actions.addListener("beforeCreateRoom", listener);
    await expect(ended(actions.invokeAction("CreateRoom", payload))).rejects.toThrow(
      "Action CreateRoom cancelled by before event",
    );
    expect(listener.mock.calls[0][0]).toBe(payload);
    expect(body).not.toHaveBeenCalled();
    expect(countFree(CREATE)).toBe(2);
  });

  test("releases its slot when another listener cancels a queued Action", async () => {
    register("CreateRoom");
    install(mapped());
    useUp(throttle, CREATE);
    actions.addListener("beforeCreateRoom", (_: unknown, cancel: () => void) => cancel());
    const result = actions.invokeAction("CreateRoom");
    const next = throttle.acquire({ limits: [CREATE], name: "next" });
    await expect(ended(result)).rejects.toThrow("cancelled by before event");
    expect(await isSettled(next)).toBe(true);
  });

  test("holds another plugin's replacement and runs it", async () => {
    const body = register("AcceptTask");
    const replacement = jest.fn(async () => "replaced");
    install();
    actions.replaceAction("AcceptTask", replacement);
    useUp(throttle, ADD);
    const result = actions.invokeAction("AcceptTask", { task: chat(1) });
    await breathe();
    expect(replacement).not.toHaveBeenCalled();
    expect(await ended(result)).toBe("replaced");
    expect(body).not.toHaveBeenCalled();
  });

  test("passes an Action that is not mapped through unchanged", () => {
    const invoke = jest.fn().mockReturnValue(Promise.resolve());
    const uninstallTheirs = patchMethod(actions, "invokeAction", () => invoke);
    install(mapped());
    const payload = {};
    const result = actions.invokeAction("SendMessage", payload);
    expect(invoke).toHaveBeenCalledWith("SendMessage", payload);
    expect(result).toBe(invoke.mock.results[0].value);
    uninstall();
    uninstallTheirs();
  });

  test("lets the Action run after an internal failure, and reports it", async () => {
    const body = register("AcceptTask");
    install();
    const broken = {
      get task() {
        throw new Error("inside the plugin");
      },
    };
    await actions.invokeAction("AcceptTask", broken);
    expect(body).toHaveBeenCalledTimes(1);
    expect(reports.splice(0)).toEqual([new Error("inside the plugin")]);
  });

  test.each(["off", "observe"])("holds nothing in mode %s", async (mode) => {
    const body = register("CreateRoom");
    install({ ...mapped("reject"), mode });
    await Promise.all([1, 2, 3].map((n) => actions.invokeAction("CreateRoom", { n })));
    expect(body).toHaveBeenCalledTimes(3);
  });

  test("removes everything on uninstall but the Action that Flex cannot unregister", async () => {
    const body = register("CreateRoom");
    install(mapped());
    expect(Object.keys(actions)).toContain("invokeAction");
    useUp(throttle, CREATE);
    uninstall();
    expect(Object.keys(actions)).not.toContain("invokeAction");
    await actions.invokeAction("CreateRoom");
    expect(body).toHaveBeenCalledTimes(1);
  });
});
