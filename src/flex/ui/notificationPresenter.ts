/**
 * Shows news as banners: one at a time, for seconds, and none while the agent has a task to accept. What lasts longer is
 * shown by the badge, its list and the tasks.
 */

import type { Notifications } from "@twilio/flex-ui";

import { Topic } from "../../components/banners/Banner";
import { NotificationId } from "../../components/banners/notificationId";
import { isLongWait } from "../../components/describeWaits";
import { Services } from "../../components/services";
import { isPageHidden } from "../../helpers/isPageHidden";
import { listen } from "../../helpers/listen";
import { installAll, Uninstall } from "../../patch";
import { selectQueuedCalls, selectThrottle, selectThrottled } from "../../state/selectors";
import { News, ThrottleAction, ThrottleState } from "../../state/slice";
import { JoinBurst } from "./joinBurst";

/** Shorter waits are not shown. */
const NOTICEABLE_MS = 1000;

/** How long a banner about a wait stays. */
const WAIT_SHOWN_MS = 10_000;

/** How long good news are shown. */
const NEWS_SHOWN_MS = 5000;

/** What a screen reader hears from each banner, the most important one first. */
const TOPICS: Readonly<Record<string, readonly Topic[]>> = {
  [NotificationId.Refused]: ["dropped"],
  [NotificationId.RateLimited]: ["limited"],
  [NotificationId.Queued]: ["queued", "news"],
  [NotificationId.Settings]: ["capacity", "settings"],
};
const IDS = Object.keys(TOPICS);

export interface PresenterOptions {
  readonly store: {
    getState(): unknown;
    dispatch(action: ThrottleAction): unknown;
    subscribe(listener: () => void): () => void;
  };
  readonly services: Services;
  readonly isAdmin: boolean;
  /** Whether the agent is offered a task. A banner would cover the button that accepts it. */
  readonly isOffered: () => boolean;
}

/** @returns dismisses every banner and shows none from then on. */
export function showNotifications(
  { Notifications: notifications }: { readonly Notifications: typeof Notifications },
  options: PresenterOptions,
): Uninstall {
  return new NotificationPresenter(notifications, options).start();
}

