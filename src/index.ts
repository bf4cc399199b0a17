import { loadPlugin } from "@twilio/flex-plugin";

import ThrottlePlugin from "./ThrottlePlugin";

loadPlugin(ThrottlePlugin);
