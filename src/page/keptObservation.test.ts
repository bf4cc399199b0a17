import { Observation } from "../record/observation";
import { keepObservation, readObservation } from "./keptObservation";

const OBSERVED: Observation = { sinceMs: 5, measuredMs: 60_000, limits: {} };

const reports: unknown[] = [];
const report = (error: unknown) => reports.push(error);
let end: () => void = () => undefined;
beforeEach(() => {
  reports.length = 0;
  localStorage.clear();
  jest.useFakeTimers();
});
afterEach(() => {
  end();
  jest.useRealTimers();
  jest.restoreAllMocks();
});

test("restores the observation on the next page", () => {
  end = keepObservation({ observation: () => OBSERVED, report });
  window.dispatchEvent(new Event("pagehide"));
  expect(readObservation(report)).toEqual(OBSERVED);
});

test("writes every minute, because a crash fires no event", () => {
  end = keepObservation({ observation: () => OBSERVED, report });
  expect(readObservation(report)).toBeUndefined();
  jest.advanceTimersByTime(60_000);
  expect(readObservation(report)).toEqual(OBSERVED);
});

test("removes an observation that was reset", () => {
  let observation: Observation | undefined = OBSERVED;
  end = keepObservation({ observation: () => observation, report });
  window.dispatchEvent(new Event("pagehide"));
  observation = undefined;
  window.dispatchEvent(new Event("pagehide"));
  expect(localStorage).toHaveLength(0);
});

test.each(["{", "null", '"text"', "[]", '{"sinceMs":"now"}', '{"sinceMs":1,"measuredMs":2,"limits":null}'])(
  "%s is nothing that was observed",
  (written) => {
    localStorage.setItem("flex-throttle-observation-v2", written);
    expect(readObservation(report)).toBeUndefined();
  },
);

test("reports a browser without storage and continues", () => {
  const denied = new Error("denied");
  jest.spyOn(Storage.prototype, "getItem").mockImplementation(() => {
    throw denied;
  });
  jest.spyOn(Storage.prototype, "setItem").mockImplementation(() => {
    throw denied;
  });
  expect(readObservation(report)).toBeUndefined();
  end = keepObservation({ observation: () => OBSERVED, report });
  window.dispatchEvent(new Event("pagehide"));
  expect(reports).toEqual([denied, denied]);
});

test("stops writing when ended", () => {
  keepObservation({ observation: () => OBSERVED, report })();
  window.dispatchEvent(new Event("pagehide"));
  jest.advanceTimersByTime(120_000);
  expect(localStorage).toHaveLength(0);
});
