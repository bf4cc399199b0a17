/** What the components use of the rest of the plugin. */

import { Recorder } from "../record/recorder";
import { ReportSources } from "../record/report";
import { ThrottleAction } from "../state/slice";
import { TextOf } from "../texts/texts";
import type { Announcer } from "./announcer";

export interface Services {
  readonly text: TextOf;
  readonly announcer: Announcer;
  /** Milliseconds on the throttle's clock. */
  readonly now: () => number;
  /** Ends all cool-downs, on the agent's request. */
  readonly retryNow: () => void;
  /** Cancels a queued call. @param id from the throttle's status. @returns whether the call was still queued. */
  readonly cancel: (id: number) => boolean;
  /** The customer's name on the chat's task. @param chat channel sid. */
  readonly customerOf: (chat: string) => string | undefined;
  /** The admin's name for a Flex Action, or the Action's own name. */
  readonly labelOf: (action: string) => string;
  /** Makes a dropped call again. @param repeatId from the dropped call. */
  readonly sendAgain: (repeatId: number) => void;
  readonly dispatch: (action: ThrottleAction) => void;
  /** Queues the join again, as Flex does for an accepted task. @param chat channel sid. */
  readonly joinAgain: (chat: string) => void;
  /** Reports an error of the plugin itself. */
  readonly report: (error: unknown) => void;
}

/** What the view for admins and supervisors uses in addition. */
export interface AdminServices extends Services, ReportSources {
  readonly recorder: Recorder;
  /** The account's sid. */
  readonly account: string;
  /** The supported language in use. */
  readonly language: () => string;
  /** The settings as written, not validated. */
  readonly written: () => unknown;
  /** The settings in the Flex configuration only, where the command writes. */
  readonly stored: () => unknown;
}
