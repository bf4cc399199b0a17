/**
 * Flex Actions: `AcceptTask` of chats, whatever else an admin names (also Actions that other plugins register, now or
 * later), and `AcquireThrottlePermit`, with which other plugins ask for a permit themselves.
 *
 * A listener holds the invocation, ahead of everyone's: a replacement would throw away other plugins', and a listener of
 * theirs that throws would keep ours from being called. `invokeAction` is watched to learn how the invocation ends, and
 * to let its caller know why it was not run.
 */

import type { Actions, ITask, TaskHelper } from "@twilio/flex-ui";

import { ADD_MEMBER, RATE_LIMIT_IDS, RateLimitId } from "../limits/limits";
import { OnBurst, Settings } from "../settings/readSettings";
import { Call } from "../throttle/call";
import { deferredError, rejectedError, ThrottleError } from "../throttle/errors";
import { Permit } from "../throttle/permit";
import { Priority } from "../throttle/queue";
import { Throttle } from "../throttle/throttle";
import { patchMethod, Uninstall } from "./patch";

type FlexActions = typeof Actions;
type Emitter = ReturnType<FlexActions["addListener"]>;

export const ACQUIRE_PERMIT = "AcquireThrottlePermit";
const ACCEPT_TASK = "AcceptTask";

/** The join follows an accept within a moment; after this it will not come (the agent is in the chat already). */
const JOIN_EXPECTED_MS = 10_000;

/** Another plugin's request follows its permit at once; later it counts as one of its own. */
const REQUEST_EXPECTED_MS = 1000;

/** Time to tell Twilio of an accept before its reservation times out. */
const ACCEPT_MARGIN_MS = 5000;

/** From an accept until Flex sends the join that follows: a round trip to Twilio and its event. */
const JOIN_FOLLOWS_MS = 250;

/** What came of a deferred Action. `lost`: the page was reloaded, and what to do then could not be written down. */
export interface DeferredOutcome {
  readonly action: string;
  readonly state: "deferred" | "done" | "failed" | "lost";
  readonly waitMs?: number;
}

export interface ActionsOptions {
  readonly actions: FlexActions;
  readonly helper: typeof TaskHelper;
  readonly throttle: Throttle;
  readonly settings: () => Settings;
  readonly onDeferred: (outcome: DeferredOutcome) => void;
  /** Told of each deferred Action; what it returns is called when its turn has come, or never will. */
  readonly keepDeferred: (action: string, payload: unknown) => () => void;
  readonly report: (error: unknown) => void;
}

/** One run of `invokeAction`. */
interface Invocation {
  readonly name: string;
  /** Acquired for it already: it was deferred, and this is its turn. */
  readonly granted?: Permit;
  permit?: Permit;
  /** Why it was not run, for its caller. */
  refusal?: ThrottleError;
  /** Called when it has ended; a call that it made has taken over the permit by then. */
  end?: (how: "run" | "canceled") => void;
}

export function installActions(options: ActionsOptions): Uninstall {
  const { actions, settings } = options;
  const isPaced = (name: string) => name === ACCEPT_TASK || Object.prototype.hasOwnProperty.call(settings().actions, name);
  let current: Invocation | undefined;

  const invoke = (original: FlexActions["invokeAction"], invocation: Invocation, payload: unknown): Promise<unknown> => {
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
      if (name === ACQUIRE_PERMIT) return withOwnError(original.call(this, name, copyOf(payload)));
      return isPaced(name) ? invoke(original, { name }, payload) : original.call(this, name, payload);
    };
  });
  const invokeAgain = (name: string, payload: unknown, granted: Permit) => invoke(invokeOriginal, { name, granted }, payload);

  const removals = new Map<string, () => void>();
  /** At its first invocation: by then it is known whether the settings of the moment name it. */
  const listenTo = (name: string) => {
    if (removals.has(name)) return;
    const listener = (payload: unknown, cancel: () => void) => {
      const invocation = current?.name === name ? current : undefined;
      if (!invocation || options.throttle.mode === "off") return undefined;
      return new Hold(options, invocation, payload, cancel, invokeAgain).start();
    };
    const event = `before${name}`;
    prepend(actions, event, listener);
    removals.set(name, () => actions.removeListener(event, listener));
  };

  // Flex 1.x cannot unregister an Action; it stays, and lets everyone pass once the throttle is off.
  actions.registerAction(ACQUIRE_PERMIT, (payload) => acquireForPlugin(payload, options.throttle));

  return () => {
    uninstallWatch();
    removals.forEach((remove) => remove());
  };
}

/** Holds one invocation until it may run, or takes it back. */
class Hold {
  private readonly throttle: Throttle;

  constructor(
    private readonly options: ActionsOptions,
    private readonly invocation: Invocation,
    private readonly payload: unknown,
    private readonly cancel: () => void,
    private readonly invokeAgain: (name: string, payload: unknown, granted: Permit) => Promise<unknown>,
  ) {
    this.throttle = options.throttle;
  }

