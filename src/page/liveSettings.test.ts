import { LiveSettings } from "./liveSettings";

/** A configuration in a store, as Flex has it: a new object for each change. */
function newFlex(first: object) {
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

test("new settings hold at once, with what is wrong in them", () => {
  const { live, changed, dispatch } = newFlex({ flexThrottle: { mode: "off" } });
  expect(live.settings.mode).toBe("off");
  dispatch({ flexThrottle: { mode: "observe", onBurst: "reject", queue: 7 } });
  expect(changed).toHaveBeenCalledTimes(1);
  expect(live.settings.mode).toBe("observe");
  expect(live.onBurst).toBe("reject");
  expect(live.problems.map(({ path }) => path)).toEqual(["flexThrottle.queue"]);
});

test("routes are those of the moment, for who has the matcher already, and Flex's own address too", () => {
  const { live, dispatch } = newFlex({});
  const { match } = live;
  expect(match("POST", "https://shop.twil.io/create")).toBeUndefined();
  const routes = [{ method: "POST", url: "https://*.twil.io/create", limits: ["POST /channels"] }];
  dispatch({ flexThrottle: { routes }, chatOrchestrationServiceUrl: "https://elsewhere.example/v1/Channels" });
  expect(match("POST", "https://shop.twil.io/create")?.limits).toEqual(["POST /channels"]);
  expect(match("POST", "https://elsewhere.example/v1/Channels/CH1/Roles/agent/Users")?.limits).toEqual([
    "POST /WebChannels/Users",
  ]);
});

test("what else changes in the store or the configuration is no new setting", () => {
  const { changed, dispatch, end } = newFlex({ flexThrottle: { mode: "off" } });
  dispatch();
  dispatch({ flexThrottle: { mode: "off" }, language: "de" });
  expect(changed).not.toHaveBeenCalled();
  end();
  dispatch({ flexThrottle: { mode: "enforce" } });
  expect(changed).not.toHaveBeenCalled();
});

const cycle: Record<string, unknown> = {};
cycle.queue = cycle;

test.each<[string, unknown]>([
  ["a BigInt", { limits: { "Flex Flows": { max: BigInt(3000) } } }],
  ["a cycle", cycle],
])("%s, which JSON cannot hold, is told of, and the defaults hold", (_, flexThrottle) => {
  const { live } = newFlex({ flexThrottle });
  expect(live.settings).toEqual(newFlex({}).live.settings);
  expect(live.problems).toMatchObject([
    { path: "flexThrottle", found: { literal: expect.stringContaining("TypeError") } },
  ]);
  expect(() => JSON.stringify(live.written)).not.toThrow();
});
