// Sync objects: documents, lists and maps, with their change events and subscribers.

import { newSid } from "../sids";
import { SyncFaults, type FaultTarget } from "./faults";

export type Kind = "document" | "list" | "map";

export interface SyncItem {
  key: string;
  data: unknown;
  lastEventId: number;
  dateUpdated: string;
  dateExpires: string | null;
}

export interface SyncEvent {
  id: number;
  type: string;
  event: Record<string, unknown>;
}

export interface Subscriber extends FaultTarget {
  notify(messageType: string, payload: object): void;
}

const sidPrefixes: Record<Kind, string> = { document: "ET", list: "ES", map: "MP" };

/** Events to replay for late subscribers and after a lost connection. */
const keptEvents = 1000;

/** The longest delay of a timer. */
const MAX_TIMER_MS = 2 ** 31 - 1;

export class SyncObject {
  readonly sid: string;
  readonly items = new Map<string, SyncItem>();
  readonly subscribers = new Set<Subscriber>();
  readonly dateCreated = new Date().toISOString();
  dateUpdated = this.dateCreated;
  /** A document's data. */
  data: unknown = {};
  /** A list's context. */
  context: unknown = {};
  lastEventId = 0;
  dateExpires: string | null = null;
  private readonly events: SyncEvent[] = [];
  private readonly expirations = new Map<string, NodeJS.Timeout>();
  /** The index of the next item of a list. */
  nextIndex = 0;
  /** The identity that added each item, by its key. Removed items are included. */
  readonly creators = new Map<string, string>();

  constructor(
    readonly kind: Kind,
    readonly uniqueName: string | undefined,
    readonly purpose?: string,
    private readonly faults = new SyncFaults(),
  ) {
    this.sid = newSid(sidPrefixes[kind]);
  }

  setData(data: unknown): void {
    this.data = data;
    this.emit("document_updated", (id) => ({ document_revision: String(id), document_data: data }));
  }

  setContext(context: unknown): void {
    this.context = context;
    this.emit("list_context_updated", () => ({ context_data: context }));
  }

  /** Adds an item to a list. An index is never used again, even after its item was removed. */
  addItem(data: unknown, creator?: string): SyncItem {
    return this.setItem(String(this.nextIndex), data, creator);
  }

  /** Sets a map's key or a list's index. */
  setItem(key: string, data: unknown, creator = "system"): SyncItem {
    const known = this.items.get(key);
    if (!known) this.creators.set(key, creator);
    if (this.kind === "list") this.nextIndex = Math.max(this.nextIndex, Number(key) + 1);
    const dateExpires = known?.dateExpires ?? null;
    const id = this.emit(`${this.kind}_item_${known ? "updated" : "added"}`, (eventId) => ({
      ...this.itemField(key),
      item_url: this.itemUrl(key),
      item_revision: String(eventId),
      item_data: data,
      date_expires: dateExpires,
    }));
    const item: SyncItem = { key, data, lastEventId: id, dateUpdated: this.dateUpdated, dateExpires };
    this.items.set(key, item);
    return item;
  }

  /** Removes the item after this time. 0: never. Changes neither its data nor its revision. */
  setItemTtl(item: SyncItem, ttlSeconds: number): void {
    clearTimeout(this.expirations.get(item.key));
    this.expirations.delete(item.key);
    item.dateExpires = expiryDate(ttlSeconds);
    if (ttlSeconds > 0)
      this.expirations.set(
        item.key,
        runAfterTtl(ttlSeconds, () => this.removeItem(item.key)),
      );
  }

  removeItem(key: string): void {
    const item = this.items.get(key);
    if (!item) return;
    clearTimeout(this.expirations.get(key));
    this.expirations.delete(key);
    this.items.delete(key);
    this.emit(`${this.kind}_item_removed`, () => ({ ...this.itemField(key), item_data: item.data }));
  }

  /** Notifies the subscribers that the object was removed. */
  emitRemoved(): void {
    this.emit(`${this.kind}_removed`, () => ({}));
    this.subscribers.clear();
  }

