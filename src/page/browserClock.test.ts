import { BrowserClock, createBrowserClock } from "./browserClock";

/** What a browser with workers has, as far as the clock needs it; jsdom has none. */
class FakeWorker {
  static all: FakeWorker[] = [];
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onerror: ((event: { preventDefault(): void }) => void) | null = null;
  readonly posted: { id: number; delayMs: number }[] = [];
  isTerminated = false;

  constructor(readonly url: string) {
    FakeWorker.all.push(this);
  }

  postMessage(message: { id: number; delayMs: number }): void {
    this.posted.push(message);
  }

  terminate(): void {
    this.isTerminated = true;
  }
}

let clock: BrowserClock;
let revokeObjectURL: jest.Mock;

beforeEach(() => {
  jest.useFakeTimers("modern");
  FakeWorker.all = [];
  Object.assign(window, { Worker: FakeWorker });
  revokeObjectURL = jest.fn();
  Object.assign(URL, { createObjectURL: () => "blob:worker", revokeObjectURL });
  clock = createBrowserClock();
});
afterEach(() => {
  delete (window as { Worker?: unknown }).Worker;
  delete (URL as { createObjectURL?: unknown }).createObjectURL;
  delete (URL as { revokeObjectURL?: unknown }).revokeObjectURL;
  jest.useRealTimers();
});

test("starts one worker, with the first timer", () => {
  expect(FakeWorker.all).toHaveLength(0);
  [10, 20, 30].forEach((delayMs) => clock.schedule(() => undefined, delayMs));
  expect(FakeWorker.all).toHaveLength(1);
  expect(FakeWorker.all[0].posted.map(({ delayMs }) => delayMs)).toEqual([10, 20, 30]);
});

test("revokes the worker's blob after it was read", () => {
  clock.schedule(() => undefined, 100);
  expect(revokeObjectURL).not.toHaveBeenCalled();
  jest.advanceTimersByTime(1);
  expect(revokeObjectURL.mock.calls).toEqual([["blob:worker"]]);
});

test("fires once, with the worker's timer, when the page's timer is delayed", () => {
  const rings = jest.fn();
  clock.schedule(rings, 100);
  const [worker] = FakeWorker.all;
  worker.onmessage?.({ data: worker.posted[0].id });
  expect(rings).toHaveBeenCalledTimes(1);
  worker.onmessage?.({ data: worker.posted[0].id });
  jest.advanceTimersByTime(1000);
  expect(rings).toHaveBeenCalledTimes(1);
});

test("fires once, with the page's timer, when the worker is late", () => {
  const rings = jest.fn();
  clock.schedule(rings, 100);
  jest.advanceTimersByTime(99);
  expect(rings).not.toHaveBeenCalled();
  jest.advanceTimersByTime(1);
  expect(rings).toHaveBeenCalledTimes(1);
  const [worker] = FakeWorker.all;
  worker.onmessage?.({ data: worker.posted[0].id });
  expect(rings).toHaveBeenCalledTimes(1);
});

test("does not fire after it was canceled", () => {
  const rings = jest.fn();
  const cancel = clock.schedule(rings, 100);
  cancel();
  const [worker] = FakeWorker.all;
  worker.onmessage?.({ data: worker.posted[0].id });
  jest.advanceTimersByTime(1000);
  expect(rings).not.toHaveBeenCalled();
});

test.each([
  [
    "throws",
    () => {
      throw new DOMException("blocked", "SecurityError");
    },
  ],
  ["is not there", undefined],
])("where a worker %s, the page's own timers serve", (_, worker) => {
  Object.assign(window, { Worker: worker });
  const rings = jest.fn();
  clock.schedule(rings, 100);
  jest.advanceTimersByTime(100);
  expect(rings).toHaveBeenCalledTimes(1);
});

test("does not start a worker again after the page's policy has blocked it", () => {
  const rings = jest.fn();
  clock.schedule(rings, 100);
  const preventDefault = jest.fn();
  FakeWorker.all[0].onerror?.({ preventDefault });
  expect(preventDefault).toHaveBeenCalled();
  clock.schedule(rings, 200);
  jest.advanceTimersByTime(200);
  expect(rings).toHaveBeenCalledTimes(2);
  expect(FakeWorker.all).toHaveLength(1);
  expect(FakeWorker.all[0].posted).toHaveLength(1);
});

test("still fires after its worker has ended", () => {
  const rings = jest.fn();
  clock.schedule(rings, 100);
  clock.end();
  expect(FakeWorker.all[0].isTerminated).toBe(true);
  jest.advanceTimersByTime(100);
  expect(rings).toHaveBeenCalledTimes(1);
});
