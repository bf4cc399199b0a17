import { readSettings } from "../settings/readSettings";
import { LimitObservation, ObservationRecorder } from "./observation";
import { applySuggestions, suggestSettings } from "./suggestions";

const { settings } = readSettings({ mode: "observe", queue: { maxWaitSeconds: 30, maxLength: 50 } });

function observed(limit: Partial<LimitObservation>) {
  const { limits } = observer().read();
  return {
    sinceMs: 0,
    measuredMs: 86_400_000,
    limits: { "POST /channels": { ...limits["POST /channels"]!, ...limit } },
  };
}

function observer() {
  const one = new ObservationRecorder({ sinceMs: 0 });
  one.recordStart(["POST /channels"], settings.rates, 0);
  return one;
}

test("suggests nothing without measurements", () => {
  expect(suggestSettings(new ObservationRecorder({ sinceMs: 0 }).read(), settings)).toEqual([]);
});

test("suggests mode enforce with its cost and benefit", () => {
  expect(suggestSettings(observed({ wouldWait: 12, throttled: 3 }), settings)).toEqual([
    { kind: "enforce", wouldWait: 12, throttled: 3 },
  ]);
});

test("suggests a higher rate after more calls than configured and no 429, without applying it", () => {
  const suggestions = suggestSettings(observed({ peakPerSecond: 14 }), settings);
  expect(suggestions).toContainEqual({
    kind: "raise-rate",
    limit: "POST /channels",
    perSecond: 14,
    configuredPerSecond: 10,
  });
  expect(suggestSettings(observed({ peakPerSecond: 14, throttled: 1 }), settings)).toHaveLength(1);
  // Only the admin knows whether Twilio raised the limit.
  expect(applySuggestions({}, suggestions)).toEqual({ mode: "enforce" });
});

test("does not count one call in a second as more than 0.5/s, but two", () => {
  const slow = readSettings({ mode: "observe", limits: { "POST /channels": { perSecond: 0.5 } } }).settings;
  expect(suggestSettings(observed({ peakPerSecond: 1 }), slow)).toHaveLength(1);
  expect(suggestSettings(observed({ peakPerSecond: 2 }), slow)).toContainEqual({
    kind: "raise-rate",
    limit: "POST /channels",
    perSecond: 2,
    configuredPerSecond: 0.5,
  });
});

test("reports 429s within the limit as a shared limit and changes no setting for it", () => {
  const suggestions = suggestSettings(observed({ throttled: 4, throttledWithinLimit: 2 }), settings);
  expect(suggestions[1]).toEqual({ kind: "shared-limit", limit: "POST /channels", throttled: 2 });
  expect(applySuggestions({ onBurst: "queue" }, suggestions)).toEqual({ mode: "enforce", onBurst: "queue" });
});

test("suggests a longer wait and queue when the simulated ones were too long", () => {
  const suggestions = suggestSettings(observed({ longestWaitMs: 40_000, longestQueue: 60 }), settings);
  expect(applySuggestions({}, suggestions)).toEqual({ mode: "enforce", queue: { maxWaitSeconds: 48, maxLength: 72 } });
});

test("suggests no longer wait than the settings accept", () => {
  const endless = observed({ longestWaitMs: 100_000_000 });
  const applied = applySuggestions({}, suggestSettings(endless, settings));
  const read = readSettings(applied);
  expect(read.problems).toEqual([]);
  expect(read.settings.queue.maxWaitMs).toBe(86_400_000);
  expect(suggestSettings(endless, read.settings)).toEqual([]);
});

test("leaves other settings as they are", () => {
  const written = { limits: { "POST /channels": { burst: 3 }, "Flex Flows": { max: 3000 } }, queue: { maxLength: 9 } };
  const applied = applySuggestions(written, [{ kind: "raise-max-wait", maxWaitSeconds: 48, longestWaitMs: 40_000 }]);
  expect(applied).toEqual({ ...written, queue: { maxLength: 9, maxWaitSeconds: 48 } });
  expect(readSettings(applied).problems).toEqual([]);
});

test.each([["fast"], [[1]], [null], [{ queue: [] }]])("replaces %j, which is not an object", (written) => {
  const suggestions = suggestSettings(observed({ longestQueue: 60, peakPerSecond: 14 }), settings);
  expect(applySuggestions(written, suggestions)).toEqual({ mode: "enforce", queue: { maxLength: 72 } });
});

test("does not suggest mode enforce when it is already in use", () => {
  expect(suggestSettings(observed({ wouldWait: 12 }), { ...settings, mode: "enforce" })).toEqual([]);
});
