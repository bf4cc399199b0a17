import { Account, Refusal } from "./account";

function refusalOf(run: () => unknown): { status: number; code: number } {
  try {
    run();
  } catch (error) {
    if (error instanceof Refusal) return { status: error.status, code: error.code };
  }
  throw new Error("Expected a Refusal");
}

describe("the account", () => {
  it("adds a member once, and tells it once", () => {
    const account = new Account();
    const channel = account.createChannel({ createdBy: "system" });
    const told: string[] = [];
    account.on("memberAdded", (_channel, member) => told.push(member.identity));
    account.addMember(channel.sid, "ann");
    expect(refusalOf(() => account.addMember(channel.sid, "ann"))).toEqual({ status: 409, code: 50404 });
    expect(told).toEqual(["ann"]);
  });

  it("refuses a unique name that is taken", () => {
    const account = new Account();
    account.createChannel({ uniqueName: "room", createdBy: "ann" });
    expect(refusalOf(() => account.createChannel({ uniqueName: "room", createdBy: "bob" }))).toEqual({
      status: 409,
      code: 50307,
    });
  });

  it("shows a private channel only to those in it, invited to it, or who made it", () => {
    const account = new Account();
    const channel = account.createChannel({ type: "private", createdBy: "ann" });
    account.addMember(channel.sid, "bob");
    account.invite(channel.sid, "cleo");
    for (const identity of ["ann", "bob", "cleo"]) expect(account.visibleChannel(channel.sid, identity)).toBe(channel);
    expect(refusalOf(() => account.visibleChannel(channel.sid, "dan"))).toEqual({ status: 403, code: 50107 });
  });

  it("forgets an invitation once it was taken or declined", () => {
    const account = new Account();
    const channel = account.createChannel({ createdBy: "ann" });
    account.invite(channel.sid, "bob");
    account.invite(channel.sid, "cleo");
    account.addMember(channel.sid, "bob");
    account.declineInvitation(channel.sid, "cleo");
    expect(channel.invited.size).toBe(0);
  });

  it("goes on counting messages when one was removed", () => {
    const account = new Account();
    const { sid } = account.createChannel({ createdBy: "ann" });
    account.addMessage(sid, "ann", "one");
    account.addMessage(sid, "ann", "two");
    account.removeMessage(sid, 0);
    expect(account.addMessage(sid, "ann", "three").index).toBe(2);
  });

  it("knows no channel that was deleted", () => {
    const account = new Account();
    const { sid } = account.createChannel({ createdBy: "ann" });
    account.deleteChannel(sid);
    expect(refusalOf(() => account.channel(sid))).toEqual({ status: 404, code: 50300 });
  });
});
