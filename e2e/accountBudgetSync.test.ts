import { closeBrowser, Desk, openBrowser, until } from "./support/desk";
import { SharedAccount } from "./support/sharedAccount";

beforeAll(openBrowser);
afterAll(closeBrowser);

let shared: SharedAccount;
let pair: readonly Desk[];
beforeEach(async () => {
  shared = await SharedAccount.start();
  pair = await shared.openSharing(2);
});
afterEach(() => shared.close());

describe("two desktops join all their chats", () => {
  test.each<[string, string | undefined, () => void]>([
    ["where access control denies Sync", "forbidden", () => (shared.twilio.sync.settings.deniesAccess = true)],
    ["while Sync is silent", "slow", () => (shared.twilio.sync.settings.isSilent = true)],
    ["while Sync rejects every token", "tokenRejected", () => (shared.twilio.sync.settings.rejectsTokens = true)],
    [
      "when pushes fail after they were stored",
      undefined,
      () => {
        shared.twilio.sync.planWrite("disconnect after commit");
        shared.twilio.sync.planWrite("503 after commit");
        shared.twilio.sync.planWrite("429");
      },
    ],
  ])("%s", async (_, problem, fail) => {
    fail();
    await shared.joinAll(pair, 3);
    await shared.waitForBudget(pair, problem ? "degraded" : "live", problem);
  });
});

describe("two desktops join all their chats when, in mid-burst,", () => {
  test.each<[string, string | undefined, () => Promise<void> | void]>([
    [
      "Sync is lost and stays away",
      "tokenRejected",
      () => {
        shared.twilio.sync.settings.rejectsTokens = true;
        shared.twilio.syncConnections.forEach((connection) => connection.disconnect());
      },
    ],
    [
      "events come late, out of order or never",
      undefined,
      () => {
        Object.assign(shared.twilio.sync.settings, { lateEventShare: 0.3, lostEventShare: 0.2 });
        shared.twilio.sync.planEvent("swap", 4);
      },
    ],
  ])("%s", async (_, problem, fail) => {
    await shared.joinAll(pair, 5, async () => {
      await shared.waitForTicket();
      await fail();
    });
    await shared.waitForBudget(pair, problem ? "degraded" : "live", problem);
  });
});

test("two desktops keep their connections and join all their chats when a token is renewed in mid-burst", async () => {
  await shared.joinAll(pair, 5, async () => {
    await shared.waitForTicket();
    await until(() => shared.twilio.syncConnections.length === 2, "both connections");
    const before = [...shared.twilio.syncConnections];
    await Promise.all(pair.map((desk) => shared.renewToken(desk)));
    await until(() => before.every(({ renewals }) => renewals > 0), "the new tokens at Sync");
    expect(shared.twilio.syncConnections).toEqual(before);
  });
  await shared.waitForBudget(pair, "live");
});
