/**
 * Intercepts Flex Actions: `AcceptTask` of chats, and every Action that the settings name, including Actions that other
 * plugins register later.
 *
 * A `before` listener, called ahead of all others, holds the invocation. Why not `replaceAction`:
 * docs/adr/0003-no-replace-action.md. `invokeAction` is patched to learn how an invocation ends, and to give its caller
 * the plugin's own error.
 */

import type { Actions, TaskHelper } from "@twilio/flex-ui";

import { hasOwn } from "../../helpers/hasOwn";
import { Interceptor, InterceptorContext } from "../../interceptor";
import { patchMethod } from "../../patch";
import type { Settings } from "../../settings/readSettings";
import type { DeferredListener } from "../../desktop";
import { Deferral, KeepForReload } from "../deferral/deferral";
import { ACCEPT_TASK } from "./acceptTask";
import { HeldInvocation } from "./heldInvocation";
import { Invocation, settleInvocation } from "./invocation";

export type FlexActions = typeof Actions;
type Emitter = ReturnType<FlexActions["addListener"]>;

interface FlexParts {
  readonly Actions: FlexActions;
  readonly TaskHelper: typeof TaskHelper;
}

export interface ActionsContext extends InterceptorContext {
  readonly settings: () => Settings;
  readonly onDeferred: DeferredListener;
  readonly keepForReload: KeepForReload;
}

export const installActions: Interceptor<FlexParts, ActionsContext> = (flex, context) => {
  const { Actions: actions, TaskHelper: helper } = flex;
  const { throttle, settings } = context;
  const deferral = new Deferral(context);
  /** The invocation whose listeners Flex calls now. */
  let current: Invocation | undefined;
  let originalInvoke: FlexActions["invokeAction"];

  const invoke = (invocation: Invocation, payload: unknown): Promise<unknown> => {
    const outer = current;
    current = invocation;
    try {
      listenTo(invocation.name);
      // Flex calls the listeners before its first `await`, so they see this invocation as the current one.
      return settleInvocation(originalInvoke.call(actions, invocation.name, payload), invocation, context);
    } finally {
      current = outer;
    }
  };

  const shared = { ...context, actions, helper, deferral, invoke };
  const removeListeners = new Map<string, () => void>();
  /** Called at each invocation, because the settings may name an Action at any time. */
  const listenTo = (name: string) => {
    if (removeListeners.has(name)) return;
    const onBefore = (payload: unknown, cancel: () => void): unknown => {
      const invocation = current?.name === name ? current : undefined;
      if (!invocation || throttle.mode === "off") {
        invocation?.granted?.release();
        return undefined;
      }
      return new HeldInvocation({ ...shared, invocation, payload, cancel }).start();
    };
    const event = `before${name}`;
    addFirstListener(actions, event, onBefore);
    removeListeners.set(name, () => actions.removeListener(event, onBefore));
  };

  const uninstallInvoke = patchMethod(actions, "invokeAction", (original) => {
    originalInvoke = original;
    return function invokeAction(this: FlexActions, name: string, payload?: unknown) {
      return isLimited(name, settings()) ? invoke({ name }, payload) : original.call(this, name, payload);
    };
  });
  return () => {
    uninstallInvoke();
    removeListeners.forEach((remove) => remove());
  };
};

function isLimited(name: string, { actions }: Settings): boolean {
  return name === ACCEPT_TASK || hasOwn(actions, name);
}

/** A listener of another plugin that throws keeps later ones from being called, so ours has to be the first. */
function addFirstListener(
  actions: FlexActions,
  event: string,
  listener: (payload: unknown, cancel: () => void) => unknown,
): void {
  // `addListener` returns the underlying emitter, which can also prepend.
  const emitter = actions.addListener(event, listener) as Emitter | undefined;
  if (typeof emitter?.prependListener !== "function") return;
  emitter.removeListener(event, listener);
  emitter.prependListener(event, listener);
}
