/**
 * Flex Actions: `AcceptTask` of chats, and whatever else an admin names (also Actions that other plugins register, now or
 * later).
 *
 * A listener holds the invocation, ahead of everyone's: a replacement would throw away other plugins', and a listener of
 * theirs that throws would keep ours from being called. `invokeAction` is watched to learn how the invocation ends, and
 * to let its caller know why it was not run.
 */

import type { Actions, ITask, TaskHelper } from "@twilio/flex-ui";

import { ADD_MEMBER } from "../limits/limits";
import { patchMethod, Uninstall } from "../patch";
import { OnBurst, Settings } from "../settings/readSettings";
import { JOIN } from "../state/publishedStatus";
import { DeferredAction } from "../state/slice";
import { Blocked } from "../throttle/blocked";
import { Call } from "../throttle/call";
import { deferredError, queueFullError, rejectedError, ThrottleError } from "../throttle/errors";
import { Permit } from "../throttle/permit";
import { Throttle } from "../throttle/throttle";
import { classifyRejection } from "./rejections";

type FlexActions = typeof Actions;
type Emitter = ReturnType<FlexActions["addListener"]>;

const ACCEPT_TASK = "AcceptTask";

/** The join follows an accept within a moment; after this it will not come (the agent is in the chat already). */
const JOIN_EXPECTED_MS = 10_000;

/** Time to tell Twilio of an accept before its reservation times out. */
const ACCEPT_MARGIN_MS = 5000;

/** An accept goes on after this in any case: its join waits for its turn as well, and a browser's clock can be wrong. */
const ACCEPT_HELD_MS = 10_000;

/** From an accept until Flex sends the join that follows: a round trip to Twilio and its event. */
const JOIN_FOLLOWS_MS = 250;

export interface ActionsOptions {
  readonly actions: FlexActions;
  readonly helper: typeof TaskHelper;
  readonly throttle: Throttle;
  readonly settings: () => Settings;
  readonly onDeferred: (outcome: DeferredAction) => void;
  /** Told of each deferred Action; what it returns is called when its turn has come, or never will. */
  readonly keepDeferred: (action: string, payload: unknown) => () => void;
  readonly report: (error: unknown) => void;
}

/** `canceled`: it was never run. */
type Ending = { readonly how: "run" | "canceled" } | { readonly how: "failed"; readonly error: unknown };

/** One run of `invokeAction`. */
interface Invocation {
  readonly name: string;
  /** Acquired for it already: it was deferred, and this is its turn. */
  readonly granted?: Permit;
  /** Why it was not run, for its caller. */
  refusal?: ThrottleError;
  /** Called when it has ended; a call that it made has taken over the permit by then. */
  end?: (ending: Ending) => void;
}

/** An invocation that waits to be made again. */
interface Deferred {
  readonly name: string;
  readonly payload: unknown;
}

export function installActions(options: ActionsOptions): Uninstall {
  const { actions, settings } = options;
  const isPaced = (name: string) =>
    name === ACCEPT_TASK || Object.prototype.hasOwnProperty.call(settings().actions, name);
  let current: Invocation | undefined;

  const invoke = (
    original: FlexActions["invokeAction"],
    invocation: Invocation,
    payload: unknown,
  ): Promise<unknown> => {
    const outer = current;
    current = invocation;
    try {
      listenTo(invocation.name);
      // Flex calls the listeners before its first `await`, so they find their invocation.
      return watchEnd(original.call(actions, invocation.name, payload), invocation, options.report);
    } finally {
      current = outer;
    }
  };

  let invokeOriginal: FlexActions["invokeAction"];
  const uninstallWatch = patchMethod(actions, "invokeAction", (original) => {
    invokeOriginal = original;
    return function invokeAction(this: FlexActions, name: string, payload?: unknown) {
      return isPaced(name) ? invoke(original, { name }, payload) : original.call(this, name, payload);
    };
  });
  const invokeAgain = (name: string, payload: unknown, granted: Permit) =>
    invoke(invokeOriginal, { name, granted }, payload);

  const deferred = new Set<Deferred>();
  const removals = new Map<string, () => void>();
  /** At its first invocation: by then it is known whether the settings of the moment name it. */
  const listenTo = (name: string) => {
    if (removals.has(name)) return;
    const listener = (payload: unknown, cancel: () => void): unknown => {
      const invocation = current?.name === name ? current : undefined;
      if (!invocation || options.throttle.mode === "off") {
        invocation?.granted?.release();
        return undefined;
      }
      return new HeldInvocation({ ...options, invocation, payload, cancel, invokeAgain, deferred }).start();
    };
    const event = `before${name}`;
    prepend(actions, event, listener);
    removals.set(name, () => actions.removeListener(event, listener));
  };

  return () => {
    uninstallWatch();
    removals.forEach((remove) => remove());
  };
}