class NotificationPresenter {
  private state: ThrottleState;
  private isTaskOffered = false;
  /** Ids of the banners with something that the agent has not read. */
  private readonly fresh = new Set<string>();
  /** When the banners about waits become old. */
  private readonly endsAtMs = new Map<string, number>();
  /** The banners about the current wait that were shown. Each is shown once, and again when the wait is long. */
  private readonly noted = new Set<string>();
  private shown: string | undefined;
  private isUpdating = false;
  private readonly burst = new JoinBurst();
  private readonly readableSinceMs = new WeakMap<News, number>();
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly notifications: typeof Notifications,
    private readonly options: PresenterOptions,
  ) {
    this.state = selectThrottle(this.options.store.getState());
  }

  /** @returns dismisses every banner and shows none from then on. */
  start(): Uninstall {
    const { store, isOffered } = this.options;
    const uninstall = installAll([
      () => () => this.stop(),
      () => listen(document, ["visibilitychange"], this.update),
      () =>
        store.subscribe(() => {
          if (selectThrottle(store.getState()) !== this.state || isOffered() !== this.isTaskOffered) this.update();
        }),
    ]);
    this.update();
    return uninstall;
  }

  private stop(): void {
    clearTimeout(this.timer);
    IDS.forEach((id) => this.notifications.dismissNotificationById(id));
  }

  private readonly update = (): void => {
    // Another plugin may write to the store while a banner is shown.
    if (this.isUpdating) return;
    this.isUpdating = true;
    const before = this.state;
    this.state = selectThrottle(this.options.store.getState());
    this.isTaskOffered = this.options.isOffered();
    this.readClosed();
    this.noteWaits(this.state);
    this.noteDropped(before, this.state);
    this.noteSettings(before, this.state);
    this.show();
    this.forgetAnnouncements();
    this.isUpdating = false;
    this.reportNews();
    this.scheduleCheck();
  };

  /** What the agent, Flex's timeout or another plugin has closed counts as read. */
  private readClosed(): void {
    if (this.shown === undefined || this.isShown(this.shown)) return;
    this.endWait(this.shown);
    if (this.shown === NotificationId.Queued && this.state.news.length > 0) {
      this.options.store.dispatch({ type: "flex-throttle/NEWS_READ", news: this.state.news });
      this.state = selectThrottle(this.options.store.getState());
    }
    this.shown = undefined;
  }

  private noteWaits(state: ThrottleState): void {
    const nowMs = this.options.services.now();
    const isThrottled = selectThrottled(state.status) !== undefined;
    const isQueued = !isThrottled && hasNoticeableWait(state, nowMs);
    const isLong = isLongWait(state, nowMs);
    if (!isThrottled && state.status.waiting.length === 0) this.noted.clear();
    if (isThrottled) this.noteOnce("limited", NotificationId.RateLimited);
    if (isLong) this.noteOnce("long", NotificationId.RateLimited);
    if (isQueued) this.noteOnce("queued", NotificationId.Queued);
    if (!isThrottled) this.fresh.delete(NotificationId.RateLimited);
    if (hasNews(state)) this.fresh.add(NotificationId.Queued);
    else if (!isQueued) this.fresh.delete(NotificationId.Queued);
  }

  private noteOnce(reason: string, id: string): void {
    if (this.noted.has(reason)) return;
    this.noted.add(reason);
    this.fresh.add(id);
    this.endsAtMs.delete(id);
  }

  private noteDropped(before: ThrottleState, state: ThrottleState): void {
    if (state.droppedCount !== before.droppedCount) {
      this.fresh.add(NotificationId.Refused);
      // Shown again, so that it stays for the whole time.
      if (this.shown === NotificationId.Refused) this.dismiss();
    }
    if (state.unread.length === 0) this.fresh.delete(NotificationId.Refused);
  }

  private noteSettings(before: ThrottleState, state: ThrottleState): void {
    const { isNearlyFull } = state.status.capacity;
    const hasProblems = state.problems.length > 0;
    const haveProblemsChanged = state.problems !== before.problems;
    const hasNews = (isNearlyFull && !before.status.capacity.isNearlyFull) || (haveProblemsChanged && hasProblems);
    if (this.options.isAdmin && hasNews) this.fresh.add(NotificationId.Settings);
    if (haveProblemsChanged && !hasProblems && !isNearlyFull) this.fresh.delete(NotificationId.Settings);
  }

  private show(): void {
    const { isListOpen } = this.state;
    const nowMs = this.options.services.now();
    const hasEnded = (id: string) => (this.endsAtMs.get(id) ?? Infinity) <= nowMs;
    if (!isInUse() && !hasNews(this.state)) IDS.filter(hasEnded).forEach((id) => this.endWait(id));
    // The list says the same.
    if (isListOpen) IDS.filter((id) => id !== NotificationId.Settings).forEach((id) => this.endWait(id));
    const next = IDS.find((id) => this.fresh.has(id));
    if (next === undefined || isListOpen || this.isTaskOffered) return this.dismiss();
    // Flex's timeout would end in a hidden tab.
    if (isPageHidden()) return;
    if (isAboutWait(next) && !this.endsAtMs.has(next)) this.endsAtMs.set(next, nowMs + WAIT_SHOWN_MS);
    if (next === this.shown) return;
    this.dismiss();
    this.shown = next;
    if (isAboutWait(next)) this.burst.isNoticed = true;
    this.notifications.showNotification(next);
  }

  private endWait(id: string): void {
    this.fresh.delete(id);
    this.endsAtMs.delete(id);
  }

  private dismiss(): void {
    if (this.shown !== undefined) this.notifications.dismissNotificationById(this.shown);
    this.shown = undefined;
  }

  /** A screen reader hears a text again when its banner was gone meanwhile. */
  private forgetAnnouncements(): void {
    IDS.filter((id) => !this.isShown(id)).forEach((id) =>
      TOPICS[id].forEach((topic) => this.options.services.announcer.forget(topic)),
    );
  }

  /** Adds the end of a burst of joins to the news, and removes what the agent had time to read. */
  private reportNews(): void {
    const { store, services } = this.options;
    const nowMs = services.now();
    const isReadable = this.shown === NotificationId.Queued && !isPageHidden();
    const read = this.state.news.filter((news) => {
      if (isReadable && !this.readableSinceMs.has(news)) this.readableSinceMs.set(news, nowMs);
      return nowMs - (this.readableSinceMs.get(news) ?? Infinity) >= NEWS_SHOWN_MS;
    });
    const joined = this.burst.end(this.state, nowMs);
    if (read.length > 0) store.dispatch({ type: "flex-throttle/NEWS_READ", news: read });
    if (joined > 0) store.dispatch({ type: "flex-throttle/NEWS", news: { type: "joined", count: joined } });
  }

  /** A wait becomes noticeable or long, and a banner old, without a change of the state. */
  private scheduleCheck(): void {
    clearTimeout(this.timer);
    const { status } = this.state;
    const isNeeded = status.waiting.length > 0 || hasNews(this.state) || this.endsAtMs.size > 0 || this.burst.isRunning;
    this.timer = isNeeded ? setTimeout(this.update, NOTICEABLE_MS) : undefined;
  }

  private isShown(id: string): boolean {
    return this.notifications.activeNotifications.some((active) => active.id === id);
  }
}

const hasNews = ({ news }: ThrottleState) => news.length > 0;

const isAboutWait = (id: string) => id === NotificationId.RateLimited || id === NotificationId.Queued;

/** Whether the agent points at a banner, or has the focus in it. */
const isInUse = () => document.querySelector(".Twilio-NotificationBar:hover, .Twilio-NotificationBar :focus") !== null;

function hasNoticeableWait({ status }: ThrottleState, nowMs: number): boolean {
  const queued = selectQueuedCalls(status);
  const lastStartMs = Math.max(...queued.map(({ startMs }) => startMs));
  return queued.some(
    ({ waitingSinceMs }) => nowMs - waitingSinceMs > NOTICEABLE_MS || lastStartMs - waitingSinceMs > NOTICEABLE_MS,
  );
}
