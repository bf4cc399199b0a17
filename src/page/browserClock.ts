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

/** Fires timers in a worker, where the browser allows one. */
class WorkerTimers {
  private worker: Worker | undefined;
  private isAllowed = true;

  constructor(private readonly fire: (id: number) => void) {}

  /** Starts the worker with the first timer, because most pages never need one. */
  set(id: number, delayMs: number): void {
    if (!this.isAllowed) return;
    try {
      this.worker ??= this.startWorker();
      this.worker.postMessage({ id, delayMs });
    } catch {
      this.end();
    }
  }

  end(): void {
    this.isAllowed = false;
    this.worker?.terminate();
    this.worker = undefined;
  }

  private startWorker(): Worker {
    const url = URL.createObjectURL(new Blob([WORKER_SOURCE], { type: "text/javascript" }));
    // Some browsers read the blob after the constructor has returned.
    setTimeout(() => URL.revokeObjectURL(url));
    const worker = new Worker(url);
    worker.onmessage = ({ data }) => this.fire(data as number);
    // A page's policy can forbid the worker; browsers report that later, if at all.
    worker.onerror = (event) => {
      event.preventDefault();
      this.end();
    };
    return worker;
  }
}

export function createBrowserClock(): BrowserClock {
  const timers = new Map<number, () => void>();
  const fire = (id: number) => timers.get(id)?.();
  const workerTimers = new WorkerTimers(fire);
  let lastId = 0;

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
      workerTimers.set(id, delayMs);
      return cancel;
    },
    end: () => workerTimers.end(),
  };
}
