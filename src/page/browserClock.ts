/**
 * Time as a browser has it. The timers of a hidden page ring once a second at most, after some minutes once a minute;
 * those of a worker ring in time. So each timer is set twice, in the page and in a worker, and the first to ring counts.
 *
 * Own lines instead of a library (worker-timers, 4 kB): it sets its timers in the worker alone, and where the page's
 * policy allows no worker, of which a browser tells later if at all, those never ring.
 */

import { Clock } from "../throttle/clock";

/** Chromium is content with a blob; a file of its own would have to be hosted beside the plugin. */
const WORKER_SOURCE = "onmessage=function(e){setTimeout(postMessage.bind(self,e.data.id),e.data.delayMs)}";

export interface BrowserClock extends Clock {
  /** Ends the worker; timers ring from then on as the page's own do. */
  end(): void;
}

export function createBrowserClock(): BrowserClock {
  const timers = new Map<number, () => void>();
  let worker: Worker | undefined;
  let isWorkerAllowed = true;
  let lastId = 0;

  const ring = (id: number) => timers.get(id)?.();
  const doWithoutWorker = () => {
    isWorkerAllowed = false;
    worker?.terminate();
    worker = undefined;
  };
  /** Only when there is something to wait for: most pages of most agents never need one. */
  const startWorker = () => {
    const url = URL.createObjectURL(new Blob([WORKER_SOURCE], { type: "text/javascript" }));
    // Not at once: some browsers read it later.
    setTimeout(() => URL.revokeObjectURL(url));
    worker = new Worker(url);
    worker.onmessage = ({ data }) => ring(data as number);
    worker.onerror = (event) => {
      event.preventDefault();
      doWithoutWorker();
    };
  };
  const setInWorker = (id: number, delayMs: number) => {
    if (!isWorkerAllowed) return;
    try {
      if (!worker) startWorker();
      worker?.postMessage({ id, delayMs });
    } catch {
      doWithoutWorker();
    }
  };

  return {
    now: () => performance.now(),
    schedule(callback, delayMs) {
      const id = (lastId += 1);
      const cancel = () => {
        clearTimeout(own);
        timers.delete(id);
      };
      const own = setTimeout(ring, delayMs, id);
      timers.set(id, () => {
        cancel();
        callback();
      });
      setInWorker(id, delayMs);
      return cancel;
    },
    end: doWithoutWorker,
  };
}
