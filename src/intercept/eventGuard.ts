/**
 * Sees the events of an XMLHttpRequest before the page's own handlers do, and can keep them from them.
 *
 * Listeners of such objects are called in the order of their registration: in Chromium capturing or not, elsewhere the
 * capturing ones first. So whenever the page sets its first handler for an event, two listeners of the guard are put
 * before it, one of each kind; whichever is called first is told. Objects without handlers stay as they are: a
 * listener on `upload` would make the browser ask the server's leave (a preflight) for a request that needs none.
 */

import { patchMethod, Uninstall } from "../patch";

/** Gets an event before the page does; `stopImmediatePropagation` keeps it from the page. */
export type Watch = (event: Event) => void;

export interface EventGuard {
  /** Makes sure that the guard is told of this event, whether or not the page listens. */
  listen(target: EventTarget, type: string): void;
  readonly uninstall: Uninstall;
}

const HANDLERS = ["loadstart", "progress", "load", "loadend", "error", "abort", "timeout"] as const;

export function installEventGuard(watch: Watch): EventGuard {
  const nativeListen = EventTarget.prototype.addEventListener;
  const guarded = new WeakMap<EventTarget, Set<string>>();
  const told = new WeakSet<Event>();
  const tell = (event: Event) => {
    if (told.has(event)) return;
    told.add(event);
    watch(event);
  };
  const listen = (target: EventTarget, type: string) => {
    const types = guarded.get(target) ?? new Set();
    if (types.has(type)) return;
    guarded.set(target, types.add(type));
    [true, false].forEach((isCapturing) => nativeListen.call(target, type, tell, isCapturing));
  };

  const uninstalls = [
    patchMethod(
      XMLHttpRequestEventTarget.prototype,
      "addEventListener",
      (original) =>
        function addEventListener(this: XMLHttpRequestEventTarget, type: string, ...rest: [EventListener]) {
          listen(this, type);
          original.call(this, type, ...rest);
        },
    ),
    ...HANDLERS.map((type) => patchHandler(XMLHttpRequestEventTarget.prototype, type, listen)),
    patchHandler(XMLHttpRequest.prototype, "readystatechange", listen),
  ];
  return { listen, uninstall: () => uninstalls.forEach((uninstall) => uninstall()) };
}

/** Puts the guard before a handler that is set as a property, `xhr.onload = …`. */
function patchHandler(prototype: object, type: string, listen: EventGuard["listen"]): Uninstall {
  const name = `on${type}`;
  const native = Object.getOwnPropertyDescriptor(prototype, name);
  if (!native?.set) return () => undefined;
  const nativeSet = native.set;
  let isActive = true;
  const set = function setHandler(this: EventTarget, handler: unknown) {
    if (isActive) listen(this, type);
    nativeSet.call(this, handler);
  };
  Object.defineProperty(prototype, name, { ...native, set });
  return () => {
    isActive = false;
    if (Object.getOwnPropertyDescriptor(prototype, name)?.set === set) Object.defineProperty(prototype, name, native);
  };
}
