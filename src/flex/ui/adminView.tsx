/** Adds the view "Limits" and its link to Flex's side navigation, for admins and supervisors. */

import type { Notifications, SideNav, View, ViewCollection } from "@twilio/flex-ui";
import { SideLink } from "@twilio/flex-ui";
import React from "react";

import { NotificationId } from "../../components/banners/notificationId";
import { Guard } from "../../components/guard";
import { AdminServices } from "../../components/services";
import { Icon } from "../../components/view/Icon";
import { Page } from "../../components/view/Page";
import type { Uninstall } from "../../patch";

/** Name of the view, and the last part of its URL. */
const VIEW_NAME = "flex-throttle";

/** Places the link below Flex's own. */
const SORT_ORDER = 100;

export interface NavigationActions {
  invokeAction(name: string, payload: object): unknown;
}

export const openAdminView = (actions: NavigationActions) =>
  void actions.invokeAction("NavigateToView", { viewName: VIEW_NAME });

interface FlexParts {
  readonly Actions: NavigationActions;
  readonly Notifications: Pick<typeof Notifications, "dismissNotificationById">;
  readonly SideNav: typeof SideNav;
  readonly View: typeof View;
  readonly ViewCollection: typeof ViewCollection;
}

interface NavigationLinkProps {
  readonly services: AdminServices;
  readonly onClick: () => void;
  /** Flex passes these props to the children of its navigation. */
  readonly showLabel?: boolean;
  readonly activeView?: string;
}

function NavigationLink({ services: { text, report }, onClick, showLabel, activeView }: NavigationLinkProps) {
  const title = text("Setting.limits.title");
  const icon = <Icon name={showLabel ? undefined : title} />;
  return (
    <Guard report={report}>
      <SideLink
        showLabel={showLabel}
        icon={icon}
        iconActive={icon}
        isActive={activeView === VIEW_NAME}
        onClick={onClick}
      >
        {title}
      </SideLink>
    </Guard>
  );
}

export function installAdminView(
  { Actions: actions, Notifications: notifications, SideNav: nav, View: FlexView, ViewCollection: views }: FlexParts,
  services: AdminServices,
): Uninstall {
  const open = () => openAdminView(actions);
  // The view shows the same problems.
  const dismissBanner = () => notifications.dismissNotificationById(NotificationId.Settings);
  const removeLink = nav.Content.add(<NavigationLink key={VIEW_NAME} services={services} onClick={open} />, {
    sortOrder: SORT_ORDER,
  });
  const removeView = views.Content.add(
    <FlexView key={VIEW_NAME} name={VIEW_NAME}>
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
