/**
 * Deferred Actions over a reload: what waits when the page goes is written to `sessionStorage`, and read when it is
 * back. Only sids, yes and no are written, nothing that a customer said or is called. What holds anything else is
 * written by its name alone, and told to be lost.
 *
 * Written when the page goes, and not before: a tab that is duplicated would otherwise run the same Actions again.
 */

import type { Actions, ITask } from "@twilio/flex-ui";

import { DeferredAction } from "../state/slice";
import { ThrottleError } from "../throttle/errors";

const STORAGE_KEY = "flex-throttle-deferred";

const PLUGINS_READY = "pluginsInitialized";

/** Flex does not say so where one of the plugins has failed. */
const PLUGINS_READY_MS = 10_000;

/** Two letters that say of what, and 32 hexadecimal digits: an account's secrets have no such letters before them. */
const SID = /^[A-Z]{2}[0-9a-f]{32}$/;

/** What a program calls a field; what people are called, or their numbers, can be more than this. */
const FIELD = /^[a-z][A-Za-z]{0,31}$/;

/** A payload in words that may be stored: a task by the sid of its reservation. */
type StoredValue = string | boolean | null | { readonly reservation: string };
type StoredPayload = Readonly<Record<string, StoredValue>>;

interface StoredAction {
  readonly action: string;
  /** Absent where there is something in it that must not be written. */
  readonly payload?: StoredPayload;
}

interface Stored {
  /** Whose they are: another agent may sign in on the same tab. */
  readonly worker: string;
  /** On the machine's clock, in milliseconds. */
  readonly atMs: number;
  readonly actions: readonly StoredAction[];
}

interface FlexEvents {
  on(event: string, listener: () => void): unknown;
  removeListener(event: string, listener: () => void): unknown;
}

export interface DeferredActionsOptions {
  readonly actions: typeof Actions;
  /** The agent's sid. */
  readonly worker: () => string | undefined;
  readonly taskOf: (reservationSid: string) => ITask | undefined;
  /** What has waited longer than this has no turn any more. */
  readonly maxWaitMs: () => number;
  readonly onDeferred: (outcome: DeferredAction) => void;
  readonly report: (error: unknown) => void;
}

export class DeferredActions {
  private readonly waiting = new Set<StoredAction>();

  constructor(private readonly options: DeferredActionsOptions) {}

  /** Told of each deferred Action. @returns to be called when its turn has come: what has begun is not begun again. */
  readonly keep = (action: string, payload: unknown): (() => void) => {
    const stored = { action, payload: this.safely(() => describePayload(payload)) };
    this.waiting.add(stored);
    return () => this.waiting.delete(stored);
  };

  /**
   * Runs what was written before the page went, once all plugins have registered their Actions, and watches for its next
   * going. @returns ends it.
   */
  install(events: FlexEvents | undefined): () => void {
    const stored = this.takeStored();
    // Until they are run they wait as any other, should the page go again.
    stored.forEach((action) => this.waiting.add(action));
    const start = () => {
      clearTimeout(timer);
      stored.forEach((action) => this.waiting.delete(action));
      events?.removeListener(PLUGINS_READY, start);
      this.run(stored);
    };
    const timer = stored.length > 0 ? setTimeout(start, PLUGINS_READY_MS) : undefined;
    if (stored.length > 0) events?.on(PLUGINS_READY, start);

    const write = () => this.safely(() => this.write());
    // A page that is only set aside, and comes back as it was, still has them all.
    const forget = () => this.safely(() => sessionStorage.removeItem(STORAGE_KEY));
    window.addEventListener("pagehide", write);
    window.addEventListener("pageshow", forget);
    return () => {
      clearTimeout(timer);
      events?.removeListener(PLUGINS_READY, start);
      window.removeEventListener("pagehide", write);
      window.removeEventListener("pageshow", forget);
    };
  }

  private takeStored(): readonly StoredAction[] {
    const stored = this.safely(() => this.read());
    if (!Array.isArray(stored?.actions) || stored?.worker !== this.options.worker()) return [];
    const isTooOld = Date.now() - stored.atMs > this.options.maxWaitMs();
    return isTooOld ? stored.actions.map(({ action }) => ({ action })) : stored.actions;
  }

  private run(stored: readonly StoredAction[]): void {
    const lost = new Set<string>();
    for (const { action, payload } of stored) {
      const restored = payload && this.safely(() => this.restore(payload));
      if (restored) this.invoke(action, restored);
      else lost.add(action);
    }
    if (lost.size > 0) this.options.onDeferred({ action: Array.from(lost).join(", "), state: "lost" });
  }

  private invoke(action: string, payload: object): void {
    const { actions, onDeferred } = this.options;
    actions.invokeAction(action, payload).then(
      () => onDeferred({ action, state: "done" }),
      (error) => {
        // It has been put off anew, or refused by the throttle: each is told where it happens.
        if (!(error instanceof ThrottleError)) onDeferred({ action, state: "failed" });
      },
    );
  }

  /** @returns `undefined` where it speaks of a task that the agent has no more. */
  private restore(payload: StoredPayload): object | undefined {
    const restored: Record<string, unknown> = {};
    for (const [name, value] of Object.entries(payload)) {
      const isTask = typeof value === "object" && value !== null;
      restored[name] = isTask ? this.options.taskOf(value.reservation) : value;
      if (restored[name] === undefined) return undefined;
    }
    return restored;
  }

  private write(): void {
    const worker = this.options.worker();
    if (this.waiting.size === 0 || !worker) return;
    const stored: Stored = { worker, atMs: Date.now(), actions: Array.from(this.waiting) };
    sessionStorage.setItem(STORAGE_KEY, JSON.stringify(stored));
  }

  private read(): Stored | undefined {
    const written = sessionStorage.getItem(STORAGE_KEY);
    sessionStorage.removeItem(STORAGE_KEY);
    return written === null ? undefined : (JSON.parse(written) as Stored);
  }

  private safely<T>(work: () => T): T | undefined {
    try {
      return work();
    } catch (error) {
      this.options.report(error);
      return undefined;
    }
  }
}

/** @returns `undefined` where something in it must not be written. */
export function describePayload(payload: unknown): StoredPayload | undefined {
  if (payload === undefined || payload === null) return {};
  if (!isPlain(payload)) return undefined;
  const stored: Record<string, StoredValue> = {};
  for (const [name, value] of Object.entries(payload)) {
    const described = describeValue(name, value);
    if (value === undefined) continue;
    if (described === undefined || !FIELD.test(name)) return undefined;
    stored[name] = described;
  }
  return stored;
}

function describeValue(name: string, value: unknown): StoredValue | undefined {
  if (typeof value === "boolean" || value === null) return value;
  if (typeof value === "string") return SID.test(value) ? value : undefined;
  const sid = name === "task" && typeof value === "object" ? (value as ITask).sid : undefined;
  return sid !== undefined && SID.test(sid) ? { reservation: sid } : undefined;
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && [Object.prototype, null].includes(Object.getPrototypeOf(value));
}
