import * as FlexPlugin from "@twilio/flex-plugin";

import ThrottlePlugin from "./ThrottlePlugin";

// The Twilio CLI builds no plugin whose text has not exactly one such call, with the dot.
FlexPlugin.loadPlugin(ThrottlePlugin);
