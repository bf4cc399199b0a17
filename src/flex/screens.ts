/** What agents, supervisors and admins see in Flex. */

import type * as Flex from "@twilio/flex-ui";

import type { AdminServices } from "../components/services";
import type { DesktopStore, Install } from "../desktop";
import { installLiveRegion } from "./ui/liveRegion";
import { showNotifications } from "./ui/notificationPresenter";
import { registerNotifications } from "./ui/notifications";
import { installTaskParts } from "./ui/taskParts";
import { installAdminView } from "./ui/adminView";
import { installWaitingBadge } from "./ui/waitingBadge";

export interface ScreenOptions {
  readonly store: DesktopStore;
  readonly services: AdminServices;
  readonly roles: readonly string[];
}

export function flexScreens(flex: typeof Flex, { store, services, roles }: ScreenOptions): readonly Install[] {
  const notifications = { store, services, isAdmin: roles.includes("admin") };
  const isStaff = roles.includes("admin") || roles.includes("supervisor");
  return [
    () => installLiveRegion(flex, services),
    () => {
      registerNotifications(flex, notifications);
      return showNotifications(flex, notifications);
    },
    () => installWaitingBadge(flex, services),
    () => installTaskParts(flex, { store, services }),
    ...(isStaff ? [() => installAdminView(flex, services)] : []),
  ];
}
