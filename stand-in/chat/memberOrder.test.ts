import { Account } from "../account";
import type { TwilsockConnection, UpstreamRequest } from "../twilsock/connection";
import { SyncStore } from "../sync/objects";
import { MemberOrder } from "./memberOrder";

const connection = { identity: "ann" } as TwilsockConnection;

function setUp(...members: string[]) {
  const account = new Account();
  const { sid } = account.createChannel({ createdBy: "system" });
  for (const identity of members) account.addMember(sid, identity);
  const store = new SyncStore();
  const list = store.create("list", `${sid}.messages`);
  const order = new MemberOrder(account, store);
  const request = (path: string) => ({ path, connection }) as UpstreamRequest;
  let isOpened = false;
  const opened = order.waitForMembers(request(`/v3/Lists/${list.sid}/Items`)).then(() => void (isOpened = true));
  const runPendingTurns = async () => {
    for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  };
  return { order, request, opened, runPendingTurns, isOpened: () => isOpened };
}

it("sends a channel's messages after the client has read the other members", async () => {
  const { order, runPendingTurns, isOpened } = setUp("ann", "customer-1", "bob");
  order.markRead(connection, "customer-1");
  order.markRead({ identity: "cleo" } as TwilsockConnection, "bob");
  await runPendingTurns();
  expect(isOpened()).toBe(false);
  order.markRead(connection, "bob");
  await runPendingTurns();
  expect(isOpened()).toBe(true);
});

it("sends the messages to a client that does not read the members, too", async () => {
  const { opened } = setUp("ann", "customer-1");
  await opened;
});

it.each(["/v3/Lists/another/Items", "/v3/Maps/CH1.roster", "/v3/Lists"])("lets %s pass at once", async (path) => {
  const { order, request } = setUp("ann", "customer-1");
  await order.waitForMembers(request(path));
});

it("sends the messages of a channel without other members at once", async () => {
  const { opened } = setUp("ann");
  await opened;
});
