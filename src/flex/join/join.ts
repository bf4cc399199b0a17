/**
 * Intercepts Flex's own join: when a reservation is accepted, Flex adds the agent to the customer's chat. The join is not
 * an Action, and Flex does not retry it.
 */

import type { ChatOrchestrator, ITask, Notifications, TaskHelper } from "@twilio/flex-ui";

import { Call } from "../../flexThrottle";
import type { JoinListener } from "../../desktop";
import { Interceptor, InterceptorContext } from "../../interceptor";
import { ADD_MEMBER } from "../../limits/limits";
import { patchMethod } from "../../patch";
import { JOIN } from "../../state/publishedStatus";
import { ThrottleError } from "../../throttle/errors";
import { createOutcomeClassifier } from "../rejections";
import { chatOfTask } from "../taskChat";
import { JoinToast } from "./joinToast";
import { repeatUnreachable, RepeatOptions } from "./repeatUnreachable";
import { observeReservationEnd, reservationEndedError } from "./reservationEnd";

/** A customer waits, and a repeated join is harmless: Twilio answers 409 if the agent is a member already. */
const RESEND_UNANSWERED = { afterMs: 10_000, maxAttempts: 3 };

interface FlexParts {
  readonly ChatOrchestrator: typeof ChatOrchestrator;
  readonly Notifications: typeof Notifications;
  readonly TaskHelper: typeof TaskHelper;
}

export interface JoinContext extends InterceptorContext {
  /** The token that Flex sends with its join. */
  readonly chatToken: () => unknown;
  readonly onJoin: JoinListener;
  /** Whether Flex lists the reservation as open. */
  readonly isOpen: (reservationSid: string) => boolean;
  /** Called when Flex handles an accepted reservation. */
  readonly onAccepted?: (reservationSid: string) => void;
}

export const installJoin: Interceptor<FlexParts, JoinContext> = (flex, context) => {
  const { throttle, onJoin, onAccepted, isOpen, chatToken, report } = context;
  const { ChatOrchestrator: orchestrator, Notifications: notifications, TaskHelper: helper } = flex;
  const toast = new JoinToast(notifications);
  /** Joins in progress, by the sid of their reservation. */
  const joins = new Map<string, Promise<boolean>>();
  const start = (task: ITask, chat: string, join: () => Promise<boolean>) => {
    const end = observeReservationEnd(task, report);
    const run = () => toast.suppressDuring(join);
    const hasEnded = watchEnd(() => isOpen(task.sid));
    const options = { throttle, end, chatToken };
    const joinOnce = () => joinInTurn({ ...options, chat, join: run, hasEnded });
    const joined = repeatUnreachable(joinOnce, options).finally(() => {
      end.stop();
      joins.delete(task.sid);
    });
    joins.set(task.sid, joined);
    onJoin(chat, "started");
    joined.then(
      () => onJoin(chat, "succeeded"),
      (error) => {
        if (!(error instanceof ThrottleError)) toast.show();
        onJoin(chat, throttle.mode === "enforce" && !end.signal.aborted ? "failed" : "ended");
      },
    );
    return joined;
  };

  const uninstallToast = toast.install();
  const uninstallJoin = patchMethod(
    orchestrator,
    "handleReservationEvent",
    (original) =>
      function handleReservationEvent(this: typeof orchestrator, event, task) {
        const join = () => original.call(this, event, task);
        if (event === "accepted") onAccepted?.(task.sid);
        const chat = event === "accepted" && throttle.mode !== "off" ? chatOfTask(helper, task) : undefined;
        if (!chat) return join();
        // Flex's auto-join calls this again while the first join waits.
        return joins.get(task.sid) ?? start(task, chat, join);
      },
  );
  return () => {
    uninstallJoin();
    uninstallToast();
  };
};

/** The event of the end is lost while the connection to TaskRouter is gone. */
function watchEnd(isOpen: () => boolean): () => boolean {
  const wasOpen = isOpen();
  return () => wasOpen && !isOpen();
}

interface Join extends RepeatOptions {
  readonly chat: string;
  readonly join: () => Promise<boolean>;
  readonly hasEnded: () => boolean;
}

async function joinInTurn({ chat, join, hasEnded, throttle, end, chatToken }: Join): Promise<boolean> {
  const call: Call = {
    limits: [ADD_MEMBER],
    name: "join",
    kind: JOIN,
    isExemptFromQueueLimit: true,
    isExemptFromRetryBudget: true,
    resendUnanswered: RESEND_UNANSWERED,
    key: chat,
    priority: "join",
    // The end of the reservation ends the wait.
    maxWaitMs: Infinity,
    onBurst: "queue",
    signal: end.signal,
  };
  // Flex's request fails like one without a network when it is dropped; callers get the reason instead.
  let dropError: ThrottleError | undefined;
  const stopListening = throttle.onEvent((event) => {
    if (event.type === "dropped" && event.call.kind === JOIN && event.call.key === chat) dropError = event.error;
  });
  try {
    return await throttle.run(
      call,
      async (permit) => {
        const token = chatToken();
        // A retry of Flex's request would carry the old token, or join a chat of an ended reservation.
        const isOutdated = () => chatToken() !== token || hasEnded();
        const endHandOff = throttle.handOff({ ...call, details: { ...call, isOutdated }, permit });
        try {
          return await Promise.race([join(), end.rejection]);
        } finally {
          endHandOff();
        }
      },
      createOutcomeClassifier(throttle),
      () => {
        if (!hasEnded()) return;
        end.abort();
        throw reservationEndedError();
      },
    );
  } catch (error) {
    throw end.signal.aborted ? reservationEndedError() : (dropError ?? error);
  } finally {
    stopListening();
  }
}
