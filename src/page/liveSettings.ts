/** The settings in use. The desktop's configuration can change while the page is open. */

import { createRouteMatcher, RouteMatcher } from "../limits/routes";
import { limitDepth } from "../settings/entries";
import { readSettings, ReadSettings, Settings } from "../settings/readSettings";

/** The part of a desktop's configuration that is read. */
export interface DesktopConfiguration {
  /** The settings as an admin wrote them, of any type. */
  readonly settings?: unknown;
  /** The base URL at which the desktop adds agents to chats. */
  readonly orchestrationUrl?: string;
}

export class LiveSettings {
  private result!: ReadSettings;
  private matcher!: RouteMatcher;
  private lastConfiguration: DesktopConfiguration | undefined;
  private lastJson = "";

  /** @param configuration must return a new object after every change. */
  constructor(private readonly configuration: () => DesktopConfiguration) {
    this.refresh();
  }

  get settings(): Settings {
    return this.result.settings;
  }

  /** The settings as an admin wrote them, of any type. */
  get written(): unknown {
    return toSerializable(this.configuration().settings);
  }

  get problems(): ReadSettings["problems"] {
    return this.result.problems;
  }

  /** The over-limit policy for calls that cannot be deferred. */
  get onBurst(): "queue" | "reject" {
    return this.settings.onBurst === "reject" ? "reject" : "queue";
  }

  readonly match: RouteMatcher = (method, url) => this.matcher(method, url);

  /**
   * @param store notifies of many changes; the configuration is compared at each of them.
   * @returns ends it.
   */
  watch(store: { subscribe(listener: () => void): () => void }, onChange: () => void): () => void {
    return store.subscribe(() => {
      if (this.refresh()) onChange();
    });
  }

  /** @returns whether the settings or the routes have changed. */
  private refresh(): boolean {
    const configuration = this.configuration();
    if (configuration === this.lastConfiguration) return false;
    this.lastConfiguration = configuration;
    const { orchestrationUrl } = configuration;
    const written = toSerializable(configuration.settings);
    const json = JSON.stringify([written, orchestrationUrl]);
    if (json === this.lastJson) return false;
    this.lastJson = json;
    this.result = readSettings(written);
    this.matcher = createRouteMatcher(this.settings.routes, orchestrationUrl);
    return true;
  }
}

/** `appConfig.js` is a script, so its values may be a BigInt or contain a cycle. The error text is an invalid setting. */
function toSerializable(written: unknown): unknown {
  try {
    JSON.stringify(written);
    return limitDepth(written);
  } catch (reason) {
    // Nested too deeply for JSON.
    if (reason instanceof RangeError) return toSerializable(limitDepth(written));
    return String(reason);
  }
}
