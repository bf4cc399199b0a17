import { closeBrowser, Desk, openBrowser, until } from "./support/desk";
import { SharedAccount } from "./support/sharedAccount";
import type { SyncSettings } from "../stand-in/sync/faults";

/** For each desktop, before something happens in mid-burst. */
const CHATS = 5;

/** A slow network: milliseconds each way. */
const SLOW_MS = 400;

beforeAll(openBrowser);
afterAll(closeBrowser);

let shared: SharedAccount;
let pair: readonly Desk[];
beforeEach(async () => {
  shared = await SharedAccount.start();
  pair = await shared.openSharing(2);
});
afterEach(() => shared.close());

test("two desktops join all their chats while Sync rejects every token", async () => {
  shared.twilio.sync.settings.rejectsTokens = true;
  await shared.joinAll(pair, 3);
  await shared.waitForBudget(pair, "degraded", "tokenRejected");
});

/** Each desktop has written a ticket, and most of the chats are not joined yet. */
async function waitForBurst(): Promise<void> {
  await shared.waitForWriters(pair);
  expect(shared.countJoined()).toBeLessThan(2 * CHATS);
}

/** Each desktop accepts chats. In mid-burst, something happens to Sync, and then each one accepts two chats more. */
function joinThrough(change: () => Promise<void> | void): Promise<void> {
  const meanwhile = async () => {
    await waitForBurst();
    await change();
    await shared.joinAll(pair, 2);
  };
  return shared.joinSharing(pair, CHATS, { meanwhile });
}

describe("two desktops join all their chats, and then pace on their own, when in mid-burst", () => {
  test.each<[string, string, Partial<SyncSettings>]>([
    ["access control denies Sync", "forbidden", { deniesAccess: true }],
    ["Sync falls silent", "slow", { isSilent: true }],
    ["Sync rejects all requests as too many", "tooManyWrites", { writesPerSecond: 0, readsPerSecond: 0 }],
  ])("%s", async (_, problem, settings) => {
    await joinThrough(() => void Object.assign(shared.twilio.sync.settings, settings));
    await shared.waitForBudget(pair, "degraded", problem);
  });
});

describe("two desktops join all their chats, and go on to write tickets, when in mid-burst", () => {
  test.each<[string, () => void]>([
    [
      "Sync is slow",
      () =>
        Object.assign(shared.twilio.sync.settings, {
          requestLatencyMs: SLOW_MS,
          replyLatencyMs: SLOW_MS,
          eventLatencyMs: SLOW_MS,
        }),
    ],
    ["Sync rejects tickets as too many", () => shared.twilio.sync.planWrite("429", 2)],
    [
      "pushes fail after they were stored",
      () => {
        shared.twilio.sync.planWrite("disconnect after commit");
        shared.twilio.sync.planWrite("503 after commit");
      },
    ],
    [
      "events come late, out of order or never",
      () => {
        Object.assign(shared.twilio.sync.settings, { lateEventShare: 0.3, lostEventShare: 0.2 });
        shared.twilio.sync.planEvent("swap", 4);
      },
    ],
  ])("%s", async (_, fail) => {
    let before = 0;
    await joinThrough(() => {
      before = shared.countWritten();
      fail();
    });
    expect(shared.writersSince(before)).toEqual(["agent-1", "agent-2"]);
    expect(shared.twilio.sync.planned).toEqual([]);
    await shared.waitForBudget(pair, "live");
  });
});

test("two desktops join all their chats while Sync is lost for 20 seconds, and then write tickets again", async () => {
  const { sync, gate } = shared.twilio;
  let backAtMs = 0;
  await joinThrough(() => {
    sync.settings.refusesConnections = true;
    shared.twilio.syncConnections.forEach((connection) => connection.disconnect());
    backAtMs = gate.elapsedMs + 20_000;
  });
  await shared.waitForBudget(pair, "degraded", "disconnected");
  await until(() => gate.elapsedMs >= backAtMs, "the end of the loss");
  sync.settings.refusesConnections = false;
  await shared.waitForBudget(pair, "live");
  const before = shared.countWritten();
  await shared.joinSharing(pair, 2);
  expect(shared.writersSince(before)).toEqual(["agent-1", "agent-2"]);
});

test("two desktops keep their connections and join all their chats when a token is renewed in mid-burst", async () => {
  await joinThrough(async () => {
    const before = [...shared.twilio.syncConnections];
    expect(before).toHaveLength(2);
    await Promise.all(pair.map((desk) => shared.renewToken(desk)));
    await until(() => before.every(({ renewals }) => renewals > 0), "the new tokens at Sync");
    expect(shared.twilio.syncConnections).toEqual(before);
  });
  await shared.waitForBudget(pair, "live");
});
