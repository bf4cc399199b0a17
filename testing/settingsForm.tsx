/** Renders the settings form and queries it. Mock `formStyles` in the test: see `SettingsForm.test.tsx`. */

import { act, fireEvent, render, screen } from "@testing-library/react";
import React from "react";
import { Provider } from "react-redux";
import { createStore } from "redux";

import { SettingsForm } from "../src/components/form/SettingsForm";
import { AdminServices } from "../src/components/services";
import { selectThrottle } from "../src/state/selectors";
import { NAMESPACE } from "../src/state/slice";
import { servicesOf } from "./services";

/** Path of a setting that most tests edit. */
export const RATE_PATH = 'limits["POST /channels"].perSecond';

/** Opens the form in a new tab of the browser. @param written the live settings. */
export function openForm(written?: unknown, own: Partial<AdminServices> = {}) {
  sessionStorage.clear();
  let live = written;
  let services = { ...servicesOf(), account: "AC1", written: () => live, stored: () => live, ...own } as AdminServices;
  const store = createStore((_: unknown, action: { type: string }) => ({
    [NAMESPACE]: { ...selectThrottle({}), problems: [action] },
  }));
  const renderForm = () =>
    render(
      <Provider store={store}>
        <SettingsForm services={services} />
      </Provider>,
    );
  let rendered = renderForm();
  return {
    goLive: (next: unknown) =>
      act(() => {
        live = next;
        store.dispatch({ type: "settings read" });
      }),
    reopen: () => {
      rendered.unmount();
      rendered = renderForm();
    },
    /** Reloads the page. @param next the live settings by then. */
    reload: (next: unknown = live, account = "AC1") => {
      rendered.unmount();
      live = next;
      services = { ...services, account };
      rendered = renderForm();
    },
  };
}

export const getControl = (path: string) =>
  document.querySelector<HTMLInputElement>(`[name=${JSON.stringify(`flexThrottle.${path}`)}]`) as HTMLInputElement;
export const type = (element: HTMLElement, value: string) => fireEvent.change(element, { target: { value } });
export const press = (name: string) => fireEvent.click(screen.getByRole("button", { name }));
export const discardDraft = (answer: "Keep" | "Discard") => {
  press("Reset to the live settings");
  press(answer);
};
/** @param title in the form's language. @returns the settings to apply; undefined if none are offered. */
export const getJson = (title = "JSON to apply"): unknown => {
  const json = screen.queryByRole("region", { name: title })?.textContent;
  return json ? JSON.parse(json) : undefined;
};
export const getChanges = () =>
  Array.from(document.querySelectorAll(".changes tbody tr"), (row) =>
    Array.from(row.children, (cell) => cell.textContent),
  );
/** The number of problems, as the toolbar shows it. */
export const getStatus = () => screen.getAllByRole("status")[0].textContent;
/** What a screen reader reads after a control's name. */
export const getDescriptions = (element: HTMLElement) =>
  (element.getAttribute("aria-describedby") ?? "")
    .split(" ")
    .map((id) => document.getElementById(id)?.textContent ?? "")
    .filter(Boolean);