interface HeldInvocationOptions extends ActionsOptions {
  readonly invocation: Invocation;
  readonly payload: unknown;
  readonly cancel: () => void;
  readonly invokeAgain: (name: string, payload: unknown, granted: Permit) => Promise<unknown>;
  /** All that are deferred at the moment. */
  readonly deferred: Set<Deferred>;
}

/** Holds one invocation until it may run, or takes it back. */
class HeldInvocation {
  private readonly throttle: Throttle;
  private readonly invocation: Invocation;
  private readonly payload: unknown;

  constructor(private readonly options: HeldInvocationOptions) {
    this.throttle = options.throttle;
    this.invocation = options.invocation;
    this.payload = options.payload;
  }

  /** @returns a promise only where the Action has to wait. Never rejects: Flex would run the Action all the same. */
  start(): Promise<void> | undefined {
    try {
      const call = this.describe();
      if (!call) {
        // The settings have changed since it was deferred.
        this.invocation.granted?.release();
        return undefined;
      }
      const acquired = this.invocation.granted ?? this.throttle.tryAcquire(call);
      if (acquired instanceof Permit) return this.hold(call, acquired);
      const onBurst = this.onBurst();
      if (onBurst === "queue") return this.wait(call);
      this.takeBack(call, acquired, onBurst);
    } catch (error) {
      this.options.report(error);
    }
    return undefined;
  }

  private async wait(call: Call): Promise<void> {
    const controller = new AbortController();
    // A listener of another plugin that throws at once makes Flex run the Action without waiting for ours.
    this.invocation.end = () => controller.abort();
    try {
      const permit = await this.throttle.acquire({ ...call, signal: controller.signal });
      if (controller.signal.aborted) permit.release();
      else this.hold(call, permit);
    } catch (error) {
      if (controller.signal.aborted) return;
      // A customer waits behind an accept: it goes on, and its join takes its own turn.
      if (this.invocation.name === ACCEPT_TASK) return;
      if (error instanceof ThrottleError) this.refuse(error);
      else this.options.report(error);
    }
  }

  private hold(call: Call, permit: Permit): undefined {
    const { limits, key } = call;
    const isAccept = key !== undefined;
    // The join says of itself how urgent it is and how long it lasts.
    const done = this.throttle.handOff({ limits, key, permit, details: isAccept ? {} : { priority: call.priority } });
    this.invocation.end = (ending) => {
      const joins = isAccept && ending.how === "run";
      // What it spends may have been spent where it cannot be seen, by the customer's own server; a join is still to come.
      if (ending.how !== "canceled" && !(isAccept && ending.how === "failed")) {
        const unseen = joins ? limits.filter((limit) => limit !== ADD_MEMBER) : limits;
        permit.markUsedUnseen(unseen, ending.how === "failed" ? classifyRejection(ending.error) : "answered");
      }
      if (joins) setTimeout(done, JOIN_EXPECTED_MS);
      else done();
    };
    return undefined;
  }

  private takeBack(call: Call, blocked: Blocked, onBurst: OnBurst): void {
    const { name } = this.invocation;
    if (onBurst === "reject") {
      this.refuse(this.throttle.reportDropped({ ...call, proceedsWithoutPermit: false }, rejectedError(blocked)));
      return;
    }
    const isDeferredAlready = Array.from(this.options.deferred).some(
      (other) => other.name === name && isSamePayload(other.payload, this.payload),
    );
    const isQueueFull = !isDeferredAlready && blocked.reason === "queueFull";
    this.refuse(
      isQueueFull
        ? this.throttle.reportDropped(
            { ...call, proceedsWithoutPermit: false },
            queueFullError(this.options.settings().queue.maxLength, blocked),
          )
        : deferredError(name, blocked),
    );
    if (isDeferredAlready || isQueueFull) return;
    this.options.onDeferred({ action: name, state: "deferred", waitMs: blocked.waitMs });
    this.runLater(call).catch(this.options.report);
  }

