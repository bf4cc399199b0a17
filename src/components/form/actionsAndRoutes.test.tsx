import { fireEvent, screen, within } from "@testing-library/react";

import { getControl, getDescriptions, getJson, getStatus, openForm, press, type } from "../../../testing/settingsForm";

// With the form's many style rules, jsdom takes seconds per query by role.
jest.mock("./formStyles", () => ({ FormRoot: "div" }));

describe("Flex Actions", () => {
  const nameBoxes = () => screen.getAllByRole("textbox", { name: "Flex Action" });
  const add = (name: string) => {
    type(nameBoxes()[nameBoxes().length - 1], name);
    press("Add a Flex Action");
  };

  test("can be added, edited and removed", () => {
    openForm();
    add("SendSms");
    const row = within(screen.getByRole("group", { name: "SendSms" }));
    expect(getControl("actions.SendSms.limits")).toHaveFocus();
    fireEvent.click(row.getByRole("checkbox", { name: "POST /channels" }));
    type(getControl("actions.SendSms.onBurst"), "defer");
    expect(getJson()).toEqual({ actions: { SendSms: { limits: ["POST /channels"], onBurst: "defer" } } });
    press("Remove SendSms");
    expect(getJson()).toBeUndefined();
  });

  test("are incomplete, not invalid, before the focus leaves them", () => {
    openForm();
    add("SendSms");
    const limits = getControl("actions.SendSms.limits");
    fireEvent.blur(limits, { relatedTarget: getControl("actions.SendSms.label") });
    expect(limits).toBeValid();
    expect(getStatus()).toBe("The new entry is not complete");
    expect(getJson()).toBeUndefined();
    fireEvent.blur(limits, { relatedTarget: getControl("mode") });
    expect(limits).toBeInvalid();
    expect(getDescriptions(limits)[0]).toBe("Select at least one limit.");
    expect(getStatus()).toBe("1 invalid entry");
  });

  test("keep their settings when renamed, and reject a name in use", () => {
    openForm({ actions: { SendSms: { limits: ["POST /channels"] }, X: { limits: ["GET /channels"] } } });
    const [, box] = nameBoxes();
    type(box, "SendSms");
    expect(getDescriptions(box)).toEqual(["This name is already in use."]);
    type(box, "SendSms2");
    fireEvent.blur(box);
    expect(getJson()).toEqual({
      actions: { SendSms: { limits: ["POST /channels"] }, SendSms2: { limits: ["GET /channels"] } },
    });
    type(nameBoxes()[1], "SendSms");
    fireEvent.blur(nameBoxes()[1]);
    expect(nameBoxes()[1]).toHaveValue("SendSms2");
  });

  test("cannot be added twice or without a name", () => {
    openForm({ actions: { SendSms: { limits: ["POST /channels"] } } });
    const button = screen.getByRole("button", { name: "Add a Flex Action" });
    expect(button).toBeDisabled();
    type(nameBoxes()[1], "SendSms");
    expect(button).toBeDisabled();
  });

  test("report a reserved name", () => {
    openForm();
    add("__proto__");
    expect(
      screen.getByText("flexThrottle.actions.__proto__ is a reserved name; expected a different name."),
    ).toBeInTheDocument();
    press("Remove flexThrottle.actions.__proto__");
    expect(getJson()).toBeUndefined();
  });
});

test("HTTP calls can be added, edited and removed", () => {
  openForm();
  press("Add an HTTP call");
  expect(getControl("routes[0].method")).toHaveFocus();
  fireEvent.blur(getControl("routes[0].method"), { relatedTarget: getControl("mode") });
  expect(getStatus()).toBe("3 invalid entries");
  type(getControl("routes[0].method"), "POST");
  type(getControl("routes[0].url"), "https://a.io/*");
  fireEvent.click(
    within(screen.getByRole("group", { name: "HTTP call 1" })).getByRole("checkbox", { name: "POST /WebChannels" }),
  );
  expect(getJson()).toEqual({ routes: [{ method: "POST", url: "https://a.io/*", limits: ["POST /WebChannels"] }] });
  press("Add an HTTP call");
  type(getControl("routes[1].url"), "https://b.io");
  press("Remove HTTP call 1");
  expect(getControl("routes[0].url")).toHaveValue("https://b.io");
  press("Remove HTTP call 1");
  expect(getJson()).toBeUndefined();
});
