import type * as Flex from "@twilio/flex-ui";

import type { DesktopStore } from "../desktop";
import { createTokens } from "./tokens";

function begin() {
  const listeners = new Set<() => void>();
  const session: { token?: string } = { token: "first" };
  const manager = {
    get user() {
      if (session.token === undefined) throw new TypeError("signed out");
      return { token: session.token };
    },
  } as Flex.Manager;
  const subscribe = (listener: () => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  const tokens = createTokens(manager, { subscribe } as unknown as DesktopStore);
  const dispatch = (token: string | undefined) => {
    session.token = token;
    listeners.forEach((listener) => listener());
  };
  return { tokens, dispatch, listeners };
}

test("notifies of each new token once, and of no other change of the store", () => {
  const { tokens, dispatch } = begin();
  const seen: unknown[] = [];
  tokens.onChange(() => seen.push(tokens.token()));
  dispatch("first");
  dispatch("second");
  dispatch("second");
  expect(seen).toEqual(["second"]);
});

test("has no token after the agent has signed out, and notifies when there is one again", () => {
  const { tokens, dispatch } = begin();
  const listener = jest.fn();
  tokens.onChange(listener);
  dispatch(undefined);
  expect(tokens.token()).toBeUndefined();
  expect(listener).not.toHaveBeenCalled();
  dispatch("second");
  expect(listener).toHaveBeenCalledTimes(1);
});

test("notifies no more after it is unsubscribed", () => {
  const { tokens, listeners } = begin();
  tokens.onChange(() => undefined)();
  expect(listeners.size).toBe(0);
});
