/**
 * What a screen reader says, each thing once. Flex draws its banners anew whenever one comes or goes, so that nothing in
 * them can know what was heard already; and a region that comes with its text in it is often not heard at all.
 */

import type { Uninstall } from "../patch";

interface Announcement {
  readonly topic: string;
  readonly text: string;
}

export class Announcer {
  /** The latest of each thing that there is to tell. */
  private readonly latest = new Map<string, Announcement>();
  private onChange?: () => void;

  /** @param about what this is the latest of: said only where its topic is another than before. Numbers in it may go on unsaid. */
  say(about: string, { topic, text }: Announcement): void {
    if (this.latest.get(about)?.topic === topic) return;
    this.latest.set(about, { topic, text });
    this.onChange?.();
  }

  /** It is over: should it come again, it is news. */
  forget(about: string): void {
    if (this.latest.delete(about)) this.onChange?.();
  }

  texts(): readonly { readonly key: string; readonly text: string }[] {
    return Array.from(this.latest, ([about, { topic, text }]) => ({ key: `${about} ${topic}`, text }));
  }

  /** There is one region to say it. */
  watch(onChange: () => void): Uninstall {
    this.onChange = onChange;
    return () => (this.onChange = undefined);
  }
}
