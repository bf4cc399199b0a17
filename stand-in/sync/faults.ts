// Sync's limits and faults. They apply to plugins' Sync clients only: Flex's own clients always get an ideal Sync.

import type { UpstreamReply } from "../twilsock/connection";
import { errorBody } from "../http";
import { RateMeter } from "./rateMeter";

/** Plain values, so that a test or the control page can change any of them at any time. */
export interface SyncSettings {
  /** Writes per second and object that Sync sustains. It allows ten seconds' worth at once. */
  writesPerSecond: number;
  /** Reads per second and object that Sync sustains. It allows ten seconds' worth at once. */
  readsPerSecond: number;
  /** Access control denies agents every object: 403 with code 54007. */
  deniesAccess: boolean;
  /** Rejects every token with 401. */
  rejectsTokens: boolean;
  /** Ends each new connection at once, as when Sync is down. Open connections stay. */
  refusesConnections: boolean;
  /** Receives everything, commits it, and sends nothing. */
  isSilent: boolean;
  /** Milliseconds that a request takes to Sync. */
  requestLatencyMs: number;
  /** Milliseconds that a reply takes from Sync. */
  replyLatencyMs: number;
  /** Milliseconds that an event takes from Sync. More than a reply: a writer gets the reply first. */
  eventLatencyMs: number;
  /** The share of events that come late by `lateEventMs`, from 0 to 1. */
  lateEventShare: number;
  lateEventMs: number;
  /** The share of events that never come, from 0 to 1. */
  lostEventShare: number;
  /** The SDK subscribes again after so many milliseconds without an event. */
  deliveryEstimateMs: number;
  /** Whether dates have milliseconds. */
  sendsMilliseconds: boolean;
}

const defaultSyncSettings: Readonly<SyncSettings> = {
  writesPerSecond: 20,
  readsPerSecond: 20,
  deniesAccess: false,
  rejectsTokens: false,
  refusesConnections: false,
  isSilent: false,
  requestLatencyMs: 0,
  replyLatencyMs: 0,
  eventLatencyMs: 0,
  lateEventShare: 0,
  lateEventMs: 2000,
  lostEventShare: 0,
  deliveryEstimateMs: 10_000,
  sendsMilliseconds: true,
};

/** What happens to the next write, before or after Sync commits it. */
export const writeFaults = [
  "429",
  "503 before commit",
  "503 after commit",
  "504 before commit",
  "504 after commit",
  "disconnect before commit",
  "disconnect after commit",
  "no reply",
] as const;
export type WriteFault = (typeof writeFaults)[number];

/** What happens to the next event of each subscriber's object. `swap`: it comes after the event that follows. */
export const eventFaults = ["lose", "swap"] as const;
export type EventFault = (typeof eventFaults)[number];

const MAX_ITEM_BYTES = 16 * 1024;

/** A client's connection, as far as faults need it. */
export interface FaultTarget {
  /** Whether a plugin's Sync client uses the connection. */
  readonly isPlugin?: boolean;
}

export class SyncFaults {
  readonly settings: SyncSettings = { ...defaultSyncSettings };
  private readonly plannedWrites: WriteFault[] = [];
  private readonly plannedEvents: EventFault[] = [];
  private readonly meters = new Map<string, RateMeter>();
  private readonly swapped = new Map<FaultTarget, () => void>();
  private readonly events = { late: 0, lost: 0 };

  /** Applies the fault to the next `times` writes. */
  planWrite(fault: WriteFault, times = 1): void {
    for (let time = 0; time < times; time += 1) this.plannedWrites.push(fault);
  }

  /** Applies the fault to the next `times` events. */
  planEvent(fault: EventFault, times = 1): void {
    for (let time = 0; time < times; time += 1) this.plannedEvents.push(fault);
  }

  /** Restores the default settings and cancels all planned faults. */
  reset(): void {
    Object.assign(this.settings, defaultSyncSettings);
    this.plannedWrites.length = 0;
    this.plannedEvents.length = 0;
    this.meters.clear();
  }

  get planned(): readonly string[] {
    return [...this.plannedWrites, ...this.plannedEvents];
  }

  takeWriteFault(): WriteFault | undefined {
    return this.plannedWrites.shift();
  }

  /** The error that a request on an object gets, if any. Counts the request. */
  refuse(sid: string, kind: "read" | "write", body: string): UpstreamReply | undefined {
    return this.settings.deniesAccess ? accessDenied : this.refuseExcess(sid, kind, body);
  }

  /** The same without access control, which does not apply to servers. */
  refuseExcess(sid: string, kind: "read" | "write", body: string): UpstreamReply | undefined {
    const bytes = kind === "write" ? dataBytes(body) : 0;
    if (bytes > MAX_ITEM_BYTES) return { status: 413, body: errorBody(413, 54006, "Request entity too large") };
    const perSecond = kind === "write" ? this.settings.writesPerSecond : this.settings.readsPerSecond;
    return this.meter(`${kind} ${sid}`).take(writeCost(bytes), perSecond) ? undefined : tooManyRequests;
  }

  /** Sends a notification after its latency, or never. */
  deliver(target: FaultTarget, send: () => void): void {
    if (!target.isPlugin) return send();
    if (!this.settings.isSilent) later(this.settings.eventLatencyMs, send);
  }

  /** Sends the event of a change as `deliver` does, unless it is to be late, lost or out of order. */
  deliverEvent(target: FaultTarget, send: () => void): void {
    if (!target.isPlugin) return send();
    const planned = this.plannedEvents.shift();
    if (planned === "lose" || this.isDue("lost", this.settings.lostEventShare)) return;
    const { eventLatencyMs, lateEventMs } = this.settings;
    const delayMs = eventLatencyMs + (this.isDue("late", this.settings.lateEventShare) ? lateEventMs : 0);
    later(delayMs, () => this.sendEvent(target, send, planned));
  }

  private sendEvent(target: FaultTarget, send: () => void, planned: EventFault | undefined): void {
    if (this.settings.isSilent) return;
    if (planned === "swap") return void this.swapped.set(target, send);
    send();
    this.swapped.get(target)?.();
    this.swapped.delete(target);
  }

  /** An ISO date, with milliseconds unless the settings say otherwise. */
  date(iso: string): string {
    return this.settings.sendsMilliseconds ? iso : iso.replace(/\.\d+Z$/, "Z");
  }

  private meter(name: string): RateMeter {
    const meter = this.meters.get(name) ?? new RateMeter();
    this.meters.set(name, meter);
    return meter;
  }

  /** Spreads a share evenly: 0.25 is every fourth event. */
  private isDue(kind: "late" | "lost", share: number): boolean {
    this.events[kind] += share;
    if (this.events[kind] < 1) return false;
    this.events[kind] -= 1;
    return true;
  }
}

const accessDenied: UpstreamReply = { status: 403, body: errorBody(403, 54007, "Insufficient permissions") };
export const tooManyRequests: UpstreamReply = { status: 429, body: errorBody(429, 54009, "Rate limit exceeded") };

/** Twilio limits objects above 1 KiB more strictly, down to a tenth at 10 KiB. */
function writeCost(bytes: number): number {
  return Math.min(10, Math.max(1, bytes / 1024));
}

function dataBytes(body: string): number {
  const { data } = JSON.parse(body || "{}") as { data?: unknown };
  return data === undefined ? 0 : Buffer.byteLength(JSON.stringify(data));
}

function later(delayMs: number, run: () => void): void {
  if (delayMs > 0) setTimeout(run, delayMs).unref();
  else run();
}
