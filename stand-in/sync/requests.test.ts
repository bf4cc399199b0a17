import type { TwilsockConnection, UpstreamReply, UpstreamRequest } from "../twilsock/connection";
import { SyncStore, type SyncObject } from "./objects";
import type { ListService } from "./listService";
import { syncUpstream } from "./requests";

type Notification = {
  type: string;
  payload: { event_type: string; event: Record<string, unknown>; correlation_id?: number };
};

const noService: ListService = {
  purpose: "none",
  onSubscribe: () => undefined,
  push: () => Promise.reject(new Error("not expected")),
};

function setUp() {
  const store = new SyncStore();
  const notifications: Notification[] = [];
  const connection = {
    identity: "ann",
    notify: (type: string, payload: Notification["payload"]) => notifications.push({ type, payload }),
  } as unknown as TwilsockConnection;
  const upstream = syncUpstream(store, noService, () => []);
  const send = (
    method: string,
    path: string,
    params: Record<string, string> = {},
    body: object = {},
  ): Promise<UpstreamReply> =>
    upstream({
      host: "cds.us1.twilio.com",
      method,
      path,
      params,
      body: JSON.stringify(body),
      connection,
    } as UpstreamRequest);
  return { store, notifications, send };
}

function bodyOf<Body>(reply: UpstreamReply): Body {
  if (!("status" in reply)) throw new Error("Expected an HTTP reply");
  return reply.body as Body;
}

interface Page {
  items: { index: number }[];
  meta: { next_token: string | null };
}

async function indexesOfAllPages(
  send: ReturnType<typeof setUp>["send"],
  list: SyncObject,
  params: Record<string, string>,
): Promise<number[][]> {
  const pages: number[][] = [];
  let page = bodyOf<Page>(await send("GET", `/v3/Lists/${list.sid}/Items`, params));
  for (;;) {
    pages.push(page.items.map(({ index }) => index));
    if (page.meta.next_token === null) return pages;
    page = bodyOf<Page>(
      await send("GET", `/v3/Lists/${list.sid}/Items`, { PageToken: encodeURIComponent(page.meta.next_token) }),
    );
  }
}

describe("a list's items", () => {
  function listOfFive(): ReturnType<typeof setUp> & { list: SyncObject } {
    const parts = setUp();
    const list = parts.store.create("list");
    for (const index of [0, 1, 2, 3, 4]) list.setItem(String(index), `item ${index}`);
    return { ...parts, list };
  }

  it("are returned page by page in the requested order", async () => {
    const { list, send } = listOfFive();
    expect(await indexesOfAllPages(send, list, { PageSize: "2" })).toEqual([[0, 1], [2, 3], [4]]);
    expect(await indexesOfAllPages(send, list, { PageSize: "2", Order: "desc" })).toEqual([[4, 3], [2, 1], [0]]);
  });

  it("start at the requested index", async () => {
    const { list, send } = listOfFive();
    expect(await indexesOfAllPages(send, list, { From: "3" })).toEqual([[3, 4]]);
    expect(await indexesOfAllPages(send, list, { From: "1", Order: "desc" })).toEqual([[1, 0]]);
    expect(await indexesOfAllPages(send, list, { From: "9" })).toEqual([[]]);
  });

  it("name who added them, also after they were removed", async () => {
    const { store, send } = setUp();
    const list = store.create("list");
    list.addItem("by the service");
    const path = `/v3/Lists/${list.sid}/Items`;
    await send("POST", path, {}, { data: "by ann" });
    const { items } = bodyOf<{ items: object[] }>(await send("GET", path));
    expect(items).toMatchObject([{ created_by: "system" }, { created_by: "ann" }]);
    list.removeItem("1");
    expect(Object.fromEntries(list.creators)).toEqual({ 0: "system", 1: "ann" });
  });
});

describe("a subscription", () => {
  const subscribe = (sid: string, lastEventId: number) => ({
    action: "establish",
    correlation_id: 7,
    requests: [{ object_sid: sid, last_event_id: lastEventId }],
  });
  const nextTurn = () => new Promise((resolve) => setImmediate(resolve));

  it("replays missed events, is then established, and notifies of later changes", async () => {
    const { store, notifications, send } = setUp();
    const map = store.create("map");
    map.setItem("a", 1);
    map.setItem("b", 2);
    await send("POST", "/v4/Subscriptions", {}, subscribe(map.sid, 1));
    await nextTurn();
    map.setItem("a", 3);
    map.removeItem("b");
    expect(notifications.map(({ payload }) => payload.event_type)).toEqual([
      "map_item_added",
      "subscription_established",
      "map_item_updated",
      "map_item_removed",
    ]);
    expect(notifications[0]?.payload.event).toMatchObject({ item_key: "b", item_data: 2 });
    expect(notifications[1]?.payload).toMatchObject({
      correlation_id: 7,
      event: { object_sid: map.sid, last_event_id: 2 },
    });
  });

  it("notifies of nothing more after it is canceled", async () => {
    const { store, notifications, send } = setUp();
    const document = store.create("document");
    await send("POST", "/v4/Subscriptions", {}, subscribe(document.sid, 0));
    await nextTurn();
    await send("POST", "/v4/Subscriptions", {}, { ...subscribe(document.sid, 0), action: "cancel" });
    await nextTurn();
    document.setData({ changed: true });
    expect(notifications.map(({ payload }) => payload.event_type)).toEqual([
      "subscription_established",
      "subscription_canceled",
    ]);
  });
});

describe("an object", () => {
  it("is found by its name and its sid, but only under its own kind", async () => {
    const { store, send } = setUp();
    const map = store.ensure("map", "roster");
    for (const id of ["roster", map.sid])
      expect(await send("GET", `/v3/Maps/${id}`)).toMatchObject({ status: 200, body: { sid: map.sid } });
    expect(await send("GET", "/v3/Lists/roster")).toMatchObject({ status: 404 });
    expect(await send("GET", `/v3/Lists/${map.sid}`)).toMatchObject({ status: 404 });
  });

  it("cannot be created twice under one name", async () => {
    const { send } = setUp();
    expect(await send("POST", "/v3/Maps", {}, { unique_name: "one" })).toMatchObject({ status: 201 });
    expect(await send("POST", "/v3/Maps", {}, { unique_name: "one" })).toMatchObject({ status: 409 });
  });
});
