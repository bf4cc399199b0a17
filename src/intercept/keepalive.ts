/** Requests with `keepalive` that wait when the page is left: they are sent then, because nothing runs later. */

import { listen } from "../helpers/listen";

type Send<Answer> = (signal: AbortSignal | undefined) => Promise<Answer>;

/**
 * @param run sends the request in its turn, with the given function.
 * @param send sends one attempt.
 * @param sendAtOnce sends the request without waiting for its turn.
 */
export function sendBeforeLeaving<Answer>(
  run: (send: Send<Answer>) => Promise<Answer>,
  send: Send<Answer>,
  sendAtOnce: () => Promise<Answer>,
): Promise<Answer> {
  let isSending = false;
  let sentAtOnce: Promise<Answer> | undefined;
  return new Promise((resolve, reject) => {
    const onLeave = () => {
      if (isSending) return;
      sentAtOnce = sendAtOnce();
      resolve(sentAtOnce);
    };
    const endListening = listen(window, ["pagehide"], onLeave, true);
    const sendUnlessSent: Send<Answer> = async (signal) => {
      if (sentAtOnce) return sentAtOnce;
      isSending = true;
      try {
        return await send(signal);
      } finally {
        isSending = false;
      }
    };
    void run(sendUnlessSent).then(resolve, reject).finally(endListening);
  });
}
