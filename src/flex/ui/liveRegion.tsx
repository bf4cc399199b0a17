/** Adds the live region to Flex's header, which is always rendered. */

import type { MainHeader } from "@twilio/flex-ui";
import React from "react";

import { Guard } from "../../components/guard";
import { LiveRegion } from "../../components/header/LiveRegion";
import { Services } from "../../components/services";
import type { Uninstall } from "../../patch";

export function installLiveRegion(
  { MainHeader: header }: { readonly MainHeader: typeof MainHeader },
  { announcer, report }: Services,
): Uninstall {
  return header.Content.add(
    <Guard key="flex-throttle-live-region" report={report}>
      <LiveRegion announcer={announcer} />
    </Guard>,
    { sortOrder: -1, align: "end" },
  );
}
