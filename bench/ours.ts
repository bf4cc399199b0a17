/** This project's throttle as a library under test. */

import { CREATE_CHANNEL } from "../src/limits/limits";
import { createBrowserClock } from "../src/page/browserClock";
import { readSettings } from "../src/settings/readSettings";
import { tooManyIn } from "../testing/scene";
import { Throttle } from "../src/throttle/throttle";
import type { Peer } from "./peer";

export const OURS: Peer = {
  name: "flex-throttle",
  settings: "defaults",
  create(perSecond, clock = createBrowserClock()) {
    const { settings } = readSettings({
      limits: { [CREATE_CHANNEL]: { perSecond } },
      queue: { maxLength: 10_000_000, maxWaitSeconds: 86_400 },
    });
    const throttle = new Throttle({ settings, clock, random: Math.random });
    const call = { limits: [CREATE_CHANNEL], name: "bench" } as const;
    return (send) => throttle.run(call, send, tooManyIn);
  },
};
