/** What the components need of the rest of the plugin, handed to each of them. */

import type { ITask } from "@twilio/flex-ui";

import { Recorder } from "../record/recorder";
import { ReportSources } from "../record/report";
import { TextOf } from "../texts/texts";

export interface Services {
  readonly text: TextOf;
  /** Milliseconds on the throttle's clock. */
  readonly now: () => number;
  /** The agent does not want to wait until the pause ends. */
  readonly retryNow: () => void;
  /** The agent gives up a call that waits. @param id as the throttle's status names it. */
  readonly cancel: (id: number) => void;
  /** The customer's name as Flex shows it on the task of this chat. @param chat its channel's sid. */
  readonly customerOf: (chat: string) => string | undefined;
  /** Joins the chat of a task as Flex does when it is accepted, in its turn. */
  readonly joinAgain: (task: ITask) => void;
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
