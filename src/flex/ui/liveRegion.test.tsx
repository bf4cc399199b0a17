import "@testing-library/jest-dom";
import { act, render, screen } from "@testing-library/react";
import * as Flex from "@twilio/flex-ui";
import React from "react";

import { servicesOf } from "../../../testing/services";
import { installLiveRegion } from "./liveRegion";

function install() {
  const services = servicesOf();
  const uninstall = installLiveRegion(Flex, services);
  const [added] = Flex.MainHeader.Content.fragments.slice(-1);
  const { unmount } = render(added.props.children as React.ReactElement);
  const announced = () => Array.from(screen.getByRole("log").children, ({ textContent }) => textContent);
  const announce = (topic: string, id: string, text: string) =>
    act(() => services.announcer.announce(topic, { id, text }));
  return { services, announced, announce, unmount, uninstall };
}

test("the region exists before the first announcement", () => {
  const { announced, unmount, uninstall } = install();
  expect(announced()).toEqual([]);
  unmount();
  uninstall();
});

test("announces a topic again only when its id changes, and leaves other topics alone", () => {
  const { announced, announce, services, unmount, uninstall } = install();
  announce("queued", "joins", "2 chats wait, 3 s");
  const [first] = Array.from(screen.getByRole("log").children);
  announce("queued", "joins", "2 chats wait, 2 s");
  announce("limited", "joins", "Twilio is limiting");
  expect(announced()).toEqual(["2 chats wait, 3 s", "Twilio is limiting"]);
  expect(screen.getByRole("log").children[0]).toBe(first);
  announce("queued", "calls", "1 request waits");
  expect(announced()).toEqual(["1 request waits", "Twilio is limiting"]);
  act(() => services.announcer.forget("queued"));
  announce("queued", "calls", "1 request waits");
  expect(announced()).toEqual(["Twilio is limiting", "1 request waits"]);
  unmount();
  announce("queued", "joins", "not rendered");
  uninstall();
});
