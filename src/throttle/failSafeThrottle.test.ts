import { newScene, STEADY } from "../../testing/scene";
import { settingsOf, tryPermit } from "../../testing/throttles";
import { FailSafeThrottle } from "./failSafeThrottle";

test("a join whose reservation ends while its request waits is given up: that is no failure, and it is not sent", async () => {
  const { clock } = newScene({ way: STEADY });
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
  // An admin's route says that it spends another limit, too.
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
