/** Shows and dismisses the banners as the throttle's state changes; at most one per id. */

import type { Notifications } from "@twilio/flex-ui";

import { Topic } from "../../components/banners/Banner";
import { NotificationId } from "../../components/banners/notificationId";
import { Services } from "../../components/services";
import type { Uninstall } from "../../patch";
import { countThrottledCalls, selectQueuedCalls, selectThrottle } from "../../state/selectors";
import { DeferredAction, ThrottleAction, ThrottleState } from "../../state/slice";

/** Shorter waits are not shown. */
const NOTICEABLE_MS = 1000;

/** How long the banner reports a deferred Action that has run, from the moment the tab is visible. */
const DONE_SHOWN_MS = 5000;

/** What a screen reader hears from each banner. */
const TOPICS: Record<string, readonly Topic[]> = {
  [NotificationId.Queued]: ["queued", "done"],
  [NotificationId.RateLimited]: ["limited"],
  [NotificationId.Refused]: ["dropped"],
  [NotificationId.Settings]: ["capacity", "settings"],
};

export interface PresenterOptions {
  readonly store: {
    getState(): unknown;
    dispatch(action: ThrottleAction): unknown;
    subscribe(listener: () => void): () => void;
  };
  readonly services: Services;
  readonly isAdmin: boolean;
}

/** @returns dismisses every banner and shows none from then on. */
export function showNotifications(
  { Notifications: notifications }: { readonly Notifications: typeof Notifications },
  options: PresenterOptions,
): Uninstall {
  const presenter = new NotificationPresenter(notifications, options);
  presenter.start();
  return () => presenter.stop();
}

class NotificationPresenter {
  private state: ThrottleState;
  /** Ids with a current reason. A banner of these that is not shown was closed by the agent, and stays closed. */
  private readonly active = new Set<string>();
  /** When the agent could first read about a deferred Action. */
  private readonly readableSinceMs = new WeakMap<DeferredAction, number>();
  /** Whether a call was dropped while the tab was hidden. */
  private hasUnreadDrop = false;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private unsubscribe: () => void = () => undefined;

  constructor(
    private readonly notifications: typeof Notifications,
    private readonly options: PresenterOptions,
  ) {
    this.state = this.readState();
  }

  start(): void {
    document.addEventListener("visibilitychange", this.onVisibilityChange);
    this.unsubscribe = this.options.store.subscribe(() => {
      if (this.readState() !== this.state) this.update();
    });
    this.update();
  }

  stop(): void {
    this.unsubscribe();
    document.removeEventListener("visibilitychange", this.onVisibilityChange);
    if (this.timer !== undefined) clearTimeout(this.timer);
    Object.values(NotificationId).forEach((id) => this.dismiss(id));
  }

  private update(): void {
    const [before, state] = [this.state, this.readState()];
    // Set first: another plugin may write to the store while a banner is shown, which calls update again.
    this.state = state;
    this.showActive(NotificationId.RateLimited, countThrottledCalls(state.status).calls > 0);
    this.updateQueued(before, state);
    this.updateDropped(before, state);
    this.updateSettings(before, state);
    this.forgetAnnouncements();
    this.markReadable(state.done);
    this.scheduleCheck(state);
  }

  private updateQueued(before: ThrottleState, state: ThrottleState): void {
    // An Action that has run is news, even if the agent closed the banner about the wait.
    if (state.done.some((outcome) => !before.done.includes(outcome))) this.active.delete(NotificationId.Queued);
    this.showActive(NotificationId.Queued, hasNoticeableWait(state, this.now()) || state.done.length > 0);
  }