  /** @returns a promise only where the Action has to wait. Never rejects: Flex would run the Action all the same. */
  start(): Promise<void> | undefined {
    try {
      const call = this.describe();
      if (!call) return undefined;
      const permit = this.invocation.granted ?? this.throttle.tryAcquire(call);
      if (permit) return this.hold(call, permit);
      const onBurst = this.onBurst();
      if (onBurst === "queue") return this.wait(call);
      this.takeBack(call, onBurst);
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
    const done = this.throttle.expect({ limits, key, permit, details: isAccept ? {} : { priority: call.priority } });
    this.invocation.end = (how) => {
      if (isAccept && how === "run") {
        setTimeout(done, JOIN_EXPECTED_MS);
        return;
      }
      // Its call may have gone out where it cannot be seen, from the customer's own server: it counts as sent.
      if (how === "run") {
        permit.sent();
        permit.answered();
      }
      done();
    };
    return undefined;
  }

  private takeBack(call: Call, onBurst: OnBurst): void {
    const { name } = this.invocation;
    const details = { limit: call.limits[0], waitMs: this.throttle.estimateWaitMs(call.limits) };
    if (onBurst === "reject") {
      this.refuse(this.throttle.giveUp(call, rejectedError(details)));
      return;
    }
    this.refuse(deferredError(name, details));
    this.options.onDeferred({ action: name, state: "deferred", waitMs: details.waitMs });
    this.runLater(call).then(
      () => this.options.onDeferred({ action: name, state: "done" }),
      () => this.options.onDeferred({ action: name, state: "failed" }),
    );
  }

  private async runLater(call: Call): Promise<void> {
    const forget = this.options.keepDeferred(this.invocation.name, this.payload);
    const permit = await this.throttle.acquire(call).finally(forget);
    await this.invokeAgain(this.invocation.name, this.payload, permit);
  }

  private refuse(error: ThrottleError): void {
    this.invocation.refusal = error;
    this.cancel();
  }

  private onBurst(): OnBurst {
    const { actions, onBurst } = this.options.settings();
    return actions[this.invocation.name]?.onBurst ?? onBurst;
  }

  private describe(): Call | undefined {
    const { name } = this.invocation;
    const limits = this.options.settings().actions[name]?.limits;
    if (name !== ACCEPT_TASK) return limits && { limits, name, isFirstSight: true };
    const task = (this.payload as { task?: ITask } | undefined)?.task;
    const { helper } = this.options;
    const channelSid = task && helper.isChatBasedTask(task) ? helper.getTaskChatChannelSid(task) : undefined;
    if (!task || !channelSid) return undefined;
    return {
      limits: limits ?? [ADD_MEMBER],
      name,
      purpose: "join",
      key: channelSid,
      priority: "high",
      isFirstSight: true,
      isOptional: true,
      leadMs: JOIN_FOLLOWS_MS,
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

async function watchEnd(result: Promise<unknown>, invocation: Invocation, report: ActionsOptions["report"]): Promise<unknown> {
  const end: Invocation["end"] = (how) => {
    try {
      invocation.end?.(how);
    } catch (error) {
      report(error);
    }
  };
  try {
    const value = await result;
    end("run");
    return value;
  } catch (error) {
    end(isCanceled(error) ? "canceled" : "run");
    throw invocation.refusal ?? error;
  }
}

function isCanceled(error: unknown): boolean {
  return error instanceof Error && error.message.endsWith("cancelled by before event");
}

/** `addListener` returns the emitter behind it, which can do more. */
function prepend(actions: FlexActions, event: string, listener: (payload: unknown, cancel: () => void) => unknown): void {
  const emitter = actions.addListener(event, listener) as Emitter | undefined;
  if (typeof emitter?.prependListener !== "function") return;
  emitter.removeListener(event, listener);
  emitter.prependListener(event, listener);
}

/** Flex takes two requests with equal payloads for a doubled click, and throws. */
function copyOf(payload: unknown): unknown {
  const { limits } = (payload ?? {}) as { limits?: unknown };
  return Array.isArray(limits) ? { ...(payload as object), limits: limits.slice() } : payload;
}

/** Flex wraps what an Action's body throws and keeps only its message; the caller is to tell one reason from another. */
async function withOwnError(result: Promise<unknown>): Promise<unknown> {
  try {
    return await result;
  } catch (error) {
    throw (error as { content?: { wrappedError?: unknown } }).content?.wrappedError ?? error;
  }
}

interface PermitPayload {
  limits: RateLimitId[];
  priority?: Priority;
  timeoutMs?: number;
}

const PRIORITIES: readonly Priority[] = ["high", "normal", "low"];

async function acquireForPlugin(payload: unknown, throttle: Throttle): Promise<void> {
  const { limits, priority, timeoutMs } = readPermitPayload(payload);
  const permit = await throttle.acquire({ limits, name: ACQUIRE_PERMIT, priority, maxWaitMs: timeoutMs, isFirstSight: true });
  permit.sent();
  const done = throttle.expect({ limits, permit, details: {} });
  setTimeout(done, REQUEST_EXPECTED_MS);
}

function readPermitPayload(payload: unknown): PermitPayload {
  const { limits, priority, timeoutMs } = (payload ?? {}) as Partial<Record<keyof PermitPayload, unknown>>;
  const fail = (what: string, got: unknown) => {
    throw new TypeError(`${ACQUIRE_PERMIT}: ${what}, got ${JSON.stringify(got)}.`);
  };
  const isLimit = (id: unknown) => (RATE_LIMIT_IDS as readonly unknown[]).includes(id);
  if (!Array.isArray(limits) || limits.length === 0 || !limits.every(isLimit)) {
    fail(`expected "limits" to be a list of ${RATE_LIMIT_IDS.map((id) => `"${id}"`).join(", ")}`, limits);
  }
  if (priority !== undefined && !(PRIORITIES as readonly unknown[]).includes(priority)) fail(`expected "priority" to be one of "high", "normal", "low"`, priority);
  if (timeoutMs !== undefined && !(Number(timeoutMs) > 0)) fail(`expected "timeoutMs" to be a positive number of milliseconds`, timeoutMs);
  return { limits, priority, timeoutMs } as PermitPayload;
}
