import { installWakeUps } from "./wakeUps";

const EVENTS: [string, EventTarget][] = [
  ["focus", window],
  ["pageshow", window],
  ["online", window],
  ["visibilitychange", document],
  ["resume", document],
];

test.each(EVENTS)("wakes on %s until it is ended", (type, target) => {
  const wake = jest.fn();
  const end = installWakeUps(wake);
  target.dispatchEvent(new Event(type));
  expect(wake.mock.calls).toEqual([[]]);
  end();
  target.dispatchEvent(new Event(type));
  expect(wake).toHaveBeenCalledTimes(1);
});

test("ignores the focus of fields in the page", () => {
  const wake = jest.fn();
  const end = installWakeUps(wake);
  const field = document.body.appendChild(document.createElement("input"));
  field.focus();
  expect(wake).not.toHaveBeenCalled();
  field.remove();
  end();
});
