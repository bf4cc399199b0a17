/** Public: other plugins override, extend or hide a banner by its id. */
export const NotificationId = {
  RateLimited: "FlexThrottleRateLimited",
  Queued: "FlexThrottleQueued",
  Refused: "FlexThrottleRefused",
  Settings: "FlexThrottleSettings",
} as const;
