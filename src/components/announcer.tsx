/**
 * What a screen reader says, each thing once. Flex draws its banners anew whenever one comes or goes, so that nothing in
 * them can know what was heard already; and a region that comes with its text in it is often not heard at all.
 */

import type { MainHeader } from "@twilio/flex-ui";
import React from "react";

import type { Uninstall } from "../patch";
import { Guard } from "./guard";
import { Services } from "./services";

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

/** Seen by nobody, and read all the same. */
const HEARD_ONLY: React.CSSProperties = { position: "absolute", width: 1, height: 1, overflow: "hidden", clip: "rect(0 0 0 0)", whiteSpace: "nowrap" };

class LiveRegion extends React.Component<{ readonly announcer: Announcer }> {
  private unwatch?: Uninstall;

  componentDidMount(): void {
    this.unwatch = this.props.announcer.watch(() => this.forceUpdate());
  }

  componentWillUnmount(): void {
    this.unwatch?.();
  }

  render() {
    return (
      <div role="log" style={HEARD_ONLY}>
        {this.props.announcer.texts().map(({ key, text }) => (
          <p key={key}>{text}</p>
        ))}
      </div>
    );
  }
}

/** Into the header: it is always there. */
export function installAnnouncer({ MainHeader: header }: { readonly MainHeader: typeof MainHeader }, { announcer, report }: Services): Uninstall {
  return header.Content.add(
    <Guard key="flex-throttle-announcer" report={report}>
      <LiveRegion announcer={announcer} />
    </Guard>,
    { sortOrder: -1, align: "end" },
  );
}
