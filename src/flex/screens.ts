/** What agents, supervisors and admins see in Flex. */

import type * as Flex from "@twilio/flex-ui";

import type { AdminServices } from "../components/services";
import type { DesktopStore, Install } from "../desktop";
import { selectThrottle } from "../state/selectors";
import type { AgentTasks } from "./agentTasks";
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
  readonly tasks: AgentTasks;
}

export function flexScreens(flex: typeof Flex, { store, services, roles, tasks }: ScreenOptions): readonly Install[] {
  // A queued accept needs no further click.
  const accepted = () => selectThrottle(store.getState()).status.waiting.map(({ chat }) => chat);
  const isOffered = () => tasks.isOffered(accepted());
  const isStaff = roles.includes("admin") || roles.includes("supervisor");
  return [
    () => installLiveRegion(flex, services),
    () => {
      registerNotifications(flex, services);
      return showNotifications(flex, { store, services, isAdmin: roles.includes("admin"), isOffered });
    },
    () => installWaitingBadge(flex, services),
    () => installTaskParts(flex, { store, services }),
    ...(isStaff ? [() => installAdminView(flex, services)] : []),
  ];
}
