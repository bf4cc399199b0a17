// Twilio's own SDK against the stand-in's Sync, with its limits and faults.

import type { SyncClient, SyncList, SyncListItem } from "twilio-sync";

import { agentToken, connectSyncClient, eventually } from "../../testing/syncClient";
import { startStandIn, type StandIn } from "..";

let standIn: StandIn;
const clients: SyncClient[] = [];

beforeEach(async () => {
  standIn = await startStandIn();
});
afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.shutdown()));
  await standIn.close();
});

interface Opened {
  client: SyncClient;
  list: SyncList;
  /** The values of added items, in the order of the events. */
  added: unknown[];
  removed: number[];
}

/** A subscribed list. */
async function open(agent = "ann"): Promise<Opened> {
  const client = connectSyncClient(standIn, agent);
  clients.push(client);
  const list = await client.list("log");
  const opened: Opened = { client, list, added: [], removed: [] };
  let isSubscribed = false;
  list.on("itemAdded", ({ item }: { item: SyncListItem }) => opened.added.push((item.data as { n: number }).n));
  list.on("itemRemoved", ({ index }: { index: number }) => opened.removed.push(index));
  list.on("_subscriptionStateChanged", (state: string) => (isSubscribed ||= state === "established"));
  await eventually(() => isSubscribed);
  return opened;
}

const indexesOf = async (list: SyncList): Promise<number[]> =>
  (await list.getItems({ from: 0, order: "asc" })).items.map(({ index }) => index);

describe("an item", () => {
  it("reaches every subscriber with one index and one date", async () => {
    const [ann, bob] = [await open("ann"), await open("bob")];
    const pushed = await ann.list.push({ n: 1 });
    await eventually(() => bob.added.length === 1);
    const received = await bob.list.get(pushed.index);
    expect(received.data).toEqual({ n: 1 });
    expect(received.dateUpdated).toEqual(pushed.dateUpdated);
  });

  it("is removed after its time to live, and its index is never used again", async () => {
    const { list, removed } = await open();
    await list.push({ n: 1 }, { ttl: 1 });
    await eventually(() => removed.length === 1);
    expect((await list.push({ n: 2 })).index).toBe(1);
    expect(await indexesOf(list)).toEqual([1]);
  });

  it("keeps its data and its revision when its time to live changes", async () => {
    const { list } = await open();
    const { index, revision } = (await list.push({ n: 1 })) as SyncListItem & { revision: string };
    await list.setItemTtl(index, 600);
    const other = await open("bob");
    const item = (await other.list.get(index)) as SyncListItem & { revision: string };
    expect([item.data, item.revision]).toEqual([{ n: 1 }, revision]);
    expect(item.dateExpires).not.toBeNull();
  });

  it("has a date in milliseconds or in seconds", async () => {
    const { list } = await open();
    standIn.sync.settings.sendsMilliseconds = false;
    expect((await list.push({ n: 1 })).dateUpdated.getMilliseconds()).toBe(0);
  });

  it("of more than 16 KiB is rejected", async () => {
    const { list } = await open();
    await expect(list.push({ text: "x".repeat(16 * 1024) })).rejects.toMatchObject({ status: 413, code: 54006 });
  });
});

describe("a list", () => {
  it("keeps its items when its time to live changes, and is removed after it", async () => {
    const { list } = await open();
    let isRemoved = false;
    list.on("removed", () => (isRemoved = true));
    await list.push({ n: 1 });
    await list.setTtl(1);
    expect(await indexesOf(list)).toEqual([0]);
    await eventually(() => isRemoved);
  });
});

