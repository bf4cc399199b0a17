import { Account } from "../account";
import { Gate } from "../gate";
import { TaskRouter, type WorkerEvent } from "./taskRouter";
import { tunnelledRest } from "./tunnelledRest";

function setUp() {
  const taskRouter = new TaskRouter(new Account());
  const gate = new Gate();
  const rest = tunnelledRest(taskRouter, gate);
  const told: string[] = [];
  taskRouter.on((event: WorkerEvent) => told.push(event.type));
  const worker = taskRouter.worker("ann");
  const reservation = taskRouter.offerTask(worker, "chat", { channelSid: "CH1" });
  const base = `Workspaces/${taskRouter.account.workspaceSid}`;
  const post = (path: string, params: Record<string, unknown>) =>
    rest({ path: `${base}/${path}`, method: "POST", params, agent: "ann" });
  const get = (path: string) => rest({ path: `${base}/${path}`, method: "GET", params: {}, agent: "ann" });
  const move = (status: string) =>
    post(`Workers/${worker.sid}/Reservations/${reservation.sid}`, { ReservationStatus: status });
  afterEach(() => taskRouter.close());
  return { taskRouter, gate, told, worker, reservation, post, get, move };
}

describe("a reservation", () => {
  const { told, reservation, worker, post, get, move } = setUp();

  it("goes from pending to completed, each step told as TaskRouter tells it", async () => {
    expect(await move("accepted")).toMatchObject({
      reservation_status: "accepted",
      task: { assignment_status: "assigned" },
    });
    expect(await get(`Workers/${worker.sid}/Reservations`)).toMatchObject({ total: 1 });
    await move("wrapping");
    await post(`Tasks/${reservation.task.sid}`, { AssignmentStatus: "completed", Reason: "done" });
    expect(told).toEqual([
      "reservation.created",
      "reservation.accepted",
      "reservation.wrapup",
      "reservation.completed",
    ]);
    expect(await get(`Workers/${worker.sid}/Reservations`)).toMatchObject({ total: 0 });
  });
});

describe("a reservation that ended from outside", () => {
  const { taskRouter, gate, reservation, move } = setUp();

  it("can no more be accepted", async () => {
    taskRouter.changeStatus(reservation, "canceled");
    await expect(move("accepted")).rejects.toMatchObject({ status: 400 });
    expect(gate.log).toMatchObject([{ operation: "taskrouter accept", status: 400, agent: "ann" }]);
  });
});

describe("an accept that meets a fault", () => {
  const { gate, reservation, move } = setUp();

  it("leaves the reservation pending", async () => {
    gate.fault("taskrouter accept", { kind: "500" }, 1);
    await expect(move("accepted")).rejects.toMatchObject({ status: 500 });
    expect(reservation.status).toBe("pending");
  });
});

describe("a reservation that nobody takes", () => {
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
  const { told, taskRouter, worker, post } = setUp();

  it("changes to another activity", async () => {
    const activity = (await import("./activities")).activitySid("Break");
    expect(await post(`Workers/${worker.sid}`, { ActivitySid: activity })).toMatchObject({
      activity_name: "Break",
      available: false,
    });
    expect(told).toContain("worker.activity.update");
    expect(taskRouter.worker("ann").activitySid).toBe(activity);
  });

  it("does not change to what is no activity", async () => {
    await expect(post(`Workers/${worker.sid}`, { ActivitySid: "WA0" })).rejects.toMatchObject({ status: 400 });
  });
});
