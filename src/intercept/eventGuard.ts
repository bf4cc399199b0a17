/**
 * Observes the events of an XMLHttpRequest before the page's own handlers, and can keep events from them.
 *
 * Why two listeners per event, and why none on objects without handlers: docs/adr/0002-guard-xhr-events.md
 */

import { patchMethod, Uninstall } from "../patch";

/** Called with an event before the page's handlers. `stopImmediatePropagation` keeps the event from the page. */
export type EventObserver = (event: Event) => void;

export interface EventGuard {
  /** Observes events of this type on the target, even if the page has no handler for them. */
  observe(target: EventTarget, type: string): void;
  readonly uninstall: Uninstall;
}

const HANDLERS = ["loadstart", "progress", "load", "loadend", "error", "abort", "timeout"] as const;

export function installEventGuard(observer: EventObserver): EventGuard {
  const nativeAddListener = EventTarget.prototype.addEventListener;
  const observedTypes = new WeakMap<EventTarget, Set<string>>();
  const observedEvents = new WeakSet<Event>();
  const listener = (event: Event) => {
    if (observedEvents.has(event)) return;
    observedEvents.add(event);
    observer(event);
  };
  const observe = (target: EventTarget, type: string) => {
    const types = observedTypes.get(target) ?? new Set();
    if (types.has(type)) return;
    observedTypes.set(target, types.add(type));
    // Chromium calls listeners in the order of registration, other browsers capturing ones first.
    [true, false].forEach((isCapturing) => nativeAddListener.call(target, type, listener, isCapturing));
  };

  const uninstalls = [
    patchMethod(
      XMLHttpRequestEventTarget.prototype,
      "addEventListener",
      (original) =>
        function addEventListener(this: XMLHttpRequestEventTarget, type: string, ...rest: [EventListener]) {
          observe(this, type);
          original.call(this, type, ...rest);
        },
    ),
    ...HANDLERS.map((type) => patchHandler(XMLHttpRequestEventTarget.prototype, type, observe)),
    patchHandler(XMLHttpRequest.prototype, "readystatechange", observe),
  ];
  return { observe, uninstall: () => uninstalls.forEach((uninstall) => uninstall()) };
}

/** Observes before a handler that is set as a property, as in `xhr.onload = …`. */
function patchHandler(prototype: object, type: string, observe: EventGuard["observe"]): Uninstall {
  const name = `on${type}`;
  const native = Object.getOwnPropertyDescriptor(prototype, name);
  if (!native?.set) return () => undefined;
  const nativeSet = native.set;
  let isActive = true;
  const set = function setHandler(this: EventTarget, handler: unknown) {
    if (isActive) observe(this, type);
    nativeSet.call(this, handler);
  };
  Object.defineProperty(prototype, name, { ...native, set });
  return () => {
    isActive = false;
    if (Object.getOwnPropertyDescriptor(prototype, name)?.set === set) Object.defineProperty(prototype, name, native);
  };
}
