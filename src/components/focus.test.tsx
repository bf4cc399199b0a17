import { render } from "@testing-library/react";
import React from "react";
import { Provider } from "react-redux";
import { createStore } from "redux";

import { selectThrottle } from "../state/selectors";
import { NAMESPACE } from "../state/slice";
import { servicesOf } from "../../testing/services";
import { Themed } from "../../testing/themed";
import { WaitingCalls } from "./header/WaitingCalls";
import { Joining } from "./task/Joining";

test.each([
  ["the badge in the header", <WaitingCalls key="1" services={servicesOf()} />],
  ["the button to join", <Joining key="2" services={servicesOf()} chat="CH1" />],
])("%s shows the focus, unlike Flex's own buttons", (_, element) => {
  const idle = selectThrottle({});
  const store = createStore(() => ({
    [NAMESPACE]: { ...idle, notJoined: ["CH1"], status: { ...idle.status, retrying: 1 } },
  }));
  const { container } = render(
    <Provider store={store}>
      <Themed>{element}</Themed>
    </Provider>,
  );
  const button = container.querySelector("button") as HTMLButtonElement;
  const outlines = () =>
    Array.from(document.styleSheets)
      .flatMap(({ cssRules }) => Array.from(cssRules) as CSSStyleRule[])
      // jsdom ignores specificity: look only for our rule, which overrides Flex's.
      .filter(({ selectorText = "" }) => selectorText.endsWith(" button:focus") && button.matches(selectorText))
      .map(({ style }) => style.outline);
  expect(outlines()).toEqual([]);
  button.focus();
  expect(outlines()).toEqual([expect.stringMatching(/^2px solid ./)]);
});
