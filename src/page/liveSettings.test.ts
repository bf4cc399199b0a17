import { LiveSettings } from "./liveSettings";

/** A configuration in a store: a new object for each change. */
function newDesktop(first: object) {
  let configuration = first;
  const listeners = new Set<() => void>();
  const live = new LiveSettings(() => configuration);
  const changed = jest.fn();
  const end = live.watch(
    { subscribe: (listener) => (listeners.add(listener), () => listeners.delete(listener)) },
    changed,
  );
  const dispatch = (next: object = configuration) => {
    configuration = next;
    listeners.forEach((listener) => listener());
  };
  return { live, changed, dispatch, end };
}

test("applies new settings at once, and names their problems", () => {
  const { live, changed, dispatch } = newDesktop({ settings: { mode: "off" } });
  expect(live.settings.mode).toBe("off");
  dispatch({ settings: { mode: "observe", onBurst: "reject", queue: 7 } });
  expect(changed).toHaveBeenCalledTimes(1);
  expect(live.settings.mode).toBe("observe");
  expect(live.onBurst).toBe("reject");
  expect(live.problems.map(({ path }) => path)).toEqual(["flexThrottle.queue"]);
});

test("updates the routes of a matcher that is in use, including the orchestration URL", () => {
  const { live, dispatch } = newDesktop({});
  const { match } = live;
  expect(match("POST", "https://shop.twil.io/create")).toBeUndefined();
  const routes = [{ method: "POST", url: "https://*.twil.io/create", limits: ["POST /channels"] }];
  dispatch({ settings: { routes }, orchestrationUrl: "https://elsewhere.example/v1/Channels" });
  expect(match("POST", "https://shop.twil.io/create")?.limits).toEqual(["POST /channels"]);
  expect(match("POST", "https://elsewhere.example/v1/Channels/CH1/Roles/agent/Users")?.limits).toEqual([
    "POST /WebChannels/Users",
  ]);
});

test("ignores other changes of the store and the configuration", () => {
  const { changed, dispatch, end } = newDesktop({ settings: { mode: "off" } });
  dispatch();
  dispatch({ settings: { mode: "off" }, language: "de" } as object);
  expect(changed).not.toHaveBeenCalled();
  end();
  dispatch({ settings: { mode: "enforce" } });
  expect(changed).not.toHaveBeenCalled();
});

const cycle: Record<string, unknown> = {};
cycle.queue = cycle;

test.each<[string, unknown]>([
  ["a BigInt", { limits: { "Flex Flows": { max: BigInt(3000) } } }],
  ["a cycle", cycle],
])("reports %s, which JSON cannot contain, and uses the defaults", (_, settings) => {
  const { live } = newDesktop({ settings });
  expect(live.settings).toEqual(newDesktop({}).live.settings);
  expect(live.problems).toMatchObject([
    { path: "flexThrottle", found: { literal: expect.stringContaining("TypeError") } },
  ]);
  expect(() => JSON.stringify(live.written)).not.toThrow();
});

test("uses the other entries of settings that are nested too deeply for JSON", () => {
  const nested = JSON.parse("[".repeat(4000) + "]".repeat(4000)) as unknown;
  const live = new LiveSettings(() => ({ settings: { mode: "observe", nested } }));
  expect(live.settings.mode).toBe("observe");
  expect(live.problems.map(({ path }) => path)).toEqual(["flexThrottle.nested"]);
  expect(() => JSON.stringify(live.written)).not.toThrow();
});
