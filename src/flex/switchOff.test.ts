import type * as Flex from "@twilio/flex-ui";

import { followSwitchOff } from "./switchOff";

const { fetch: original } = window;
afterEach(() => {
  window.fetch = original;
});

/** @param body of Twilio's answer. */
function begin(body: unknown) {
  const requests: unknown[] = [];
  window.fetch = (async (...args: unknown[]) => {
    requests.push(args);
    return { json: async () => body };
  }) as never;
  const configuration = { language: "de", flexThrottle: { mode: "observe", onBurst: "reject" } };
  const updateConfig = jest.fn();
  const manager = { user: { token: "agent's token" }, configuration, updateConfig } as unknown as Flex.Manager;
  return { manager, updateConfig, requests };
}

test("changes the mode in use to off, with the agent's token, and keeps the other settings", async () => {
  const { manager, updateConfig, requests } = begin({ ui_attributes: { theme: {}, flexThrottle: { mode: "off" } } });
  await followSwitchOff(manager);
  expect(updateConfig.mock.calls).toEqual([[{ flexThrottle: { mode: "off", onBurst: "reject" } }]]);
  const Authorization = `Basic ${btoa("token:agent's token")}`;
  expect(requests).toEqual([["https://flex-api.twilio.com/v1/Configuration", { headers: { Authorization } }]]);
});

test.each<[string, unknown]>([
  ["another mode", { ui_attributes: { flexThrottle: { mode: "enforce", onBurst: "queue" } } }],
  ["no settings", { ui_attributes: {} }],
])("changes nothing if the account has %s", async (_, body) => {
  const { manager, updateConfig } = begin(body);
  await followSwitchOff(manager);
  expect(updateConfig).not.toHaveBeenCalled();
});

test("rejects if Twilio answers with an error", async () => {
  const { manager, updateConfig } = begin({ code: 20429, message: "Too Many Requests" });
  await expect(followSwitchOff(manager)).rejects.toThrow();
  expect(updateConfig).not.toHaveBeenCalled();
});

test("rejects after the agent has signed out", async () => {
  const manager = Object.defineProperty({}, "user", {
    get: () => {
      throw new TypeError("signed out");
    },
  }) as Flex.Manager;
  await expect(followSwitchOff(manager)).rejects.toThrow("signed out");
});
