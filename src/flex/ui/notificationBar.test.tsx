/** The banners in Flex's notification bar, which mounts all of them again when one is added or removed. */

import "@testing-library/jest-dom";
import { act, render, screen } from "@testing-library/react";
import * as Flex from "@twilio/flex-ui";
import React from "react";
import { Provider } from "react-redux";
import { createStore, StoreEnhancer } from "redux";

import { selectThrottle } from "../../state/selectors";
import { NAMESPACE, reduceThrottle, ThrottleAction } from "../../state/slice";
import { servicesOf } from "../../../testing/services";
import { dropStyles, Themed } from "../../../testing/themed";
import { showNotifications } from "./notificationPresenter";
import { registerNotifications } from "./notifications";

const LIMIT = "POST /channels";
const now = () => performance.now();

test("keeps the keyboard focus on the button, and announces nothing twice", () => {
  const store = createStore((state: object = {}) => state, Flex.flexStoreEnhancer as StoreEnhancer<object>);
  (store as unknown as { addReducer(namespace: string, reducer: unknown): void }).addReducer(NAMESPACE, reduceThrottle);
  const services = servicesOf({ now });
  const options = { store, services, isAdmin: false, isOffered: () => false };
  registerNotifications(Flex, services);
  const end = showNotifications(Flex, options);
  render(
    <Provider store={store}>
      <Themed>
        <Flex.NotificationBar />
      </Themed>
    </Provider>,
  );
  dropStyles();
  const dispatch = (action: ThrottleAction) => act(() => void store.dispatch(action));
  const call = {
    id: 1,
    name: "SendSms",
    purpose: "other" as const,
    limits: [LIMIT] as const,
    waitingSinceMs: now(),
    startMs: now() + 9000,
    expiresAtMs: Infinity,
    throttledCount: 1,
    proceedsWithoutPermit: false,
  };
  dispatch({
    type: "flex-throttle/STATUS_CHANGED",
    status: {
      ...selectThrottle({}).status,
      waiting: [call],
      retrying: 1,
      retryingLimits: [LIMIT],
      retryAtMs: now() + 9000,
    },
  });
  const button = () => screen.getByRole("button", { name: "Retry now" });
  const before = button();
  const announced = services.announcer.texts();
  expect(announced).toHaveLength(1);
  before.focus();

  Flex.Notifications.registerNotification({ id: "Other", type: Flex.NotificationType.error, content: "Other" });
  act(() => void Flex.Notifications.showNotification("Other"));
  dispatch({ type: "flex-throttle/SETTINGS_READ", problems: [] });
  expect(button()).not.toBe(before);
  expect(button()).toHaveFocus();
  expect(services.announcer.texts()).toEqual(announced);
  act(end);
});