  /** The events after the given one, as far as they are kept. */
  eventsAfter(id: number): SyncEvent[] {
    return this.events.filter((event) => event.id > id);
  }

  itemUrl(key: string): string {
    return `${this.url}/Items/${encodeURIComponent(key)}`;
  }

  get url(): string {
    const collection = { document: "Documents", list: "Lists", map: "Maps" }[this.kind];
    return `https://cds.us1.twilio.com/v3/${collection}/${this.sid}`;
  }

  private itemField(key: string): object {
    return this.kind === "list" ? { item_index: Number(key) } : { item_key: key };
  }

  private emit(type: string, detail: (id: number) => object): number {
    const id = (this.lastEventId += 1);
    this.dateUpdated = this.faults.date(new Date().toISOString());
    const event = {
      id,
      [`${this.kind}_sid`]: this.sid,
      date_created: this.dateUpdated,
      ...(this.kind === "document" ? {} : { [`${this.kind}_revision`]: String(id) }),
      ...detail(id),
    };
    this.events.push({ id, type, event });
    if (this.events.length > keptEvents) this.events.shift();
    const payload = { event_type: type, event_protocol_version: 3, event };
    for (const subscriber of this.subscribers)
      this.faults.deliverEvent(subscriber, () => subscriber.notify(`com.twilio.rtd.cds.${this.kind}`, payload));
    return id;
  }
}

/** All Sync objects of the account, by sid and by unique name. */
export class SyncStore {
  private readonly objects = new Map<string, SyncObject>();
  private readonly expirations = new Map<SyncObject, NodeJS.Timeout>();

  constructor(readonly faults = new SyncFaults()) {}

  create(kind: Kind, uniqueName?: string, purpose?: string): SyncObject {
    const object = new SyncObject(kind, uniqueName, purpose, this.faults);
    this.objects.set(object.sid, object);
    if (uniqueName) this.objects.set(nameKey(kind, uniqueName), object);
    return object;
  }

  find(kind: Kind, sidOrName: string): SyncObject | undefined {
    const object = this.objects.get(nameKey(kind, sidOrName)) ?? this.objects.get(sidOrName);
    return object?.kind === kind ? object : undefined;
  }

  bySid(sid: string): SyncObject | undefined {
    return this.objects.get(sid);
  }

  /** The names of all lists that have one. */
  get listNames(): string[] {
    const lists = Array.from(this.objects.values()).filter(({ kind }) => kind === "list");
    return Array.from(new Set(lists.flatMap(({ uniqueName }) => uniqueName ?? [])));
  }

  /** The object of that name, created on first use. */
  ensure(kind: Kind, uniqueName: string): SyncObject {
    return this.find(kind, uniqueName) ?? this.create(kind, uniqueName);
  }

  /** Removes the object after this time. 0: never. Does not change its data. */
  setTtl(object: SyncObject, ttlSeconds: number): void {
    clearTimeout(this.expirations.get(object));
    object.dateExpires = expiryDate(ttlSeconds);
    if (ttlSeconds > 0)
      this.expirations.set(
        object,
        runAfterTtl(ttlSeconds, () => this.remove(object)),
      );
  }

  remove(object: SyncObject): void {
    clearTimeout(this.expirations.get(object));
    this.expirations.delete(object);
    this.objects.delete(object.sid);
    if (object.uniqueName) this.objects.delete(nameKey(object.kind, object.uniqueName));
    object.emitRemoved();
  }

  /** Cancels all subscriptions of the subscriber. */
  unsubscribe(subscriber: Subscriber): void {
    for (const object of this.objects.values()) object.subscribers.delete(subscriber);
  }
}

function expiryDate(ttlSeconds: number): string | null {
  return ttlSeconds > 0 ? new Date(Date.now() + ttlSeconds * 1000).toISOString() : null;
}

function runAfterTtl(ttlSeconds: number, run: () => void): NodeJS.Timeout {
  return setTimeout(run, Math.min(ttlSeconds * 1000, MAX_TIMER_MS)).unref();
}

function nameKey(kind: Kind, name: string): string {
  return `${kind} ${name}`;
}
