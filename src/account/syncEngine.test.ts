// The engine on Twilio's own SDK, against the stand-in's Sync with its limits and faults. Runs in Node.

import { eventually } from "../../testing/syncClient";
import { numberOf, problemOf, setUpSyncBrowsers } from "../../testing/syncBrowser";
import { RATE_LIMIT_IDS } from "../limits/limits";
import { listName } from "./syncEngine";

const LIMIT = "POST /WebChannels/Users";

const { getStandIn, newBrowser, open } = setUpSyncBrowsers(LIMIT);

const disconnectAll = () => getStandIn().syncConnections.forEach((connection) => connection.disconnect());

describe("a log", () => {
  it("gives every browser the same items, with their indexes and dates in milliseconds", async () => {
    const [ann, bob] = [await open("ann"), await open("bob")];
    const pushed = [await ann.log.push({ n: 1 }), await bob.log.push({ n: 2 }), await ann.log.push({ n: 3 })];
    await eventually(() => ann.items.length >= 3 && bob.items.length >= 3);
    expect(pushed.map(({ index }) => index)).toEqual([0, 1, 2]);
    for (const { items } of [ann, bob]) expect([...items].sort((a, b) => a.index - b.index)).toEqual(pushed);
    expect(await bob.log.page(1)).toEqual(pushed.slice(1));
  });

  it("has a name of its own per limit", () => {
    const names = RATE_LIMIT_IDS.map(listName);
    expect(new Set(names).size).toBe(names.length);
    expect(listName(LIMIT)).toBe("flex-throttle.POST.WebChannels.Users");
  });

  it("keeps the limits of one browser apart, over one connection", async () => {
    const ann = await open();
    const other = await ann.open("POST /channels");
    await other.push({ n: 2 });
    expect(await ann.log.page(0)).toEqual([]);
    expect(getStandIn().syncConnections).toHaveLength(1);
  });

  it("removes items, gone ones without an error, and their indexes are not used again", async () => {
    const [ann, bob] = [await open("ann"), await open("bob")];
    const { index } = await ann.log.push({ n: 1 });
    await ann.log.remove(index);
    await ann.log.remove(index);
    await bob.log.remove(index);
    await bob.log.remove(99);
    expect((await ann.log.push({ n: 2 })).index).toBe(1);
    expect((await bob.log.page(0)).map(numberOf)).toEqual([2]);
  });

  it("says how long each request that reads has taken", async () => {
    const { log, roundTripsMs } = await open();
    await log.recent();
    await log.page(0);
    await log.push({ n: 1 });
    expect(roundTripsMs).toEqual(Array(3).fill(expect.any(Number)));
    expect(Math.min(...roundTripsMs)).toBeGreaterThan(0);
  });

  it("expires its items", async () => {
    const ann = await open();
    await ann.log.push({ n: 1 });
    const list = getStandIn().syncStore.find("list", listName(LIMIT));
    const [item] = [...(list?.items.values() ?? [])];
    const leftMinutes = (Date.parse(item?.dateExpires ?? "") - Date.now()) / 60_000;
    expect(leftMinutes).toBeGreaterThan(10);
    expect(leftMinutes).toBeLessThanOrEqual(15);
  });

  it("is one log when two browsers create it at the same moment", async () => {
    const opening = ["ann", "bob", "cat", "dan"].map(newBrowser);
    const logs = await Promise.all(opening.map((browser) => browser.open(LIMIT)));
    await Promise.all(logs.map((log, n) => log.push({ n })));
    expect((await logs[0].page(0)).map(numberOf).sort()).toEqual([0, 1, 2, 3]);
  });
});

describe("events", () => {
  it("that come late or out of order are passed on as they come", async () => {
    const [ann, bob] = [await open("ann"), await open("bob")];
    getStandIn().sync.planEvent("swap", 2);
    await ann.log.push({ n: 1 });
    await ann.log.push({ n: 2 });
    await eventually(() => bob.items.length === 2);
    expect(bob.numbers).toEqual([2, 1]);
    expect(bob.items.map(({ index }) => index)).toEqual([1, 0]);
  });

  it("of own items come once, before or after the answer", async () => {
    const ann = await open();
    Object.assign(getStandIn().sync.settings, { eventLatencyMs: 0, replyLatencyMs: 200 });
    await ann.log.push({ n: 1 });
    Object.assign(getStandIn().sync.settings, { eventLatencyMs: 200, replyLatencyMs: 0 });
    await ann.log.push({ n: 2 });
    await ann.log.push({ n: 3 });
    await eventually(() => ann.items.length >= 3);
    expect(ann.numbers).toEqual([1, 2, 3]);
  });
});

