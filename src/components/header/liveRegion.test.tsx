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
  const heard = () => Array.from(screen.getByRole("log").children, ({ textContent }) => textContent);
  const say = (about: string, topic: string, text: string) => act(() => services.announcer.say(about, { topic, text }));
  return { services, heard, say, unmount, uninstall };
}

test("the region is there before anything is said, since one that comes with its text is often not heard", () => {
  const { heard, unmount, uninstall } = install();
  expect(heard()).toEqual([]);
  unmount();
  uninstall();
});

test("each thing is said once for each topic; what is said of one leaves the others alone", () => {
  const { heard, say, services, unmount, uninstall } = install();
  say("queued", "joins", "2 chats wait, 3 s");
  const [first] = Array.from(screen.getByRole("log").children);
  say("queued", "joins", "2 chats wait, 2 s");
  say("limited", "joins", "Twilio is limiting");
  expect(heard()).toEqual(["2 chats wait, 3 s", "Twilio is limiting"]);
  expect(screen.getByRole("log").children[0]).toBe(first);
  say("queued", "calls", "1 request waits");
  expect(heard()).toEqual(["1 request waits", "Twilio is limiting"]);
  act(() => services.announcer.forget("queued"));
  say("queued", "calls", "1 request waits");
  expect(heard()).toEqual(["Twilio is limiting", "1 request waits"]);
  unmount();
  say("queued", "joins", "nobody listens");
  uninstall();
});
