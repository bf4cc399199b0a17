import { act, render } from "@testing-library/react";
import React from "react";
import { Provider } from "react-redux";
import { createStore } from "redux";

import { servicesOf } from "../../testing/services";
import { connected, tickingOnly, ticking } from "./live";

beforeEach(() => void jest.useFakeTimers("modern"));
afterEach(() => {
  jest.restoreAllMocks();
  jest.useRealTimers();
});

const pass = (ms: number) => act(() => void jest.advanceTimersByTime(ms));

test("countdowns that are mounted at different times agree, and share a timer until the last one is unmounted", () => {
  const [started, ended] = [jest.spyOn(window, "setInterval"), jest.spyOn(window, "clearInterval")];
  const second = () => <i>{Math.ceil((10_000 - performance.now()) / 1000)}</i>;
  const Banner = ticking(second);
  const List = tickingOnly(second);
  const startedAtMs = performance.now();
  const banner = render(<Banner />);
  pass(110);
  const list = render(<List />);
  while (performance.now() - startedAtMs < 5000) {
    pass(10);
    expect(list.container.textContent).toBe(banner.container.textContent);
  }
  expect(banner.container.textContent).toBe("5");
  banner.unmount();
  expect(ended).not.toHaveBeenCalled();
  list.unmount();
  expect(started).toHaveBeenCalledTimes(1);
  expect(ended).toHaveBeenCalledTimes(1);
});

test("a connected component that throws is removed and reported, and what surrounds it stays", () => {
  jest.spyOn(console, "error").mockImplementation(() => undefined);
  const failure = new Error("no");
  const Failing = connected(() => {
    throw failure;
  });
  const reports: unknown[] = [];
  const services = servicesOf({ report: (error) => reports.push(error) });
  const { container } = render(
    <Provider store={createStore(() => ({}))}>
      <div>
        <p>Flex</p>
        <Failing services={services} />
      </div>
    </Provider>,
  );
  expect(reports).toEqual([failure]);
  expect(container.textContent).toBe("Flex");
});
