import {
  canceledError,
  capacityError,
  deferredError,
  isOutOfTime,
  queueFullError,
  rejectedError,
  ThrottleError,
  timeoutError,
} from "./errors";

const DETAILS = { limit: "POST /channels", waitMs: 1200, ahead: 4 } as const;

const ERRORS: [error: ThrottleError, name: string, message: RegExp][] = [
  [rejectedError(DETAILS), "ThrottleRejectedError", /"POST \/channels" is used up.*Try again in 2 s/],
  [
    deferredError("SendSms", DETAILS),
    "ThrottleDeferredError",
    /SendSms was deferred.*"POST \/channels".*by itself in about 2 s/,
  ],
  [
    queueFullError(500, DETAILS),
    "ThrottleQueueFullError",
    /500 calls wait already, 4 of them before this one for the limit "POST \/channels".*about 2 s/,
  ],
  [
    timeoutError(60_000, DETAILS),
    "ThrottleTimeoutError",
    /"POST \/channels" did not come within 60 s; 4 calls stood before it/,
  ],
  [capacityError("Flex Flows", 2500, 2500), "ThrottleCapacityError", /has 2500 of at most 2500 Flex Flows. Delete one/],
  [canceledError("the reservation has ended"), "ThrottleCanceledError", /Not sent: the reservation has ended\./],
];

test.each(ERRORS)("%s can be told apart, and says what to do", (error, name, message) => {
  expect(error).toBeInstanceOf(ThrottleError);
  expect(error).toBeInstanceOf(Error);
  expect(error.name).toBe(name);
  expect(error.message).toMatch(message);
});

test("carries the limit, the wait and the place in line as fields", () => {
  expect(queueFullError(500, DETAILS)).toMatchObject(DETAILS);
});

test("only a wait that was too long is out of time", () => {
  expect(ERRORS.filter(([error]) => isOutOfTime(error)).map(([error]) => error.name)).toEqual(["ThrottleTimeoutError"]);
  expect(isOutOfTime(new Error("ThrottleTimeoutError"))).toBe(false);
});