  private async runLater(call: Call): Promise<void> {
    const { onDeferred, keepDeferred, deferred } = this.options;
    const { name } = this.invocation;
    const waiting: Deferred = { name, payload: this.payload };
    const forget = keepDeferred(name, this.payload);
    deferred.add(waiting);
    let permit: Permit;
    try {
      permit = await this.throttle.acquire({ ...call, proceedsWithoutPermit: false });
    } catch {
      // That its turn did not come has been told as of any call.
      return;
    } finally {
      deferred.delete(waiting);
      forget();
    }
    if (!this.isStillWanted()) {
      permit.release();
      return;
    }
    await this.options.invokeAgain(name, this.payload, permit).then(
      () => onDeferred({ action: name, state: "done" }),
      () => onDeferred({ action: name, state: "failed" }),
    );
  }

  /** An accept may have been made by other means, or its reservation taken away. */
  private isStillWanted(): boolean {
    const task = (this.payload as { task?: ITask } | undefined)?.task;
    return this.invocation.name !== ACCEPT_TASK || task?.status === "pending";
  }

  private refuse(error: ThrottleError): void {
    this.invocation.refusal = error;
    this.options.cancel();
  }

  private onBurst(): OnBurst {
    const { actions, onBurst } = this.options.settings();
    return actions[this.invocation.name]?.onBurst ?? onBurst;
  }

  private describe(): Call | undefined {
    const { name } = this.invocation;
    const limits = this.options.settings().actions[name]?.limits;
    if (name !== ACCEPT_TASK) return limits && { limits, name, isEntryPoint: true };
    const task = (this.payload as { task?: ITask } | undefined)?.task;
    const { helper } = this.options;
    const channelSid = task && helper.isChatBasedTask(task) ? helper.getTaskChatChannelSid(task) : undefined;
    if (!task || !channelSid) return undefined;
    return {
      limits: limits ?? [ADD_MEMBER],
      name,
      kind: JOIN,
      isExemptFromQueueLimit: true,
      key: channelSid,
      priority: "high",
      isEntryPoint: true,
      proceedsWithoutPermit: true,
      leadMs: JOIN_FOLLOWS_MS,
      maxWaitMs: ACCEPT_HELD_MS,
      deadlineMs: this.throttle.now() + remainingMs(task) - ACCEPT_MARGIN_MS,
    };
  }
}

/** How long the reservation lasts yet. `timeout` is in seconds, from the reservation's creation. */
function remainingMs(task: ITask): number {
  const reservation = (task as ITask & { sourceObject?: { timeout?: number; dateCreated?: Date } }).sourceObject;
  const timeoutMs = Number(reservation?.timeout) * 1000;
  const createdMs = reservation?.dateCreated ? new Date(reservation.dateCreated).getTime() : NaN;
  // The browser's clock may be wrong: never more than the whole timeout is left, and a nonsense date says nothing.
  const ageMs = Math.max(0, Date.now() - createdMs);
  return Number.isFinite(timeoutMs - ageMs) ? timeoutMs - ageMs : Infinity;
}

async function watchEnd(
  result: Promise<unknown>,
  invocation: Invocation,
  report: ActionsOptions["report"],
): Promise<unknown> {
  const end = (ending: Ending) => {
    try {
      invocation.end?.(ending);
    } catch (error) {
      report(error);
    }
  };
  try {
    const value = await result;
    end({ how: "run" });
    return value;
  } catch (error) {
    end(isCanceled(error) ? { how: "canceled" } : { how: "failed", error });
    throw invocation.refusal ?? error;
  }
}

function isCanceled(error: unknown): boolean {
  return error instanceof Error && error.message.endsWith("cancelled by before event");
}

/** As Flex itself tells a doubled click; tasks are new objects each time, with the sid of their reservation. */
function isSamePayload(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  const [one, other] = [a, b] as Record<string, unknown>[];
  const sidOf = (value: unknown) => (value as { sid?: unknown } | null | undefined)?.sid;
  const isSame = (key: string) =>
    one[key] === other[key] || (sidOf(one[key]) !== undefined && sidOf(one[key]) === sidOf(other[key]));
  return Object.keys({ ...one, ...other }).every(isSame);
}

/** `addListener` returns the emitter behind it, which can do more. */
function prepend(
  actions: FlexActions,
  event: string,
  listener: (payload: unknown, cancel: () => void) => unknown,
): void {
  const emitter = actions.addListener(event, listener) as Emitter | undefined;
  if (typeof emitter?.prependListener !== "function") return;
  emitter.removeListener(event, listener);
  emitter.prependListener(event, listener);
}
