import { EventLog, LOG_LENGTH } from "./eventLog";

test("keeps the latest 1000 entries, oldest first", () => {
  const log = new EventLog();
  const atMs = () => log.read().map((entry) => entry.atMs);
  for (let ms = 1; ms <= 2 * LOG_LENGTH + 3; ms += 1) {
    log.add({ atMs: ms, call: "join", limits: [], outcome: "sent" });
    if (ms === 2) expect(atMs()).toEqual([1, 2]);
  }
  expect(LOG_LENGTH).toBe(1000);
  expect(atMs()).toEqual(Array.from({ length: LOG_LENGTH }, (_, index) => LOG_LENGTH + 4 + index));
});
