import * as FlexPlugin from "@twilio/flex-plugin";

import { RequestInterception } from "./intercept/requestInterception";
import ThrottlePlugin from "./ThrottlePlugin";

// Flex constructs the plugin when it is this plugin's turn. Scripts that run before that may capture `fetch`.
const requests = new RequestInterception(window);

class EarlyThrottlePlugin extends ThrottlePlugin {
  constructor() {
    super(requests);
  }
}

// The Twilio CLI builds no plugin whose text has not exactly one such call, with the dot.
FlexPlugin.loadPlugin(EarlyThrottlePlugin);