describe("a push", () => {
  it.each([
    ["429", "tooManyWrites"],
    ["disconnect before commit", "disconnected"],
    ["disconnect after commit", "disconnected"],
  ] as const)("that gets %s is rejected as %s", async (fault, expected) => {
    const ann = await open();
    getStandIn().sync.planWrite(fault);
    expect(await problemOf(ann.log.push({ n: 1 }))).toBe(expected);
  });

  // After a 503 or 504, the SDK pushes again four seconds later.
  it.each(["no reply", "503 before commit", "504 after commit"] as const)(
    "that gets %s is rejected as slow at its deadline",
    async (fault) => {
      const ann = await open();
      getStandIn().sync.planWrite(fault);
      const pushed = problemOf(ann.log.push({ n: 1 }));
      await eventually(() => getStandIn().sync.planned.length === 0);
      ann.passTime();
      expect(await pushed).toBe("slow");
    },
  );

  it("without permission is rejected as forbidden", async () => {
    const ann = await open();
    getStandIn().sync.settings.deniesAccess = true;
    expect(await problemOf(ann.log.push({ n: 1 }))).toBe("forbidden");
    expect(await problemOf(ann.log.page(0))).toBe("forbidden");
  });

  it("that is stored after its deadline is removed again", async () => {
    const [ann, bob] = [await open("ann"), await open("bob")];
    getStandIn().sync.planWrite("503 before commit");
    const pushed = problemOf(ann.log.push({ n: 1 }));
    await eventually(() => getStandIn().sync.planned.length === 0);
    ann.passTime();
    expect(await pushed).toBe("slow");
    await eventually(() => bob.items.length === 1);
    const list = getStandIn().syncStore.ensure("list", listName(LIMIT));
    await eventually(() => list.items.size === 0);
  });

  it("is rejected at once without a connection, and never sent later", async () => {
    const ann = await open();
    getStandIn().sync.settings.rejectsTokens = true;
    disconnectAll();
    await eventually(() => ann.events.length > 0);
    expect(await problemOf(ann.log.push({ n: 1 }))).toMatch(/disconnected|tokenRejected/);
    getStandIn().sync.settings.rejectsTokens = false;
    ann.renewToken();
    await eventually(() => ann.events.includes("reconnected"));
    expect(await ann.log.page(0)).toEqual([]);
  });
});

describe("a lost connection", () => {
  it("is reported once, and its end when the log can be read again", async () => {
    const [ann, bob] = [await open("ann"), await open("bob")];
    await ann.log.push({ n: 1 });
    getStandIn().syncConnections[0].disconnect();
    await eventually(() => ann.events.includes("reconnected"));
    expect(ann.events).toEqual(["lost: disconnected", "reconnected"]);
    await bob.log.push({ n: 2 });
    await eventually(() => ann.numbers.includes(2));
    expect((await ann.log.page(0)).map(numberOf)).toEqual([1, 2]);
  });

  it("hides an item that was stored, which a page has", async () => {
    const ann = await open();
    getStandIn().sync.planWrite("disconnect after commit");
    expect(await problemOf(ann.log.push({ n: 1 }))).toBe("disconnected");
    await eventually(() => ann.events.includes("reconnected"));
    expect((await ann.log.page(0)).map(numberOf)).toEqual([1]);
  });
});

