/** @jest-environment node */

// In a file of its own: how the engine stores numbers depends on the code that ran before in the same context.

import { bytesInQueue, costOfWaiting, leftAfter } from "./measure";
import { OURS } from "./ours";

const CALLS = 50_000;

it("a queued call takes at most 520 bytes in the queue, and 720 with the promises of its caller", async () => {
  expect(await bytesInQueue(CALLS)).toBeLessThanOrEqual(520);
  expect((await costOfWaiting(OURS, CALLS)).bytesEach).toBeLessThanOrEqual(720);
});

it("keeps nothing of a finished call", async () => {
  // The least that could be kept is a number or a pointer, of eight bytes.
  expect(await leftAfter(OURS, CALLS)).toBeLessThan(4 * CALLS);
});
