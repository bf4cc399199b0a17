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

test("what was observed is there again on the next page", () => {
  end = keepObservation({ observation: () => OBSERVED, report });
  window.dispatchEvent(new Event("pagehide"));
  expect(readObservation(report)).toEqual(OBSERVED);
});

test("it is written each minute, too: a page can go without a word", () => {
  end = keepObservation({ observation: () => OBSERVED, report });
  expect(readObservation(report)).toBeUndefined();
  jest.advanceTimersByTime(60_000);
  expect(readObservation(report)).toEqual(OBSERVED);
});

test("what was forgotten is forgotten here, too", () => {
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

test("a browser that keeps nothing is reported, and does no harm", () => {
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

test("ended, it writes no more", () => {
  keepObservation({ observation: () => OBSERVED, report })();
  window.dispatchEvent(new Event("pagehide"));
  jest.advanceTimersByTime(120_000);
  expect(localStorage).toHaveLength(0);
});
