/**
 * Observes the events of an XMLHttpRequest before the page's own handlers, and can keep events from them.
 *
 * Why two listeners per event, and why none on objects without handlers: docs/adr/0002-guard-xhr-events.md
 */

import { installAll, patchMethod, Uninstall } from "../patch";
import { AttemptHandlers } from "./attemptHandlers";

/** Called with an event before the page's handlers. `stopImmediatePropagation` keeps the event from the page. */
export type EventObserver = (event: Event) => void;

export interface EventGuard {
  /** Observes events of this type on the target, even if the page has no handler for them. */
  observe(target: EventTarget, type: string): void;
  /** Whether any event of the target is observed. */
  isObserved(target: EventTarget): boolean;
}

/** The events that an object shares with its `upload`. */
export const SHARED_EVENTS = ["loadstart", "progress", "load", "loadend", "error", "abort", "timeout"] as const;

export const READY_STATE_CHANGE = "readystatechange";

export function createEventGuard(observer: EventObserver): EventGuard {
  const nativeAddListener = EventTarget.prototype.addEventListener;
  const observedTargets = new WeakSet<EventTarget>();
  const observedEvents = new WeakSet<Event>();
  const listener = (event: Event) => {
    if (observedEvents.has(event)) return;
    observedEvents.add(event);
    observer(event);
  };
  return {
    observe: (target, type) => {
      observedTargets.add(target);
      // Chromium calls listeners in the order of registration, other browsers capturing ones first.
      // Each adds the same listener only once.
      [true, false].forEach((isCapturing) => nativeAddListener.call(target, type, listener, isCapturing));
    },
    isObserved: (target) => observedTargets.has(target),
  };
}

/** Makes the guard observe every event type for which a handler is added. */
export function installEventGuard(prototype: XMLHttpRequest, guard: EventGuard, attempts: AttemptHandlers): Uninstall {
  const shared = Object.getPrototypeOf(prototype) as XMLHttpRequestEventTarget;
  return installAll([
    () =>
      patchMethod(
        shared,
        "addEventListener",
        (original) =>
          function addEventListener(this: XMLHttpRequestEventTarget, type: string, ...rest: ListenerArguments) {
            guard.observe(this, type);
            original.call(this, type, ...(rest as [EventListener]));
            const [listener, options] = rest;
            attempts.add(this, type, listener, () => listener && this.removeEventListener(type, listener, options));
          },
      ),
    ...SHARED_EVENTS.map((type) => () => patchHandler(shared, type, guard, attempts)),
    () => patchHandler(prototype, READY_STATE_CHANGE, guard, attempts),
  ]);
}

type ListenerArguments = [EventListenerOrEventListenerObject | null, (boolean | AddEventListenerOptions)?];

/** Observes before a handler that is set as a property, as in `xhr.onload = …`. */
function patchHandler(prototype: object, type: string, guard: EventGuard, attempts: AttemptHandlers): Uninstall {
  const name = `on${type}`;
  const native = Object.getOwnPropertyDescriptor(prototype, name);
  if (!native?.set || !native.get) return () => undefined;
  const { get: nativeGet, set: nativeSet } = native;
  let isActive = true;
  // For a further attempt, the page's handlers are out of reach of earlier patches, which wrapped them already.
  const get = function getHandler(this: EventTarget): unknown {
    return isActive && attempts.isRetrying(this) ? null : nativeGet.call(this);
  };
  const set = function setHandler(this: EventTarget, handler: unknown) {
    if (isActive && attempts.isRetrying(this)) return this.addEventListener(type, handler as EventListener);
    if (isActive) guard.observe(this, type);
    const previous: unknown = nativeGet.call(this);
    nativeSet.call(this, handler);
    // The new handler usually calls the page's one, so hidden events are not for it.
    attempts.add(this, type, null, () => {
      if (nativeGet.call(this) === handler) nativeSet.call(this, previous);
    });
  };
  Object.defineProperty(prototype, name, { ...native, get, set });
  return () => {
    isActive = false;
    if (Object.getOwnPropertyDescriptor(prototype, name)?.set === set) Object.defineProperty(prototype, name, native);
  };
}
