import { Account, ApiError } from ".";

function catchApiError(run: () => unknown): { status: number; code: number } {
  try {
    run();
  } catch (error) {
    if (error instanceof ApiError) return { status: error.status, code: error.code };
  }
  throw new Error("Expected an ApiError");
}

describe("the account", () => {
  it("adds a member once and emits one event", () => {
    const account = new Account();
    const channel = account.createChannel({ createdBy: "system" });
    const added: string[] = [];
    account.on("memberAdded", (_channel, member) => added.push(member.identity));
    account.addMember(channel.sid, "ann");
    expect(catchApiError(() => account.addMember(channel.sid, "ann"))).toEqual({ status: 409, code: 50404 });
    expect(added).toEqual(["ann"]);
  });

  it("answers 409 for a unique name that is in use", () => {
    const account = new Account();
    account.createChannel({ uniqueName: "room", createdBy: "ann" });
    expect(catchApiError(() => account.createChannel({ uniqueName: "room", createdBy: "bob" }))).toEqual({
      status: 409,
      code: 50307,
    });
  });

  it("shows a private channel only to its members, invited users and creator", () => {
    const account = new Account();
    const channel = account.createChannel({ type: "private", createdBy: "ann" });
    account.addMember(channel.sid, "bob");
    account.invite(channel.sid, "cleo");
    for (const identity of ["ann", "bob", "cleo"]) expect(account.visibleChannel(channel.sid, identity)).toBe(channel);
    expect(catchApiError(() => account.visibleChannel(channel.sid, "dan"))).toEqual({ status: 403, code: 50107 });
  });

  it("removes an invitation that was accepted or declined", () => {
    const account = new Account();
    const channel = account.createChannel({ createdBy: "ann" });
    account.invite(channel.sid, "bob");
    account.invite(channel.sid, "cleo");
    account.addMember(channel.sid, "bob");
    account.declineInvitation(channel.sid, "cleo");
    expect(channel.invited.size).toBe(0);
  });

  it("does not reuse a message index after a message was removed", () => {
    const account = new Account();
    const { sid } = account.createChannel({ createdBy: "ann" });
    account.addMessage(sid, "ann", "one");
    account.addMessage(sid, "ann", "two");
    account.removeMessage(sid, 0);
    expect(account.addMessage(sid, "ann", "three").index).toBe(2);
  });

  it("does not find a deleted channel", () => {
    const account = new Account();
    const { sid } = account.createChannel({ createdBy: "ann" });
    account.deleteChannel(sid);
    expect(catchApiError(() => account.channel(sid))).toEqual({ status: 404, code: 50300 });
  });
});
