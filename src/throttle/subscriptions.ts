import { tryTo } from "../helpers/tryTo";
import { ThrottleEvent } from "./throttleEvent";

/** The listeners of a throttle. A listener that throws is reported and cannot block the queue. */
export class Subscriptions<LimitId extends string> {
  private readonly changeListeners = new Set<() => void>();
  private readonly eventListeners = new Set<(event: ThrottleEvent<LimitId>) => void>();

  constructor(private readonly report: (error: unknown) => void) {}

  /** @returns unsubscribes. */
  onChange(listener: () => void): () => void {
    this.changeListeners.add(listener);
    return () => this.changeListeners.delete(listener);
  }

  /** @returns unsubscribes. */
  onEvent(listener: (event: ThrottleEvent<LimitId>) => void): () => void {
    this.eventListeners.add(listener);
    return () => this.eventListeners.delete(listener);
  }

  notifyChanged(): void {
    this.changeListeners.forEach((listener) => tryTo(listener, this.report));
  }

  emit(event: ThrottleEvent<LimitId>): void {
    this.eventListeners.forEach((listener) => tryTo(() => listener(event), this.report));
  }
}
