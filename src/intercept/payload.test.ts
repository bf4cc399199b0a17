/** @jest-environment ./testing/browserEnvironment.js */

/** No payload goes into a log, the exported state or storage, whatever the outcome of the request (docs/invariants.md). */

import fc from "fast-check";

import { FlexFlowCount } from "../limits/flexFlowCount";
import { createRouteMatcher } from "../limits/routes";
import { Recorder } from "../record/recorder";
import { publishThrottle } from "../state/publisher";
import { reduceThrottle } from "../state/slice";
import { newThrottle, settingsOf } from "../../testing/throttles";
import { elapse, useVirtualTime } from "../../testing/virtualTime";
import { installFetch } from "./fetch";
import { HttpGate } from "./httpGate";

const LIMIT = "POST /channels";
/** Two a second and a short queue: some calls wait, some are rejected, some expire. */
const WRITTEN = {
  limits: { [LIMIT]: { perSecond: 2 } },
  queue: { maxLength: 4, maxWaitSeconds: 3 },
  routes: [{ method: "POST", url: "https://example.com/create*", limits: [LIMIT] }],
};
const own = window.fetch;
useVirtualTime();
afterEach(() => {
  window.fetch = own;
});

const ANSWERS: Record<string, (secret: string) => Promise<Response>> = {
  created: async (secret) => new Response(JSON.stringify({ sid: "CH1", friendly_name: secret }), { status: 201 }),
  failed: async (secret) => new Response(secret, { status: 500 }),
  throttled: async (secret) =>
    new Response(JSON.stringify({ code: 20429, message: secret }), { status: 429, headers: { "X-Answer": secret } }),
  offline: async (secret) => Promise.reject(new TypeError(secret)),
};

/** The places in a request that can contain a secret. */
const REQUESTS: Record<string, (secret: string) => [url: string, init: RequestInit]> = {
  query: (secret) => [`?To=${secret}`, {}],
  fragment: (secret) => [`#${secret}`, {}],
  path: (secret) => [`/${secret}`, {}],
  form: (secret) => ["", { body: new URLSearchParams({ FriendlyName: secret, Identity: secret }) }],
  JSON: (secret) => [
    "",
    { body: JSON.stringify({ attributes: secret }), headers: { "Content-Type": "application/json" } },
  ],
  token: (secret) => ["", { headers: { Authorization: `Basic ${secret}` } }],
};

test("logs, stores and shows nothing of URLs, headers, bodies, answers or errors", async () => {
  const made = fc.record({
    where: fc.constantFrom(...Object.keys(REQUESTS)),
    answer: fc.constantFrom(...Object.keys(ANSWERS)),
    abortAfterMs: fc.option(fc.nat(500), { nil: undefined }),
  });
  const property = fc.asyncProperty(
    fc.uuid(),
    fc.array(made, { minLength: 1, maxLength: 8 }),
    async (secret, requests) => {
      const answers = requests.map(({ answer }) => ANSWERS[answer]);
      window.fetch = () => (answers.shift() ?? ANSWERS.created)(secret);
      const settings = settingsOf(WRITTEN);
      const throttle = newThrottle(WRITTEN);
      const said: unknown[] = [];
      const say = (...words: unknown[]) => said.push(words.map(String));
      const silent = (["log", "warn", "error"] as const).map((name) =>
        jest.spyOn(console, name).mockImplementation(say),
      );
      throttle.onEvent((event) => said.push({ ...event }));
      throttle.onChange(() => said.push(throttle.status(), throttle.limitStatuses()));
      let state = reduceThrottle(undefined, { type: "flex-throttle/SETTINGS_READ", problems: [] });
      publishThrottle(throttle, new FlexFlowCount(2500), {
        dispatch: (action) => said.push((state = reduceThrottle(state, action))),
        getState: () => ({ "flex-throttle": state }),
      });
      const recorder = new Recorder({ throttle, settings: () => settings, wallClock: () => 0 });
      recorder.start();
      const gate = new HttpGate({
        throttle,
        flexFlows: new FlexFlowCount(2500),
        match: createRouteMatcher(settings.routes),
        onBurst: () => "queue",
        report: say,
      });
      const uninstall = installFetch(window, () => gate);

      const all = requests.map(async ({ where, abortAfterMs }) => {
        const controller = new AbortController();
        if (abortAfterMs !== undefined) setTimeout(() => controller.abort(), abortAfterMs);
        const [address, init] = REQUESTS[where](secret);
        return window
          .fetch(`https://example.com/create${address}`, { method: "POST", ...init, signal: controller.signal })
          .catch(() => undefined);
      });
      await elapse(15_000, 500);
      await Promise.all(all);
      uninstall();
      silent.forEach((spy) => spy.mockRestore());
      expect(said.length).toBeGreaterThan(requests.length);
      const written = JSON.stringify([said, recorder.events, { ...sessionStorage }, { ...localStorage }], (_, value) =>
        value instanceof Error ? { ...value, text: String(value) } : value,
      );
      expect(written).not.toContain(secret);
    },
  );
  await fc.assert(property, { numRuns: 40 });
});
