/** Intercepts all HTTP requests of a page. */

import { listen } from "../helpers/listen";
import { tryTo } from "../helpers/tryTo";
import type { Uninstall } from "../patch";
import { installFetch } from "./fetch";
import type { HttpGate } from "./httpGate";
import { installXhr } from "./xhr";
import { findXhrPrototype } from "./xhrPrototype";

/**
 * Patches the page's functions when it is created, so that scripts that run later cannot capture the unpatched ones.
 * Until `start`, all requests are sent unchanged.
 */
export class RequestInterception {
  private gate: HttpGate | undefined;
  private isLeaving = false;
  private uninstalls: Uninstall[] = [];

  constructor(page: Window & typeof globalThis) {
    // Requests made while the page is being left cannot wait.
    const getGate = () => (this.isLeaving ? undefined : this.gate);
    this.install("fetch", () => installFetch(page, getGate));
    this.install("XMLHttpRequest", () => installXhr(findXhrPrototype(page), getGate));
    this.install("pagehide", () => this.watchLeaving(page));
  }

  /** Sends limited requests through the gate from now on. @returns removes all patches. */
  start(gate: HttpGate): Uninstall {
    this.gate = gate;
    return () => this.uninstall();
  }

  uninstall(): void {
    this.uninstalls.splice(0).forEach((uninstall) => uninstall());
  }

  /** Runs while the script is evaluated, where an error would keep Flex from loading any plugin. */
  private install(name: string, install: () => Uninstall): void {
    const warn = (error: unknown) =>
      console.warn(`plugin-flex-throttle: requests made with ${name} are not paced.`, error);
    tryTo(() => this.uninstalls.push(install()), warn);
  }

  private watchLeaving(page: Window): Uninstall {
    // A page that was left can be shown again.
    return listen(page, ["pagehide", "pageshow"], ({ type }) => (this.isLeaving = type === "pagehide"), true);
  }
}
