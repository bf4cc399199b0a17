/** The page of one simulated agent: when it opens, how it holds up calls, and when it dies. */

import { AccountAnswer } from "../../testing/account";
import { Policy, World } from "./policies";
import { Scenario } from "./scenarios";

const MAX_HELD_UP_MS = 500;
const DIES_AFTER_MS = 500;
const OPENS_BEFORE_MS = 1000;

export interface AgentPageOptions {
  readonly scenario: Scenario;
  readonly policy: Policy;
  readonly world: Omit<World, "onDeath" | "request">;
  readonly request: () => Promise<AccountAnswer>;
  /** For what happens to the page. Not the policy's own source of randomness. */
  readonly random: () => number;
  /** When the agent first accepts a chat. */
  readonly firstMs: number;
}

export class AgentPage {
  readonly isDying: boolean;
  private isDead = false;
  private join: () => Promise<boolean> = async () => false;
  private readonly death: Promise<boolean>;
  private readonly deathListeners: (() => void)[] = [];

  constructor(private readonly options: AgentPageOptions) {
    const { scenario, world, firstMs, random } = options;
    const { dyingShare = 0, diesAfterMs = DIES_AFTER_MS, newcomerShare = 0, openingMs = 0 } = scenario;
    this.isDying = random() < dyingShare;
    const isNewcomer = world.index >= scenario.agents * (1 - newcomerShare);
    if (isNewcomer) world.clock.schedule(() => this.open(), firstMs - OPENS_BEFORE_MS);
    else if (openingMs > 0) world.clock.schedule(() => this.open(), random() * openingMs);
    else this.open();
    this.death = new Promise((resolve) => {
      if (this.isDying) world.clock.schedule(() => resolve(this.die()), firstMs + diesAfterMs);
    });
  }

  /** Joins one accepted chat. Resolves to whether it succeeded. */
  accept(): Promise<boolean> {
    return this.isDying ? Promise.race([this.join(), this.death]) : this.join();
  }

  private open(): void {
    const { policy, world, scenario } = this.options;
    const { heldUpShare = 0 } = scenario;
    const onDeath = (listener: () => void) => void this.deathListeners.push(listener);
    const request = this.isDying || heldUpShare > 0 ? () => this.send(heldUpShare) : this.options.request;
    this.join = policy.newAgent({ ...world, onDeath, request });
  }

  private async send(heldUpShare: number): Promise<AccountAnswer> {
    const { random, request, world } = this.options;
    if (this.isDead) return new Promise(() => undefined);
    if (random() < heldUpShare) await world.clock.sleep(random() * MAX_HELD_UP_MS);
    return request();
  }

  private die(): false {
    this.isDead = true;
    this.deathListeners.forEach((listener) => listener());
    return false;
  }
}

/** @returns the time of each agent's first accept. */
export function firstAccepts(acceptances: readonly { readonly atMs: number; readonly agent: number }[]): number[] {
  const firstMs: number[] = [];
  for (const { atMs, agent } of acceptances) firstMs[agent] = Math.min(atMs, firstMs[agent] ?? Infinity);
  return firstMs;
}
