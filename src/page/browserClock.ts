/**
 * The browser's clock. Timers of a hidden page are delayed to once a second or once a minute, so each timer is set in the
 * page and in a worker, and the first to fire counts. Details: docs/adr/0008-run-timers-in-a-worker-too.md
 */

import { Clock } from "../throttle/clock";

/** From a blob, because a file would have to be hosted beside the plugin. */
const WORKER_SOURCE = "onmessage=function(e){setTimeout(postMessage.bind(self,e.data.id),e.data.delayMs)}";

export interface BrowserClock extends Clock {
  /** Ends the worker. From then on, timers fire as the page's own do. */
  end(): void;
}

export function createBrowserClock(): BrowserClock {
  const timers = new Map<number, () => void>();
  let worker: Worker | undefined;
  let isWorkerAllowed = true;
  let lastId = 0;

  const fire = (id: number) => timers.get(id)?.();
  const doWithoutWorker = () => {
    isWorkerAllowed = false;
    worker?.terminate();
    worker = undefined;
  };
  /** Started with the first timer, because most pages never need one. */
  const startWorker = () => {
    const url = URL.createObjectURL(new Blob([WORKER_SOURCE], { type: "text/javascript" }));
    // Some browsers read the blob after the constructor has returned.
    setTimeout(() => URL.revokeObjectURL(url));
    worker = new Worker(url);
    worker.onmessage = ({ data }) => fire(data as number);
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
      const own = setTimeout(fire, delayMs, id);
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
