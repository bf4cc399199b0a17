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
    /SendSms was deferred.*"POST \/channels".*automatically in about 2 s/,
  ],
  [
    queueFullError(500, DETAILS),
    "ThrottleQueueFullError",
    /the queue is full \(500 calls\), with 4 ahead of this call for the limit "POST \/channels".*about 2 s/,
  ],
  [
    timeoutError(60_000, DETAILS),
    "ThrottleTimeoutError",
    /timed out after 60 s in the queue for the limit "POST \/channels", with 4 calls still ahead of it/,
  ],
  [capacityError("Flex Flows", 2500, 2500), "ThrottleCapacityError", /has 2500 of at most 2500 Flex Flows. Delete one/],
  [canceledError("the reservation has ended"), "ThrottleCanceledError", /Not sent: the reservation has ended\./],
];

test.each(ERRORS)("%s has its own name, and its message says what to do", (error, name, message) => {
  expect(error).toBeInstanceOf(ThrottleError);
  expect(error).toBeInstanceOf(Error);
  expect(error.name).toBe(name);
  expect(error.message).toMatch(message);
});

test("has the limit, the wait and the number of calls ahead as fields", () => {
  expect(queueFullError(500, DETAILS)).toMatchObject(DETAILS);
});

test("has no stack trace for a canceled call, because Flex prints that of a join's error", () => {
  expect(canceledError("canceled while it was queued").stack).toBe(
    "ThrottleCanceledError: Not sent: canceled while it was queued.",
  );
  expect(rejectedError(DETAILS).stack).toContain("errors.test");
});

test("recognizes only a timeout as out of time", () => {
  expect(ERRORS.filter(([error]) => isOutOfTime(error)).map(([error]) => error.name)).toEqual(["ThrottleTimeoutError"]);
  expect(isOutOfTime(new Error("ThrottleTimeoutError"))).toBe(false);
});
