/** Puts "Limits" into Flex's side navigation, with the page that it opens. For admins and supervisors. */

import type { Notifications, SideNav, View, ViewCollection } from "@twilio/flex-ui";
import { SideLink } from "@twilio/flex-ui";
import React from "react";

import { NotificationId } from "../banners/notificationId";
import { Guard } from "../guard";
import { AdminServices } from "../services";
import { Icon } from "./Icon";
import { Page } from "./Page";

/** Of the view; also its address below Flex's own. */
const NAME = "flex-throttle";

/** Behind Flex's own. */
const SORT_ORDER = 100;

interface FlexParts {
  readonly Actions: { invokeAction(name: string, payload: object): unknown };
  readonly Notifications: Pick<typeof Notifications, "dismissNotificationById">;
  readonly SideNav: typeof SideNav;
  readonly View: typeof View;
  readonly ViewCollection: typeof ViewCollection;
}

interface LinkProps {
  readonly services: AdminServices;
  readonly onClick: () => void;
  /** Flex gives these to what stands in its navigation. */
  readonly showLabel?: boolean;
  readonly activeView?: string;
}

function Link({ services: { text, report }, onClick, showLabel, activeView }: LinkProps) {
  const title = text("FlexThrottleViewTitle");
  const icon = <Icon name={showLabel ? undefined : title} />;
  return (
    <Guard report={report}>
      <SideLink showLabel={showLabel} icon={icon} iconActive={icon} isActive={activeView === NAME} onClick={onClick}>
        {title}
      </SideLink>
    </Guard>
  );
}

/** @returns takes both out again. */
export function installView(
  { Actions: actions, Notifications: notifications, SideNav: nav, View: FlexView, ViewCollection: views }: FlexParts,
  services: AdminServices,
): () => void {
  const open = () => void actions.invokeAction("NavigateToView", { viewName: NAME });
  // All that it says stands in the view, over which it would lie.
  const dismissBanner = () => notifications.dismissNotificationById(NotificationId.Settings);
  const removeLink = nav.Content.add(<Link key={NAME} services={services} onClick={open} />, { sortOrder: SORT_ORDER });
  const removeView = views.Content.add(
    <FlexView key={NAME} name={NAME}>
      <Guard key="page" report={services.report}>
        <Page services={services} onOpen={dismissBanner} />
      </Guard>
    </FlexView>,
  );
  return () => {
    removeLink();
    removeView();
  };
}
