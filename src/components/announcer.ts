/**
 * What a screen reader hears. Flex renders its banners again whenever one of them changes, so a banner cannot know what
 * was announced already. A live region that is added together with its text is often not read.
 */

import type { Uninstall } from "../patch";

interface Announcement {
  /** Announced only when this differs from the last announcement; numbers in `text` may change silently. */
  readonly id: string;
  readonly text: string;
}

export class Announcer {
  private readonly latest = new Map<string, Announcement>();
  private onChange?: () => void;

  /** Replaces the announcement of a topic. */
  announce(topic: string, announcement: Announcement): void {
    if (this.latest.get(topic)?.id === announcement.id) return;
    this.latest.set(topic, announcement);
    this.onChange?.();
  }

  /** Ends a topic. Its next announcement is read again, even if it is equal. */
  forget(topic: string): void {
    if (this.latest.delete(topic)) this.onChange?.();
  }

  texts(): readonly { readonly key: string; readonly text: string }[] {
    return Array.from(this.latest, ([topic, { id, text }]) => ({ key: `${topic} ${id}`, text }));
  }

  /** Only one live region can subscribe. */
  subscribe(onChange: () => void): Uninstall {
    this.onChange = onChange;
    return () => (this.onChange = undefined);
  }
}
