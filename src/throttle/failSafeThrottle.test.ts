import { newScene, STEADY } from "../../testing/scene";
import { settingsOf, tryPermit } from "../../testing/throttles";
import { FailSafeThrottle } from "./failSafeThrottle";

test("aborts the queued request of a join when its reservation ends, without a reported failure", async () => {
  const { clock } = newScene({ delay: STEADY });
  const reported: unknown[] = [];
  const throttle = new FailSafeThrottle({
    settings: settingsOf({ limits: { "POST /channels": { perSecond: 1 } } }),
    clock,
    random: () => 0.5,
    report: (error) => reported.push(error),
  });
  const ending = new AbortController();
  throttle.handOff({
    limits: ["POST /WebChannels/Users"],
    key: "CH1",
    details: { kind: "join", signal: ending.signal },
  });
  tryPermit(throttle, { limits: ["POST /channels"], name: "other" })?.markSent();
  // A custom route in the settings spends a second limit.
  const request = throttle.acquire({
    limits: ["POST /WebChannels/Users", "POST /channels"],
    name: "POST",
    key: "CH1",
    signal: new AbortController().signal,
  });
  const outcome = request.then(
    () => "granted",
    (error: Error) => error.name,
  );
  await clock.run(10);
  ending.abort();
  expect(await outcome).toBe("AbortError");
  expect(reported).toEqual([]);
});
