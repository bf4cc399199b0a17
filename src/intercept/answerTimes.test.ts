import { createAnswerTimes } from "./answerTimes";

const URL = "https://flex-api.twilio.com/v1/WebChannels?Page=1#top";

interface Timing {
  readonly name: string;
  readonly startTime: number;
  readonly responseEnd: number;
}

let nowMs = 0;
let report: ((timings: Timing[]) => void) | undefined;
const observe = jest.fn();
const disconnect = jest.fn();

class FakeObserver {
  observe = observe;
  disconnect = disconnect;
  constructor(callback: (list: { getEntries(): Timing[] }) => void) {
    report = (timings) => callback({ getEntries: () => timings });
  }
}

beforeEach(() => {
  jest.resetAllMocks();
  report = undefined;
  Object.assign(globalThis, { PerformanceObserver: FakeObserver });
  nowMs = 1000;
  jest.spyOn(performance, "now").mockImplementation(() => nowMs);
});
afterEach(() => {
  jest.restoreAllMocks();
  delete (globalThis as { PerformanceObserver?: unknown }).PerformanceObserver;
});

/** A request whose sending takes two milliseconds. @returns the arrivals that were reported for it. */
function track(times = createAnswerTimes(), url = URL): number[] {
  const arrivals: number[] = [];
  times.track(
    url,
    () => (nowMs += 2),
    (atMs) => arrivals.push(atMs),
  );
  return arrivals;
}

const timing = (startTime: number, responseEnd: number, name = URL): Timing => ({ name, startTime, responseEnd });

test("reports when the answer arrived, once", () => {
  const arrivals = track();
  report?.([timing(1001, 1040)]);
  report?.([timing(1001, 1050)]);
  expect(arrivals).toEqual([1040]);
});

test("distinguishes requests to the same URL by their start", () => {
  const times = createAnswerTimes();
  const first = track(times);
  nowMs += 1;
  const second = track(times);
  report?.([timing(1004, 1030), timing(1001, 1090)]);
  expect([first, second]).toEqual([[1090], [1030]]);
});

test.each([
  ["started earlier", timing(999, 1040)],
  ["started later", timing(1003, 1040)],
  ["has another path", timing(1001, 1040, "https://flex-api.twilio.com/v1/WebChannels")],
  ["has no end", timing(1001, 0)],
])("ignores a timing that %s", (_, other) => {
  const arrivals = track();
  report?.([other]);
  expect(arrivals).toEqual([]);
});

test("recognizes a request that other code on the page sends through another host", () => {
  const arrivals = track();
  report?.([timing(1001, 1040, "https://proxy.example/twilio/v1/WebChannels?Page=1")]);
  expect(arrivals).toEqual([1040]);
});

test("forgets requests that are never reported", () => {
  const times = createAnswerTimes();
  const first = track(times);
  for (let count = 0; count < 100; count += 1) track(times);
  report?.([timing(1001, 1040)]);
  expect(first).toEqual([]);
});

test("passes on what the sending throws, and expects no timing", () => {
  const times = createAnswerTimes();
  const onArrival = jest.fn();
  const fail = () => {
    throw new TypeError("no such method");
  };
  expect(() => times.track(URL, fail, onArrival)).toThrow("no such method");
  report?.([timing(1000, 1040)]);
  expect(onArrival).not.toHaveBeenCalled();
});

test.each([
  ["has no PerformanceObserver", () => delete (globalThis as { PerformanceObserver?: unknown }).PerformanceObserver],
  [
    "does not report resources",
    () =>
      observe.mockImplementation(() => {
        throw new TypeError("unsupported");
      }),
  ],
])("sends in a browser that %s", (_, prepare) => {
  prepare();
  expect(createAnswerTimes().track(URL, () => "sent", jest.fn())).toBe("sent");
});

test("stops observing at its end", () => {
  const times = createAnswerTimes();
  track(times);
  times.end();
  expect(disconnect).toHaveBeenCalled();
});
