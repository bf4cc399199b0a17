/**
 * Keeps deferred Actions over a reload, in `sessionStorage`. Actions whose payload must not be stored are reported as
 * lost after the reload.
 */

import type { Actions, ITask } from "@twilio/flex-ui";

import { storeOnClose, takeStored } from "../../helpers/storeOnClose";
import { tryTo } from "../../helpers/tryTo";
import type { DeferredAction } from "../../state/slice";
import { ThrottleError } from "../../throttle/errors";
import { fromStoredPayload, StoredPayload, toStoredPayload } from "./storedPayload";

const STORAGE_KEY = "flex-throttle-deferred";

/** Flex's event after the last plugin's `init`. */
const PLUGINS_READY = "pluginsInitialized";

/** Flex does not emit the event if a plugin fails. */
const PLUGINS_READY_TIMEOUT_MS = 10_000;

interface StoredAction {
  readonly action: string;
  /** Absent if it contains anything that must not be stored. */
  readonly payload?: StoredPayload;
}

interface Stored {
  /** The sid of the agent: another agent may sign in on the same tab. */
  readonly worker: string;
  /** Wall-clock time in milliseconds. */
  readonly atMs: number;
  readonly actions: readonly StoredAction[];
}

export interface FlexEvents {
  on(event: string, listener: () => void): unknown;
  removeListener(event: string, listener: () => void): unknown;
}

export interface DeferredStorageOptions {
  readonly actions: typeof Actions;
  readonly agentSid: () => string | undefined;
  readonly taskOf: (reservationSid: string) => ITask | undefined;
  /** Actions that were stored longer ago are lost. */
  readonly maxWaitMs: () => number;
  readonly onDeferred: (outcome: DeferredAction) => void;
  readonly report: (error: unknown) => void;
}

export class DeferredStorage {
  private readonly waiting = new Set<StoredAction>();

  constructor(private readonly options: DeferredStorageOptions) {}

  /** Keeps a deferred Action. @returns forgets it; call this before the Action is invoked. */
  readonly keep = (action: string, payload: unknown): (() => void) => {
    const stored = { action, payload: this.safely(() => toStoredPayload(payload)) };
    this.waiting.add(stored);
    return () => this.waiting.delete(stored);
  };

  /** Runs the stored Actions once all plugins have registered theirs, and stores the waiting ones when the page closes. */
  install(events: FlexEvents | undefined): () => void {
    const stored = this.takeStored();
    // Kept until they are run, in case the page is reloaded again.
    stored.forEach((action) => this.waiting.add(action));
    const start = () => {
      clearTimeout(timer);
      stored.forEach((action) => this.waiting.delete(action));
      events?.removeListener(PLUGINS_READY, start);
      this.run(stored);
    };
    const timer = stored.length > 0 ? setTimeout(start, PLUGINS_READY_TIMEOUT_MS) : undefined;
    if (stored.length > 0) events?.on(PLUGINS_READY, start);

    const endStoring = storeOnClose(STORAGE_KEY, () => this.toStored(), this.options.report);
    return () => {
      clearTimeout(timer);
      events?.removeListener(PLUGINS_READY, start);
      endStoring();
    };
  }

  private takeStored(): readonly StoredAction[] {
    const stored = this.safely(() => JSON.parse(takeStored(STORAGE_KEY)) as Stored | null);
    if (!Array.isArray(stored?.actions) || stored?.worker !== this.options.agentSid()) return [];
    const isExpired = Date.now() - stored.atMs > this.options.maxWaitMs();
    return isExpired ? stored.actions.map(({ action }) => ({ action })) : stored.actions;
  }

  private run(stored: readonly StoredAction[]): void {
    const lost = new Set<string>();
    for (const { action, payload } of stored) {
      const restored = payload && this.safely(() => fromStoredPayload(payload, this.options.taskOf));
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
        // An Action that is deferred again or dropped is reported there.
        if (!(error instanceof ThrottleError)) onDeferred({ action, state: "failed" });
      },
    );
  }

  private toStored(): Stored | undefined {
    const worker = this.options.agentSid();
    if (this.waiting.size === 0 || !worker) return undefined;
    return { worker, atMs: Date.now(), actions: Array.from(this.waiting) };
  }

  private safely<T>(work: () => T): T | undefined {
    return tryTo(work, this.options.report);
  }
}