describe("writes", () => {
  it("over ten seconds' worth of the rate are rejected with 54009", async () => {
    const { list } = await open();
    standIn.sync.settings.writesPerSecond = 0.2;
    const pushes = await Promise.allSettled([1, 2, 3].map((n) => list.push({ n })));
    expect(pushes.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled", "rejected"]);
    expect(pushes[2]).toMatchObject({ reason: { status: 429, code: 54009 } });
  });

  it("of more than 1 KiB count more", async () => {
    const { list } = await open();
    standIn.sync.settings.writesPerSecond = 0.2;
    await list.push({ text: "x".repeat(1800) });
    await expect(list.push({ n: 2 })).rejects.toMatchObject({ code: 54009 });
  });
});

describe("access control", () => {
  it("denies opening a list", async () => {
    standIn.sync.settings.deniesAccess = true;
    const client = connectSyncClient(standIn, "ann");
    clients.push(client);
    await expect(client.list("log")).rejects.toMatchObject({ status: 403, code: 54007 });
  });

  it("denies a subscription", async () => {
    const { list } = await open();
    const failure = new Promise<{ code: number }>((resolve) => list.on("failure", resolve));
    standIn.sync.settings.deniesAccess = true;
    for (const connection of standIn.syncConnections) connection.disconnect();
    expect((await failure).code).toBe(54007);
  });
});

describe("faults", () => {
  it("let the reply come before the event, or the event before the reply", async () => {
    const [ann, bob] = [await open("ann"), await open("bob")];
    const local: boolean[] = [];
    ann.list.on("itemAdded", ({ isLocal }: { isLocal: boolean }) => local.push(isLocal));
    Object.assign(standIn.sync.settings, { eventLatencyMs: 0, replyLatencyMs: 500 });
    await ann.list.push({ n: 1 });
    Object.assign(standIn.sync.settings, { eventLatencyMs: 500, replyLatencyMs: 0 });
    await ann.list.push({ n: 2 });
    await eventually(() => bob.added.length === 2);
    expect(local).toEqual([false, true]);
  });

  it("lose an event and swap two", async () => {
    const [ann, bob] = [await open("ann"), await open("bob")];
    // Each push has two events: one for each client.
    standIn.sync.planEvent("lose", 2);
    standIn.sync.planEvent("swap", 2);
    for (const n of [1, 2, 3]) await ann.list.push({ n });
    await eventually(() => bob.added.length === 2);
    expect(bob.added).toEqual([3, 2]);
  });

  it("delay the chosen share of events", async () => {
    const [ann, bob] = [await open("ann"), await open("bob")];
    Object.assign(standIn.sync.settings, { lateEventShare: 0.25, lateEventMs: 300 });
    // The fourth event is bob's second.
    for (const n of [1, 2, 3]) await ann.list.push({ n });
    await eventually(() => bob.added.length === 3);
    expect(bob.added).toEqual([1, 3, 2]);
  });

  it("disconnect before or after the commit, and the SDK then gets what it missed", async () => {
    const { client, list } = await open();
    standIn.sync.planWrite("disconnect before commit");
    standIn.sync.planWrite("disconnect after commit");
    for (const n of [1, 2]) {
      await expect(list.push({ n })).rejects.toThrow();
      await eventually(() => client.connectionState === "connected");
    }
    expect(await indexesOf(list)).toEqual([0]);
    expect((await list.get(0)).data).toEqual({ n: 2 });
  });

  it.each(["503 before commit", "504 after commit"] as const)(
    "answer with %s, and the SDK pushes again",
    async (fault) => {
      const { list } = await open();
      standIn.sync.planWrite(fault);
      await list.push({ n: 1 });
      expect(await indexesOf(list)).toEqual(fault.endsWith("before commit") ? [0] : [0, 1]);
    },
  );
});

describe("new connections", () => {
  it("are ended at once while they are refused, and the SDK then connects again", async () => {
    const { client } = await open();
    standIn.sync.settings.refusesConnections = true;
    const before = [...standIn.syncConnections];
    for (const connection of before) connection.disconnect();
    await eventually(() => client.connectionState !== "connected");
    await new Promise((resolve) => client.once("connectionError", resolve));
    expect(client.connectionState).not.toBe("connected");
    standIn.sync.settings.refusesConnections = false;
    await eventually(() => client.connectionState === "connected");
  });
});

describe("a token", () => {
  it("that is rejected denies the connection until the next one", async () => {
    standIn.sync.settings.rejectsTokens = true;
    const client = connectSyncClient(standIn, "ann");
    clients.push(client);
    await eventually(() => client.connectionState === "denied");
    standIn.sync.settings.rejectsTokens = false;
    await client.updateToken(`${agentToken(standIn, "ann")}x`);
    await eventually(() => client.connectionState === "connected");
  });

  it("is announced to expire, and expires", async () => {
    const { client } = await open();
    const announced = new Promise<void>((resolve) => client.on("tokenAboutToExpire", resolve));
    const expired = new Promise<void>((resolve) => client.on("tokenExpired", resolve));
    for (const connection of standIn.syncConnections) connection.announceExpiry();
    await announced;
    for (const connection of standIn.syncConnections) connection.expire();
    await expired;
    await eventually(() => client.connectionState === "disconnected");
  });
});
