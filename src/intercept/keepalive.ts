/** Requests with `keepalive` that wait when the page is left: they are sent then, because nothing runs later. */

import { listen } from "../helpers/listen";
import type { HttpGate, LimitedRequest, Transport } from "./httpGate";

/** Sends a request in its turn, or when the page is left. */
export function sendBeforeLeaving<Answer>(
  gate: HttpGate,
  request: LimitedRequest,
  transport: Transport<Answer>,
): Promise<Answer> {
  let isSending = false;
  let sentAtOnce: Promise<Answer> | undefined;
  const send = async (signal: AbortSignal | undefined) => {
    if (sentAtOnce) return sentAtOnce;
    isSending = true;
    try {
      return await transport.send(signal);
    } finally {
      isSending = false;
    }
  };
  return new Promise((resolve, reject) => {
    const onLeave = () => {
      if (isSending) return;
      sentAtOnce = transport.send(transport.signal);
      resolve(sentAtOnce);
    };
    const endListening = listen(window, ["pagehide"], onLeave, true);
    void gate
      .run(request, { ...transport, send })
      .then(resolve, reject)
      .finally(endListening);
  });
}
