/** Puts the badge into Flex's main header, left of its own buttons. */

import type { MainHeader } from "@twilio/flex-ui";
import React from "react";

import type { Uninstall } from "../../patch";
import { Guard } from "../guard";
import { Services } from "../services";
import { WaitingCalls } from "./WaitingCalls";

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