describe("opening a log", () => {
  it("is rejected as forbidden where access control denies it, and works once it is allowed", async () => {
    const ann = newBrowser("ann");
    getStandIn().sync.settings.deniesAccess = true;
    expect(await problemOf(ann.open(LIMIT))).toBe("forbidden");
    getStandIn().sync.settings.deniesAccess = false;
    expect(await (await ann.open(LIMIT)).page(0)).toEqual([]);
  });

  it("is rejected as slow while Sync is silent", async () => {
    const ann = await open();
    getStandIn().sync.settings.isSilent = true;
    const opened = problemOf(ann.open("POST /channels"));
    await eventually(() => ann.hasTimers);
    ann.passTime();
    expect(await opened).toBe("slow");
  });

  it("is rejected without a token, and works with one", async () => {
    const ann = newBrowser("ann");
    ann.setToken(undefined);
    expect(await problemOf(ann.open(LIMIT))).toBe("tokenRejected");
    ann.renewToken();
    expect(await (await ann.open(LIMIT)).page(0)).toEqual([]);
  });

  it("is rejected at once with a token that Sync rejects, however often, and works with another one", async () => {
    const ann = newBrowser("ann");
    getStandIn().sync.settings.rejectsTokens = true;
    expect(await problemOf(ann.open(LIMIT))).toBe("tokenRejected");
    expect(await problemOf(ann.open(LIMIT))).toBe("tokenRejected");
    getStandIn().sync.settings.rejectsTokens = false;
    ann.renewToken();
    expect(await (await ann.open(LIMIT)).page(0)).toEqual([]);
  });

  it("connects no earlier", async () => {
    newBrowser("ann");
    expect(getStandIn().syncConnections).toHaveLength(0);
  });
});

describe("access that is denied later", () => {
  it("closes the log when the subscription fails, which can be opened again once it is allowed", async () => {
    const ann = await open();
    getStandIn().sync.settings.deniesAccess = true;
    disconnectAll();
    await eventually(() => ann.events.length === 2);
    expect(ann.events).toEqual(["lost: disconnected", "closed: forbidden"]);
    getStandIn().sync.settings.deniesAccess = false;
    expect((await (await ann.open(LIMIT)).push({ n: 1 })).index).toBe(0);
  });
});

describe("a token", () => {
  it("that is renewed in time keeps the connection", async () => {
    const ann = await open();
    getStandIn().syncConnections.forEach((connection) => connection.announceExpiry());
    ann.renewToken();
    expect((await ann.log.push({ n: 1 })).index).toBe(0);
    expect(ann.events).toEqual([]);
  });

  it("that is rejected loses the log until the next one", async () => {
    const ann = await open();
    getStandIn().sync.settings.rejectsTokens = true;
    ann.renewToken();
    await eventually(() => ann.events.length > 0);
    expect(ann.events).toEqual(["lost: tokenRejected"]);
    expect(await problemOf(ann.log.push({ n: 1 }))).toBe("tokenRejected");
    getStandIn().sync.settings.rejectsTokens = false;
    ann.renewToken();
    await eventually(() => ann.events.includes("reconnected"));
    expect((await ann.log.push({ n: 1 })).index).toBe(0);
  });

  it.each([0, 1, 3, 10, 30])("that is valid replaces a rejected one %s ms after the loss", async (delayMs) => {
    const ann = await open();
    ann.setToken("rejected");
    await eventually(() => ann.events.includes("lost: tokenRejected"));
    await new Promise((resolve) => setTimeout(resolve, delayMs));
    ann.renewToken();
    await eventually(() => ann.events.includes("reconnected"));
    expect((await ann.log.push({ n: 1 })).index).toBe(0);
  });

  it("that was rejected is tried again later", async () => {
    const ann = await open();
    getStandIn().sync.settings.rejectsTokens = true;
    disconnectAll();
    await eventually(() => ann.events.includes("lost: tokenRejected"));
    getStandIn().sync.settings.rejectsTokens = false;
    ann.passTime();
    await eventually(() => ann.events.includes("reconnected"));
    expect((await ann.log.push({ n: 1 })).index).toBe(0);
  });

  it("that expired is replaced by the next one", async () => {
    const ann = await open();
    getStandIn().syncConnections.forEach((connection) => connection.expire());
    await eventually(() => ann.events.length > 0);
    ann.renewToken();
    await eventually(() => ann.events.includes("reconnected"));
    expect((await ann.log.push({ n: 1 })).index).toBe(0);
  });
});

describe("closing", () => {
  it("a log ends its events and keeps the connection", async () => {
    const [ann, bob] = [await open("ann"), await open("bob")];
    ann.log.close();
    await bob.log.push({ n: 1 });
    await bob.log.push({ n: 2 });
    expect(ann.items).toEqual([]);
    expect(getStandIn().syncConnections).toHaveLength(2);
    expect(await problemOf(ann.log.push({ n: 3 }))).toBe("failed");
  });

  it("the engine disconnects, and reports nothing", async () => {
    const ann = await open();
    ann.engine.close();
    await eventually(() => getStandIn().syncConnections.length === 0);
    expect(ann.events).toEqual([]);
  });
});
