import "@testing-library/jest-dom";
import { act, fireEvent, render, screen } from "@testing-library/react";
import * as Flex from "@twilio/flex-ui";
import React from "react";
import { Provider } from "react-redux";
import { createStore } from "redux";

import { selectThrottle } from "../../state/selectors";
import { NAMESPACE, ThrottleState } from "../../state/slice";
import { servicesOf } from "../../../testing/services";
import { dropStyles, Themed } from "../../../testing/themed";
import { Joining } from "../../components/task/Joining";
import { installTaskParts } from "./taskParts";

const { TaskCanvasTabs, TaskChannelHelper, TaskChannels } = Flex;
const ADD = "POST /WebChannels/Users";
const LINE = "Live | Hello";

// Flex sets these at its start.
beforeAll(() => void Object.assign(Flex.templates, { LoadingChatCanvas: () => "Loading ..." }));
beforeEach(() => void jest.useFakeTimers("modern"));
afterEach(() => {
  uninstall();
  jest.useRealTimers();
  jest.restoreAllMocks();
});

const now = () => performance.now();
const pass = (ms: number) => act(() => void jest.advanceTimersByTime(ms));
let uninstall = () => undefined as void;
/** Units follow a narrow no-break space; here they are quoted with a plain one. */
const plain = (text: string | null) => (text ?? "").replace(/\u202f/g, " ");

const task = { sid: "WR1", status: "accepted", attributes: { channelSid: "CH1" } } as unknown as Flex.ITask;
const waiting = (own: object = {}) => ({
  id: 1,
  name: "join",
  purpose: "join" as const,
  chat: "CH1",
  limits: [ADD] as const,
  waitingSinceMs: 0,
  startMs: now() + 3000,
  throttledCount: 0,
  expiresAtMs: Infinity,
  proceedsWithoutPermit: false,
  ...own,
});

type State = Partial<Omit<ThrottleState, "status">> & { status?: Partial<ThrottleState["status"]> };

function newStore(first: State) {
  const idle = selectThrottle({});
  const stateOf = (state: State) => ({
    [NAMESPACE]: { ...idle, ...state, status: { ...idle.status, ...state.status } },
  });
  const store = createStore((state = stateOf(first), action: { type: string; next?: State }) =>
    action.next ? stateOf(action.next) : state,
  );
  return { store, change: (next: State) => act(() => void store.dispatch({ type: "next", next })) };
}

describe("the chat tab", () => {
  function show(state: State) {
    const { store, change } = newStore(state);
    const joinAgain = jest.fn();
    const { container, unmount } = render(
      <Provider store={store}>
        <Themed>
          <Joining services={servicesOf({ now, joinAgain })} chat="CH1" />
        </Themed>
      </Provider>,
    );
    dropStyles();
    return { change, joinAgain, unmount, text: () => plain(container.textContent) };
  }

  test("counts down to one second while the join is queued", () => {
    const { text } = show({ status: { waiting: [waiting()] } });
    const seen = [0, 1000, 1000, 3000].map((ms) => {
      pass(ms);
      return text();
    });
    expect(seen).toEqual(["Joining in 3 s", "Joining in 2 s", "Joining in 1 s", "Joining in 1 s"]);
  });

  test("says that Twilio limits the join, and that nothing is lost", () => {
    const { text } = show({
      status: { retrying: 1, retryingLimits: [ADD], waiting: [waiting({ throttledCount: 1 })] },
    });
    expect(text()).toBe("Twilio is limiting requests. Joining in 3 s. Nothing is lost.");
  });

  test("numbers later attempts, whose countdown may be longer", () => {
    const { text } = show({
      status: { retrying: 1, retryingLimits: [ADD], waiting: [waiting({ throttledCount: 2 })] },
    });
    expect(text()).toBe("Twilio is limiting requests. Attempt 3 in 3 s. Nothing is lost.");
  });

  test("shows Flex's own text, without a timer, while the join is being sent or unknown", () => {
    const { text } = show({ status: { waiting: [waiting({ chat: "CH2" })] } });
    expect(text()).toBe("Loading ...");
    expect(jest.getTimerCount()).toBe(0);
  });

  test("offers to join after the join was canceled; announces that, but no countdown", () => {
    const { change, joinAgain, text } = show({ status: { waiting: [waiting()] } });
    expect(screen.getByRole("status")).toBeEmptyDOMElement();
    change({ notJoined: ["CH1"] });
    expect(screen.getByRole("status")).toHaveTextContent("You are not in this chat.");
    const button = screen.getByRole("button", { name: "Join now" });
    button.focus();
    fireEvent.click(button);
    expect(joinAgain.mock.calls).toEqual([["CH1"]]);
    change({ status: { waiting: [waiting()] } });
    expect(text()).toBe("Joining in 3 s");
    // The focus stays where the button was.
    expect(document.activeElement).toContainElement(screen.getByText("Joining in 3 s"));
  });

  test("leaves no timer after it is unmounted", () => {
    const { unmount } = show({ status: { waiting: [waiting()] } });
    expect(jest.getTimerCount()).toBeGreaterThan(0);
    unmount();
    expect(jest.getTimerCount()).toBe(0);
  });
});

