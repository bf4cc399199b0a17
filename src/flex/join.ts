/**
 * Flex's own join: when a reservation is accepted, Flex adds the agent to the customer's chat. It is no Action, nothing
 * retries it, and while it waits Flex must not say that it failed.
 */

import type { ChatOrchestrator, ITask, Notifications, TaskHelper } from "@twilio/flex-ui";

import { ADD_MEMBER } from "../limits/limits";
import { patchMethod, Uninstall } from "../patch";
import { JOIN } from "../state/publishedStatus";
import { Call } from "../throttle/call";
import { canceledError, ThrottleError } from "../throttle/errors";
import { Throttle } from "../throttle/throttle";
import { classifyOutcome } from "./rejections";

/** Flex's own toast "Failed to add worker to the chat channel." */
const FLEX_JOIN_FAILED = "ChatOrchestrationAddToChatChannelFailed";

/** After these there is nobody to join any more. */
const ENDINGS = ["canceled", "completed", "rescinded", "timeout"] as const;

/** A customer waits, and a repeated join is harmless: Twilio answers 409 if the agent is a member already. */
const RESEND_UNANSWERED = { afterMs: 10_000, maxAttempts: 3 };

const ENDED = "the reservation has ended, so there is no chat to join";

interface FlexParts {
  readonly ChatOrchestrator: typeof ChatOrchestrator;
  readonly Notifications: typeof Notifications;
  readonly TaskHelper: typeof TaskHelper;
}

/** What is told of a chat, by its channel's sid: that the agent is not in it and nothing is retried, or that a join has begun. */
export type JoinListener = (chat: string, state: "failed" | "started") => void;

export interface JoinOptions {
  readonly throttle: Throttle;
  readonly onJoin: JoinListener;
  readonly report: (error: unknown) => void;
}

export function installJoin(
  { ChatOrchestrator: orchestrator, Notifications: notifications, TaskHelper: helper }: FlexParts,
  { throttle, onJoin, report }: JoinOptions,
): Uninstall {
  /** Joins under way, by the sid of their reservation. */
  const joins = new Map<string, Promise<boolean>>();
  /** Runs of Flex's own join that have not ended: one whose reservation has ended goes on alone for a while. */
  let running = 0;
  const channelOf = (task: ITask) => {
    try {
      return helper.isChatBasedTask(task) ? helper.getTaskChatChannelSid(task) : undefined;
    } catch (error) {
      report(error);
      return undefined;
    }
  };
  let isTelling = false;
  const tellFailed = () => {
    isTelling = true;
    try {
      notifications.showNotification(FLEX_JOIN_FAILED);
    } finally {
      isTelling = false;
    }
  };

  const uninstallJoin = patchMethod(
    orchestrator,
    "handleReservationEvent",
    (original) =>
      function handleReservationEvent(this: typeof orchestrator, event, task) {
        const join = () => original.call(this, event, task);
        const channelSid = event === "accepted" && throttle.mode !== "off" ? channelOf(task) : undefined;
        if (!channelSid) return join();
        // Flex's auto-join asks again while the first join waits: it is the same join.
        const underWay = joins.get(task.sid);
        if (underWay) return underWay;
        const countedJoin = () => {
          running += 1;
          return join().finally(() => (running -= 1));
        };
        const ending = watchForEnding(task, report);
        const joined = joinInTurn({ channelSid, join: countedJoin, throttle, ending }).finally(() =>
          joins.delete(task.sid),
        );
        joins.set(task.sid, joined);
        onJoin(channelSid, "started");
        joined.catch((error) => {
          if (!(error instanceof ThrottleError)) tellFailed();
          // Where the throttle only observes, Flex stays as it is.
          if (throttle.mode === "enforce" && !ending.signal.aborted) onJoin(channelSid, "failed");
        });
        return joined;
      },
  );

  const holdBack = (notification: { id: string }, cancel: () => void) => {
    if (notification.id === FLEX_JOIN_FAILED && running > 0 && !isTelling) cancel();
  };
  notifications.addListener("beforeAddNotification", holdBack);

  return () => {
    uninstallJoin();
    notifications.removeListener("beforeAddNotification", holdBack);
  };
}

interface Join {
  readonly channelSid: string;
  readonly join: () => Promise<boolean>;
  readonly throttle: Throttle;
  readonly ending: Ending;
}

async function joinInTurn({ channelSid, join, throttle, ending }: Join): Promise<boolean> {
  const call: Call = {
    limits: [ADD_MEMBER],
    name: "join",
    kind: JOIN,
    isExemptFromQueueLimit: true,
    isExemptFromRetryBudget: true,
    resendUnanswered: RESEND_UNANSWERED,
    key: channelSid,
    priority: "high",
    // As long as the reservation lives a customer waits: such a call is not given up.
    maxWaitMs: Infinity,
    onBurst: "queue",
    signal: ending.signal,
  };
  const { limits, key, ...details } = call;
  // Flex's request, in which the join is given up, ends as one without a network does: that would be told as a failure.
  let givenUp: ThrottleError | undefined;
  const stopListening = throttle.onEvent((event) => {
    if (event.type === "dropped" && event.call.kind === JOIN && event.call.key === channelSid) givenUp = event.error;
  });
  try {
    return await throttle.run(
      call,
      async (permit) => {
        // The request that Flex makes now is this call, seen again.
        const done = throttle.handOff({ limits, key, details, permit });
        try {
          // Whether or not its request is answered any more.
          return await Promise.race([join(), ending.happened]);
        } finally {
          done();
        }
      },
      classifyOutcome,
    );
  } catch (error) {
    // In whichever words the layers below said it: nothing has failed that anybody still wants.
    throw ending.signal.aborted ? canceledError(ENDED) : (givenUp ?? error);
  } finally {
    stopListening();
    ending.stop();
  }
}

interface Reservation {
  addListener(event: string, listener: () => void): void;
  removeListener(event: string, listener: () => void): void;
}

interface Ending {
  readonly signal: AbortSignal;
  /** Rejects when it has happened. */
  readonly happened: Promise<never>;
  readonly stop: () => void;
}

function watchForEnding(task: ITask, report: (error: unknown) => void): Ending {
  const controller = new AbortController();
  const reservation = (task as ITask & { sourceObject?: Reservation }).sourceObject;
  const end = () => controller.abort();
  const onEach = (method: keyof Reservation) => {
    try {
      ENDINGS.forEach((event) => reservation?.[method](event, end));
    } catch (error) {
      report(error);
    }
  };
  const happened = new Promise<never>((_, reject) => {
    controller.signal.addEventListener("abort", () => reject(canceledError(ENDED)));
  });
  // Nobody may be waiting for it.
  happened.catch(() => undefined);
  onEach("addListener");
  return { signal: controller.signal, happened, stop: () => onEach("removeListener") };
}
