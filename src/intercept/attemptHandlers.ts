/**
 * The handlers that earlier patches of `open` and `send`, such as those of monitors, add to an XMLHttpRequest.
 *
 * Each attempt runs those patches again, so their handlers belong to one attempt: they get all its events, also those
 * that are hidden from the page, and are removed with it. See docs/adr/0002-guard-xhr-events.md.
 */

type Listener = EventListenerOrEventListenerObject | null;

interface AttemptHandler {
  readonly target: EventTarget;
  readonly type: string;
  readonly listener: Listener;
  readonly remove: () => void;
}

export class AttemptHandlers {
  private readonly handlers = new WeakMap<XMLHttpRequest, AttemptHandler[]>();
  /** The object on which earlier patches run now. */
  private current: { readonly xhr: XMLHttpRequest; readonly isRetry: boolean } | undefined;

  /** Runs a method that others may have patched. */
  run<T>(xhr: XMLHttpRequest, isRetry: boolean, method: () => T): T {
    const { current } = this;
    this.current = { xhr, isRetry };
    try {
      return method();
    } finally {
      this.current = current;
    }
  }

  /** Call this before handlers of the page run inside `run`. */
  leave(): void {
    this.current = undefined;
  }

  /** Whether earlier patches are using this object or its `upload`. */
  isRunning(target: EventTarget): boolean {
    const xhr = this.current?.xhr;
    return target === xhr || target === xhr?.upload;
  }

  /** Whether earlier patches are using this object or its `upload` for a further attempt. */
  isRetrying(target: EventTarget): boolean {
    return this.isRunning(target) && this.current?.isRetry === true;
  }

  /** Call this for every added handler; those of earlier patches are kept. @param remove removes it from its target. */
  add(target: EventTarget, type: string, listener: Listener, remove: () => void): void {
    if (!this.current || !this.isRunning(target)) return;
    const { xhr } = this.current;
    this.handlers.set(xhr, [...(this.handlers.get(xhr) ?? []), { target, type, listener, remove }]);
  }

  /** Passes on an event that is hidden from the page. */
  handle(xhr: XMLHttpRequest, event: Event): void {
    this.handlers.get(xhr)?.forEach(({ target, type, listener }) => {
      if (target === event.currentTarget && type === event.type) callListener(listener, event);
    });
  }

  /** Removes the handlers of an attempt whose request is sent again. */
  removeAll(xhr: XMLHttpRequest): void {
    const handlers = this.handlers.get(xhr) ?? [];
    this.forget(xhr);
    handlers.reverse().forEach(({ remove }) => remove());
  }

  /** Call this when the page opens the object: the handlers stay, as without the plugin. */
  forget(xhr: XMLHttpRequest): void {
    this.handlers.delete(xhr);
  }
}

function callListener(listener: Listener, event: Event): void {
  try {
    if (typeof listener === "function") listener.call(event.currentTarget as EventTarget, event);
    else listener?.handleEvent(event);
  } catch (error) {
    // As the browser does, which then continues with the next handler. `reportError` came with Safari 15.4.
    (window.reportError ?? console.error)(error);
  }
}
