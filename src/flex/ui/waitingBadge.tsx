/** Adds the badge to Flex's header, to the left of Flex's own buttons. */

import type { MainHeader } from "@twilio/flex-ui";
import React from "react";

import { Guard } from "../../components/guard";
import { WaitingCalls } from "../../components/header/WaitingCalls";
import { Services } from "../../components/services";
import type { Uninstall } from "../../patch";

export function installWaitingBadge(
  { MainHeader: header }: { readonly MainHeader: typeof MainHeader },
  services: Services,
): Uninstall {
  return header.Content.add(
    <Guard key="flex-throttle-waiting" report={services.report}>
      <WaitingCalls services={services} />
    </Guard>,
    { sortOrder: -1, align: "end" },
  );
}
