/**
 * The types of what this plugin offers to other plugins. [plugin-authors.md](plugin-authors.md) says how to use it. There is
 * nothing to import.
 *
 * - The Action `AcquireThrottlePermit` takes a {@link PermitPayload} and resolves to a {@link PluginPermit}.
 * - A call that was not sent rejects with a {@link ThrottleError}.
 * - The Redux state at `store.getState()["flex-throttle"]` is a {@link ThrottleState}. Its fields may change with a minor
 *   version.
 * - `window.flexThrottle` is a {@link SupportHook}. Its `report()` returns a {@link Report}.
 *
 * This page is generated from the docstrings in the code, by `npm run api`.
 *
 * @module
 */

// Only for TypeDoc. The links above are those of docs/api.md, which has the types in this order.

export type { PermitPayload, PluginPermit } from "./flex/actions/pluginPermit";
export type { RateLimitId } from "./limits/limits";
export type { ThrottleError, ThrottleErrorName } from "./throttle/errors";

export type { ThrottleState } from "./state/slice";
export type { PublishedStatus, QueuedCallStatus } from "./state/publishedStatus";
export type { CoolDownCause } from "./throttle/tooManyRequests";
export type { DroppedCall, DropReason, News, UnreadDrop } from "./state/slice";
export type { SettingsProblem } from "./settings/readSettings";
export type { Message, MessageKey } from "./settings/messages";

export type { SupportHook } from "./page/supportHook";
export type { Report, ReportedBudget, ReportedEvent, ReportedHour, ReportedLimit } from "./record/report";
export type { LogOutcome } from "./record/eventLog";
export type { AccountBudgetHealth, AccountBudgetProblem, AccountLimitStatus } from "./throttle/accountBudget";
export type { LimitObservation, Observation } from "./record/observation";
export type { Suggestion } from "./record/suggestions";
export type { AccountSettings, Mode, OnBurst, RateSetting, Settings } from "./settings/readSettings";
export type { CustomRoute } from "./limits/routes";
