import { Account } from "../account";
import { Gate } from "../gate";
import { TaskRouter, type WorkerEvent } from "./taskRouter";
import { TunnelledRest } from "./tunnelledRest";

function setUp() {
  const taskRouter = new TaskRouter(new Account());
  const gate = new Gate();
  const rest = new TunnelledRest(taskRouter, gate);
  const events: string[] = [];
  taskRouter.on((event: WorkerEvent) => events.push(event.type));
  const worker = taskRouter.worker("ann");
  const reservation = taskRouter.offerTask(worker, "chat", { channelSid: "CH1" });
  const base = `Workspaces/${taskRouter.account.workspaceSid}`;
  const post = (path: string, params: Record<string, unknown>) =>
    rest.handle({ path: `${base}/${path}`, method: "POST", params, agent: "ann" });
  const get = (path: string) => rest.handle({ path: `${base}/${path}`, method: "GET", params: {}, agent: "ann" });
  const move = (status: string) =>
    post(`Workers/${worker.sid}/Reservations/${reservation.sid}`, { ReservationStatus: status });
  afterEach(() => taskRouter.close());
  return { taskRouter, gate, events, worker, reservation, post, get, move };
}

describe("a reservation", () => {
  const { events, reservation, worker, post, get, move } = setUp();

  it("goes from pending to completed with TaskRouter's events", async () => {
    expect(await move("accepted")).toMatchObject({
      reservation_status: "accepted",
      task: { assignment_status: "assigned" },
    });
    expect(await get(`Workers/${worker.sid}/Reservations`)).toMatchObject({ total: 1 });
    await move("wrapping");
    await post(`Tasks/${reservation.task.sid}`, { AssignmentStatus: "completed", Reason: "done" });
    expect(events).toEqual([
      "reservation.created",
      "reservation.accepted",
      "reservation.wrapup",
      "reservation.completed",
    ]);
    expect(await get(`Workers/${worker.sid}/Reservations`)).toMatchObject({ total: 0 });
  });
});

describe("a canceled reservation", () => {
  const { taskRouter, gate, reservation, move } = setUp();

  it("cannot be accepted", async () => {
    taskRouter.changeStatus(reservation, "canceled");
    await expect(move("accepted")).rejects.toMatchObject({ status: 400 });
    expect(gate.log).toMatchObject([{ operation: "taskrouter accept", status: 400, agent: "ann" }]);
  });
});

describe("an accept with a fault", () => {
  const { gate, reservation, move } = setUp();

  it("leaves the reservation pending", async () => {
    gate.fault("taskrouter accept", { kind: "500" }, 1);
    await expect(move("accepted")).rejects.toMatchObject({ status: 500 });
    expect(reservation.status).toBe("pending");
  });
});

describe("a reservation that is not accepted", () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  it("times out", () => {
    const taskRouter = new TaskRouter(new Account());
    const reservation = taskRouter.offerTask(taskRouter.worker("ann"), "chat", {}, 15);
    jest.advanceTimersByTime(14_999);
    expect(reservation.status).toBe("pending");
    jest.advanceTimersByTime(1);
    expect(reservation.status).toBe("timeout");
  });
});

describe("a worker", () => {
  const { events, taskRouter, worker, post } = setUp();

  it("changes to another activity", async () => {
    const activity = (await import("./activities")).activitySid("Break");
    expect(await post(`Workers/${worker.sid}`, { ActivitySid: activity })).toMatchObject({
      activity_name: "Break",
      available: false,
    });
    expect(events).toContain("worker.activity.update");
    expect(taskRouter.worker("ann").activitySid).toBe(activity);
  });

  it("cannot change to an unknown activity", async () => {
    await expect(post(`Workers/${worker.sid}`, { ActivitySid: "WA0" })).rejects.toMatchObject({ status: 400 });
  });
});
