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
  private current: XMLHttpRequest | undefined;
  private isRetry = false;

  /** Runs a method that others may have patched. */
  run<T>(xhr: XMLHttpRequest, isRetry: boolean, method: () => T): T {
    const { current, isRetry: wasRetry } = this;
    this.current = xhr;
    this.isRetry = isRetry;
    try {
      return method();
    } finally {
      this.current = current;
      this.isRetry = wasRetry;
    }
  }

  /** Call this before handlers of the page run inside `run`. */
  leave(): void {
    this.current = undefined;
  }

  /** Whether earlier patches are using this object or its `upload`. */
  isRunning(target: EventTarget): boolean {
    return this.current !== undefined && (target === this.current || target === this.current.upload);
  }

  /** Whether earlier patches are using this object or its `upload` for a further attempt. */
  isRetrying(target: EventTarget): boolean {
    return this.isRetry && this.isRunning(target);
  }

  /** Call this for a handler that is added while `isRunning`. @param remove removes it from its target. */
  add(target: EventTarget, type: string, listener: Listener, remove: () => void): void {
    if (!this.current) return;
    const handlers = this.handlers.get(this.current) ?? [];
    this.handlers.set(this.current, [...handlers, { target, type, listener, remove }]);
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
