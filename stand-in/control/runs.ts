// The current run and the results of the last ones.

import type { StandIn } from "..";
import { readBudget } from "./budget";
import { Run, type RunConditions, type RunSummary } from "./run";

const KEPT_RUNS = 12;

export class Runs {
  private current: Run | undefined;
  private ended: RunSummary[] = [];
  private lastId = 0;

  constructor(private readonly standIn: StandIn) {
    standIn.account.on("memberAdded", (channel, member) => this.current?.recordMember(channel, member));
    standIn.gate.on((entry) => this.current?.recordCall(entry));
  }

  /** Ends the current run and cancels all open tasks of the account. */
  begin(isWithPlugin: boolean): Run {
    this.end();
    cancelTasks(this.standIn);
    this.lastId += 1;
    this.current = new Run(this.lastId, this.conditions(isWithPlugin), this.standIn);
    return this.current;
  }

  /** The current run if its conditions still apply; otherwise a new one. */
  continue(isWithPlugin: boolean): Run {
    const { current } = this;
    const conditions = JSON.stringify(this.conditions(isWithPlugin));
    return current && JSON.stringify(current.conditions) === conditions ? current : this.begin(isWithPlugin);
  }

  get currentSummary(): RunSummary | null {
    return this.current?.summary() ?? null;
  }

  /** Newest first. */
  list(): RunSummary[] {
    return this.current ? [this.current.summary(), ...this.ended] : this.ended;
  }

  clear(): void {
    this.current = undefined;
    this.ended = [];
  }

  private end(): void {
    if (this.current) this.ended = [this.current.summary(), ...this.ended].slice(0, KEPT_RUNS - 1);
    this.current = undefined;
  }

  private conditions(isWithPlugin: boolean): RunConditions {
    return {
      isWithPlugin,
      budget: isWithPlugin ? readBudget(this.standIn) : "off",
      joinLimit: this.standIn.gate.limit("POST /WebChannels/Users"),
    };
  }
}

/** As if all customers had left. Also removes tasks that an agent cannot finish. Returns their number. */
export function cancelTasks({ taskRouter }: Pick<StandIn, "taskRouter">, agent?: string): number {
  const workers = agent === undefined ? [...taskRouter.workers.values()] : [taskRouter.worker(agent)];
  const open = workers.flatMap((worker) => taskRouter.activeReservations(worker));
  for (const reservation of open) taskRouter.changeStatus(reservation, "canceled");
  return open.length;
}
