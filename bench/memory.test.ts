/** @jest-environment node */

// In its own file: V8's number representation depends on code that ran before in the same context.

import { bytesInQueue, bytesLeftAfter, measureQueue } from "./measure";
import { OURS } from "./ours";

const CALLS = 50_000;

it("a queued call takes at most 520 bytes, and 720 with its caller's promises", async () => {
  expect(await bytesInQueue(CALLS)).toBeLessThanOrEqual(520);
  expect((await measureQueue(OURS, CALLS)).bytesPerCall).toBeLessThanOrEqual(720);
});

it("keeps no memory of a finished call", async () => {
  // Any leak would keep at least eight bytes a call: one number or pointer.
  expect(await bytesLeftAfter(OURS, CALLS)).toBeLessThan(4 * CALLS);
});