describe("inside Flex", () => {
  const templates = { TaskListItem: { firstLine: "Ada", secondLine: LINE } };
  let chatChannel: { source?: object } | undefined;

  function install(state: State) {
    chatChannel = undefined;
    jest
      .spyOn(Flex.TaskHelper, "isChatBasedTask")
      .mockImplementation(({ attributes }) => Boolean(attributes.channelSid));
    jest.spyOn(Flex.StateHelper, "getChatChannelStateForTask").mockImplementation(() => chatChannel as never);
    jest.spyOn(TaskChannels, "getForTask").mockReturnValue({ templates } as unknown as Flex.TaskChannelDefinition);
    const { store, change } = newStore(state);
    uninstall = installTaskParts(Flex, { store, services: servicesOf({ now }) });
    return { change };
  }

  const line = (of: Flex.ITask = task, template: string = LINE) =>
    plain(TaskChannelHelper.getTemplateForStatus(of, template, Flex.TaskListItem));
  const tabs = () =>
    TaskCanvasTabs.Content.fragments.map(({ props }) => ({
      key: (props.children as React.ReactElement).key,
      isShown: props.if as (props: object) => boolean,
    }));
  const keys = () => tabs().map(({ key }) => key);

  test("the task's line shows when the chat is joined, or that it is not joined", () => {
    const { change } = install({ status: { waiting: [waiting()] } });
    expect(line()).toBe("Joining in 3 s");
    pass(1000);
    expect(line()).toBe("Joining in 2 s");
    expect(line(task, "Ada")).toBe("Ada");
    change({ notJoined: ["CH1"] });
    expect(line()).toBe("Not in the chat");
  });

  test("the task's line says why its countdown became longer", () => {
    const { change } = install({ status: { waiting: [waiting()] } });
    const coolDown = { coolDownUntilMs: { [ADD]: now() + 9000 } };
    change({ status: { ...coolDown, throttledInARow: { [ADD]: 2 }, waiting: [waiting({ startMs: now() + 9000 })] } });
    expect(line()).toBe("Retrying in 9 s.");
  });

  test("the task's line shows long waits in minutes", () => {
    install({ status: { waiting: [waiting({ startMs: now() + 299_000 })] } });
    expect(line()).toBe("Joining in 5 min");
  });

  test.each<[string, object, { source?: object } | undefined]>([
    ["is joined", {}, { source: { status: "joined" } }],
    ["is not accepted yet", { status: "pending", attributes: { channelSid: "CH3" } }, undefined],
    ["is no chat", { attributes: {} }, undefined],
    ["the throttle does not know", { attributes: { channelSid: "CH2" } }, undefined],
  ])("a task that %s keeps Flex's own line", (_, own, channel) => {
    install({ status: { waiting: [waiting()] }, notJoined: ["CH3"] });
    chatChannel = channel;
    expect(line({ ...task, ...own } as unknown as Flex.ITask)).toBe(LINE);
  });

  test.each(["waits", "failed"])(
    "a channel that the agent has left is replaced while the join of its chat %s",
    (state) => {
      install(state === "waits" ? { status: { waiting: [waiting()] } } : { notJoined: ["CH1"] });
      chatChannel = { source: { status: "left" } };
      expect(tabs().slice(-1)[0].isShown({ task, chatChannel })).toBe(true);
      expect(line()).toBe(state === "waits" ? "Joining in 3 s" : "Not in the chat");
    },
  );

  test("a pending task whose accept is queued shows when it is joined", () => {
    install({ status: { waiting: [waiting()] } });
    expect(line({ ...task, status: "pending" } as unknown as Flex.ITask)).toBe("Joining in 3 s");
  });

  test("keeps Flex's line and reports an error of the plugin", () => {
    const reports: unknown[] = [];
    install({ status: { waiting: [waiting()] } });
    uninstall();
    const { store } = newStore({ status: { waiting: [waiting()] } });
    uninstall = installTaskParts(Flex, {
      store,
      services: servicesOf({ now, report: (error) => reports.push(error) }),
    });
    jest.spyOn(TaskChannels, "getForTask").mockImplementation(() => {
      throw new Error("no channel");
    });
    expect(line()).toBe(LINE);
    expect(reports).toHaveLength(1);
  });

  test("replaces the chat tab only while Flex has no chat to show; uninstalls without a trace", () => {
    const own = Object.getOwnPropertyDescriptor(TaskChannelHelper, "getTemplateForStatus");
    const before = { keys: keys(), removed: TaskCanvasTabs.Content.removeRequests.length };
    install({});
    expect(keys()).toEqual([...before.keys, "flex-throttle-joining"]);
    const [{ isShown }] = tabs().slice(-1);
    expect(isShown({ task })).toBe(true);
    expect(isShown({ task, chatChannel: {} })).toBe(true);
    expect(isShown({ task, chatChannel: { source: { status: "joined" } } })).toBe(false);
    expect(isShown({ task, chatChannel: { source: { status: "invited" } } })).toBe(false);
    expect(isShown({ task: { ...task, status: "wrapping" } })).toBe(false);
    expect(isShown({})).toBe(false);
    uninstall();
    expect(keys()).toEqual(before.keys);
    expect(TaskCanvasTabs.Content.removeRequests).toHaveLength(before.removed);
    expect(Object.getOwnPropertyDescriptor(TaskChannelHelper, "getTemplateForStatus")).toEqual(own);
  });
});
