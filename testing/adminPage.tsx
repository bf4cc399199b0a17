/** Renders the admin view's page over a real throttle on a virtual clock. The page's timers run only by `poll()`. */

import { act, render, RenderResult, screen, within } from "@testing-library/react";
import React from "react";
import { Provider } from "react-redux";
import { createStore } from "redux";

import { AdminServices } from "../src/components/services";
import { Page } from "../src/components/view/Page";
import { RateLimitId } from "../src/limits/limits";
import { INITIAL_STATE, NAMESPACE } from "../src/state/slice";
import { AdminScene, newAdminScene } from "./adminServices";
import { Themed } from "./themed";

export class AdminPage {
  scene!: AdminScene;
  /** Callbacks of the page's running timers. */
  readonly timers = new Set<() => void>();
  /** Keys of the texts rendered since the last `poll()`: shows what was rendered. */
  renderedTexts: string[] = [];

  open(settings: object = {}, own: Partial<AdminServices> = {}): RenderResult {
    this.scene = newAdminScene({ settings, random: () => 0.5 });
    const services = { ...this.scene.services, ...own };
    const text: AdminServices["text"] = (key, values) => {
      this.renderedTexts.push(key);
      return services.text(key, values);
    };
    return renderPage({ ...services, text });
  }

  /** Runs the page's timers once. @returns the keys of the texts rendered. */
  poll(): string[] {
    this.renderedTexts = [];
    act(() => this.timers.forEach((callback) => callback()));
    return this.renderedTexts;
  }

  async advance(ms: number): Promise<void> {
    await this.scene.clock.run(this.scene.clock.now() + ms);
  }

  async send(count: number, limit: RateLimitId): Promise<void> {
    const { clock, send } = this.scene;
    await clock.until(Promise.all(Array.from({ length: count }, () => send({ limits: [limit] }))));
  }
}

/** Call this at the top of a test file. */
export function useAdminPage(): AdminPage {
  const page = new AdminPage();
  beforeEach(() => {
    page.timers.clear();
    page.renderedTexts = [];
    jest.spyOn(window, "setInterval").mockImplementation(((callback: () => void) => {
      page.timers.add(callback);
      return callback;
    }) as unknown as typeof setInterval);
    jest
      .spyOn(window, "clearInterval")
      .mockImplementation((callback) => void page.timers.delete(callback as unknown as () => void));
  });
  afterEach(() => void jest.restoreAllMocks());
  return page;
}

export function renderPage(services: AdminServices): RenderResult {
  const store = createStore(() => ({ [NAMESPACE]: INITIAL_STATE }));
  return render(
    <Provider store={store}>
      <Themed>
        <Page services={services} onOpen={() => undefined} />
      </Themed>
    </Provider>,
  );
}

// Not by role: jsdom evaluates all of Flex's styles for that, which takes seconds per query. The e2e tests query by role.
export const getTable = (name: string) =>
  screen.getByLabelText(name, { selector: "[role=region]" }).querySelector("table") as HTMLTableElement;
export const getButton = (name: string) => screen.getByText(name, { selector: "button" });
export const getCells = (tableName: string, rowName: string) => {
  const header = within(getTable(tableName)).getByText(rowName, { selector: "th[scope=row]" });
  return Array.from((header.parentElement as HTMLElement).querySelectorAll("td"), (cell) => cell.textContent);
};