  private updateDropped(before: ThrottleState, state: ThrottleState): void {
    if (state.droppedCount !== before.droppedCount) {
      if (!this.isShown(NotificationId.Refused) && !this.hasUnreadDrop)
        this.options.store.dispatch({ type: "flex-throttle/DROPPED_READ", count: before.droppedCount });
      this.hasUnreadDrop = isHidden();
      this.showAgain(NotificationId.Refused);
    }
    // The join is being retried: its banner is out of date.
    const chat = state.dropped?.chat;
    if (chat !== undefined && before.notJoined.includes(chat) && !state.notJoined.includes(chat)) {
      this.hasUnreadDrop = false;
      this.dismiss(NotificationId.Refused);
    }
  }

  private updateSettings(before: ThrottleState, state: ThrottleState): void {
    const { isNearlyFull } = state.status.capacity;
    const haveProblemsChanged = state.problems !== before.problems;
    const hasProblems = state.problems.length > 0;
    if (haveProblemsChanged && !hasProblems && !isNearlyFull) this.dismiss(NotificationId.Settings);
    const hasNews = (isNearlyFull && !before.status.capacity.isNearlyFull) || (haveProblemsChanged && hasProblems);
    if (this.options.isAdmin && hasNews) this.showOnce(NotificationId.Settings);
  }

  /** A screen reader hears a text again when its banner was gone meanwhile. */
  private forgetAnnouncements(): void {
    Object.values(NotificationId)
      .filter((id) => !this.isShown(id))
      .forEach((id) => TOPICS[id].forEach((topic) => this.options.services.announcer.forget(topic)));
  }

  private markReadable(done: readonly DeferredAction[]): void {
    if (isHidden()) return;
    done
      .filter((outcome) => !this.readableSinceMs.has(outcome))
      .forEach((outcome) => this.readableSinceMs.set(outcome, this.now()));
  }

  /** A wait becomes noticeable, and an outcome old, without a change of the state. */
  private scheduleCheck({ status, done }: ThrottleState): void {
    if (this.timer !== undefined) clearTimeout(this.timer);
    const isNeeded = status.waiting.length > 0 || done.length > 0;
    this.timer = isNeeded ? setTimeout(this.check, NOTICEABLE_MS) : undefined;
  }

  private readonly check = (): void => {
    const outcomes = this.readState().done.filter(
      (outcome) => this.now() - (this.readableSinceMs.get(outcome) ?? Infinity) >= DONE_SHOWN_MS,
    );
    if (outcomes.length > 0) this.options.store.dispatch({ type: "flex-throttle/OUTCOMES_READ", outcomes });
    else this.update();
  };

  /** Flex removes the banner after its timeout, even while the tab is hidden. */
  private readonly onVisibilityChange = (): void => {
    if (!this.hasUnreadDrop || isHidden()) return;
    this.hasUnreadDrop = false;
    this.showAgain(NotificationId.Refused);
  };

  private showActive(id: string, isActive: boolean): void {
    if (!isActive) {
      this.active.delete(id);
      if (this.isShown(id)) this.dismiss(id);
    } else if (!this.active.has(id)) {
      this.active.add(id);
      this.showOnce(id);
    }
  }

  private showOnce(id: string): void {
    if (!this.isShown(id)) this.notifications.showNotification(id);
  }

  private showAgain(id: string): void {
    this.dismiss(id);
    this.notifications.showNotification(id);
  }

  private dismiss(id: string): void {
    this.notifications.dismissNotificationById(id);
  }

  private isShown(id: string): boolean {
    return this.notifications.activeNotifications.some((active) => active.id === id);
  }

  private readState(): ThrottleState {
    return selectThrottle(this.options.store.getState());
  }

  private now(): number {
    return this.options.services.now();
  }
}

const isHidden = () => document.visibilityState === "hidden";

function hasNoticeableWait({ status }: ThrottleState, nowMs: number): boolean {
  const queued = selectQueuedCalls(status);
  const lastStartMs = Math.max(...queued.map(({ startMs }) => startMs));
  return queued.some(
    ({ waitingSinceMs }) => nowMs - waitingSinceMs > NOTICEABLE_MS || lastStartMs - waitingSinceMs > NOTICEABLE_MS,
  );
}
