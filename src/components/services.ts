/** What the components need of the rest of the plugin, handed to each of them. */

import { Recorder } from "../record/recorder";
import { ReportSources } from "../record/report";
import { TextOf } from "../texts/texts";
import type { Announcer } from "./announcer";

export interface Services {
  readonly text: TextOf;
  readonly announcer: Announcer;
  /** Milliseconds on the throttle's clock. */
  readonly now: () => number;
  /** The agent does not want to wait until the pause ends. */
  readonly retryNow: () => void;
  /** The agent gives up a call that waits. @param id as the throttle's status names it. @returns whether it was still waiting. */
  readonly cancel: (id: number) => boolean;
  /** The customer's name as Flex shows it on the task of this chat. @param chat its channel's sid. */
  readonly customerOf: (chat: string) => string | undefined;
  /** Joins it as Flex does when its task is accepted, in its turn. @param chat its channel's sid. */
  readonly joinAgain: (chat: string) => void;
  /** Told of a failure of the plugin itself. */
  readonly report: (error: unknown) => void;
}

/** What the view for admins and supervisors needs beyond that. */
export interface AdminServices extends Services, ReportSources {
  readonly recorder: Recorder;
  /** Which of our translations is read; also how numbers are written. */
  readonly language: () => string;
  /** What an admin has written, whatever it is. */
  readonly written: () => unknown;
  /** What of that stands in the Flex configuration, where the command writes. */
  readonly stored: () => unknown;
}
