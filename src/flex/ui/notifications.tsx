/** Registers the banners with Flex. */

import type { NotificationBar, Notifications, NotificationType } from "@twilio/flex-ui";
import React from "react";

import {
  DetailsLabel,
  DroppedBanner,
  QueuedBanner,
  RateLimitedBanner,
  RetryNowLabel,
  SettingsBanner,
} from "../../components/banners/Banner";
import { NotificationId } from "../../components/banners/notificationId";
import { Services } from "../../components/services";
import { NavigationActions, openAdminView } from "./adminView";
import { HeaderPlace } from "./headerPlace";

interface FlexParts {
  readonly Actions: NavigationActions;
  readonly Notifications: typeof Notifications;
  readonly NotificationType: typeof NotificationType;
  readonly NotificationBar: typeof NotificationBar;
}

/** Flex's value for a banner that stays until it is dismissed. */
const NO_TIMEOUT = 0;
const DROPPED_TIMEOUT_MS = 15_000;

export function registerNotifications(
  { Actions: actions, Notifications: notifications, NotificationType: type, NotificationBar: bar }: FlexParts,
  services: Services,
): void {
  // Flex's types allow only strings, but Flex renders elements too, also as labels of actions.
  const content = (element: React.ReactElement) => element as unknown as string;
  const inHeader = (element: React.ReactElement) => content(<HeaderPlace>{element}</HeaderPlace>);
  notifications.registerNotification({
    id: NotificationId.Queued,
    type: type.information,
    content: inHeader(<QueuedBanner services={services} />),
    timeout: NO_TIMEOUT,
  });
  notifications.registerNotification({
    id: NotificationId.RateLimited,
    type: type.warning,
    content: inHeader(<RateLimitedBanner services={services} />),
    timeout: NO_TIMEOUT,
    actions: [
      <bar.Action key="retry" label={content(<RetryNowLabel services={services} />)} onClick={services.retryNow} />,
    ],
  });
  notifications.registerNotification({
    id: NotificationId.Refused,
    type: type.error,
    content: inHeader(<DroppedBanner services={services} />),
    timeout: DROPPED_TIMEOUT_MS,
  });
  notifications.registerNotification({
    id: NotificationId.Settings,
    type: type.warning,
    content: inHeader(<SettingsBanner services={services} />),
    timeout: NO_TIMEOUT,
    actions: [
      <bar.Action
        key="details"
        label={content(<DetailsLabel services={services} />)}
        onClick={() => openAdminView(actions)}
      />,
    ],
  });
}
