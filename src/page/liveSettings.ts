/** The settings of the moment: Flex's configuration can change while it runs (`manager.updateConfig`). */

import { createRouteMatcher, RouteMatcher } from "../limits/routes";
import { readSettings, ReadSettings, Settings } from "../settings/readSettings";

export interface Configuration {
  readonly flexThrottle?: unknown;
  readonly chatOrchestrationServiceUrl?: string;
}

export class LiveSettings {
  private read!: ReadSettings;
  private matcher!: RouteMatcher;
  private seen: Configuration | undefined;
  private readAs = "";

  constructor(private readonly configuration: () => Configuration) {
    this.lookAgain();
  }

  get settings(): Settings {
    return this.read.settings;
  }

  /** What an admin has written, whatever it is. */
  get written(): unknown {
    return holdable(this.configuration().flexThrottle);
  }

  get problems(): ReadSettings["problems"] {
    return this.read.problems;
  }

  /** For calls that can only wait or be refused, and not be put off. */
  get onBurst(): "queue" | "reject" {
    return this.settings.onBurst === "reject" ? "reject" : "queue";
  }

  readonly match: RouteMatcher = (method, url) => this.matcher(method, url);

  /**
   * @param store is asked at each of its changes, which are many: Flex's configuration is a new object only when it changes.
   * @returns ends it.
   */
  watch(store: { subscribe(listener: () => void): () => void }, onChange: () => void): () => void {
    return store.subscribe(() => {
      if (this.lookAgain()) onChange();
    });
  }

  /** @returns whether anything that matters here is different. */
  private lookAgain(): boolean {
    const configuration = this.configuration();
    if (configuration === this.seen) return false;
    this.seen = configuration;
    const { chatOrchestrationServiceUrl } = configuration;
    const flexThrottle = holdable(configuration.flexThrottle);
    const written = JSON.stringify([flexThrottle, chatOrchestrationServiceUrl]);
    if (written === this.readAs) return false;
    this.readAs = written;
    this.read = readSettings(flexThrottle);
    this.matcher = createRouteMatcher(this.settings.routes, chatOrchestrationServiceUrl);
    return true;
  }
}

/** `appConfig.js` is a script: what JSON cannot hold, a BigInt or a cycle, gives way to the reason, which is no settings. */
function holdable(written: unknown): unknown {
  try {
    JSON.stringify(written);
    return written;
  } catch (reason) {
    return String(reason);
  }
}
