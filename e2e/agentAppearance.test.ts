import { TextKey } from "../src/texts/texts";
import { seriousViolations } from "./support/accessibility";
import {
  BADGE,
  BANNERS,
  configure,
  cutOffAnywhere,
  LANGUAGES,
  LINES,
  LIST,
  longestPart,
  NOTHING,
  TASK,
  THEMES,
} from "./support/appearance";
import { closeBrowser, Desk, openBrowser, until } from "./support/desk";
import { closeList, failToJoin, joinNow, openList } from "./support/joinScenes";
import { JOIN, LONG_RETRY_AFTER, ONE_CALL, PATIENT_QUEUE } from "./support/settings";

beforeAll(openBrowser);
afterAll(closeBrowser);

let desk: Desk;

/** Three joins that wait for a cool-down, one of them selected; three queued requests; one invalid setting. */
async function waitForCoolDown(): Promise<void> {
  desk = await Desk.open({
    roles: ["admin"],
    flexThrottle: { mode: "on", limits: { "POST /WebChannels": ONE_CALL }, queue: PATIENT_QUEUE },
  });
  // 45010 pauses one limit; the other requests wait for their own.
  desk.twilio.gate.fault(JOIN, { kind: "429", retryAfter: LONG_RETRY_AFTER, code: 45010 });
  const chats = await desk.receiveChats(3);
  await desk.startAccepting(chats);
  await until(() => desk.statuses(JOIN).includes(429), "a 429");
  await desk.evaluate(() => {
    for (let n = 0; n < 4; n += 1)
      void fetch("https://flex-api.twilio.com/v1/WebChannels", { method: "POST" }).catch(() => undefined);
  });
  await desk.invoke("SelectTask", { sid: chats[0].reservationSid });
  await until(async () => (await desk.activeNotifications()).length === 3, "three banners");
}

async function cancelJoin(): Promise<void> {
  await waitForCoolDown();
  // Flex would dismiss the banner after a while.
  await desk.evaluate(
    () => (window.Twilio.Flex.Notifications.registeredNotifications.get("FlexThrottleRefused").timeout = 0),
  );
  await desk.page.getByRole("button", { name: /^Cancel: chat with / }).click();
  await joinNow(desk).waitFor();
  desk.console.remove(/ThrottleCanceledError/);
}

async function joinLater(): Promise<void> {
  desk = await failToJoin();
  await joinNow(desk).click();
  await until(async () => (await desk.activeNotifications()).length === 1, "the banner");
}

/** Changes the language, and shows the banners and the task again: Flex reads an unchanged text only once. */
async function changeLanguage(language: string): Promise<void> {
  await configure(desk, { language });
  const sid = await desk.evaluate(() => {
    const { Notifications: notifications, Manager: manager } = window.Twilio.Flex;
    const shown = notifications.activeNotifications.map(({ id }: { id: string }) => id) as string[];
    shown.forEach((id) => notifications.dismissNotificationById(id));
    shown.forEach((id) => notifications.showNotification(id));
    return manager.getInstance().store.getState().flex.view.selectedTaskSid as string;
  });
  await desk.invoke("SelectTask", { sid: undefined });
  await desk.page.waitForSelector(TASK, { state: "detached" });
  await desk.invoke("SelectTask", { sid });
}

interface Scene {
  readonly name: string;
  readonly reach: () => Promise<void>;
  /** The texts that the scene shows, and where. */
  readonly texts: readonly (readonly [place: string, text: TextKey, form?: "one"])[];
}

const SCENES: readonly Scene[] = [
  {
    name: "while joins wait for a cool-down",
    reach: waitForCoolDown,
    texts: [
      [TASK, "FlexThrottleJoiningLimited"],
      [LINES, "FlexThrottleJoiningIn"],
      [BANNERS, "FlexThrottleLimitedJoins"],
      [BANNERS, "FlexThrottleRetryNow"],
      [BANNERS, "FlexThrottleCancelJoin"],
      [BANNERS, "FlexThrottleQueuedCalls"],
      [BANNERS, "FlexThrottleSettingsProblems", "one"],
      [LIST, "FlexThrottleWaitsForTwilio"],
      [LIST, "FlexThrottleWaitsForTurn"],
      [LIST, "FlexThrottleCancel"],
    ],
  },
  {
    name: "after a join was canceled",
    reach: cancelJoin,
    texts: [
      [TASK, "FlexThrottleNotJoined"],
      [TASK, "FlexThrottleJoinNow"],
      [LINES, "FlexThrottleNotJoinedShort"],
      [BANNERS, "FlexThrottleCanceledJoin"],
      [BANNERS, "FlexThrottleJoinNow"],
    ],
  },
  {
    name: "while a join is queued",
    reach: joinLater,
    texts: [
      [TASK, "FlexThrottleJoiningIn"],
      [LINES, "FlexThrottleJoiningIn"],
      [BANNERS, "FlexThrottleQueuedJoins", "one"],
      [LIST, "FlexThrottleJoinChatWith"],
    ],
  },
];

describe.each(SCENES)("what agents see $name", ({ reach, texts }) => {
  beforeAll(reach);
  afterEach(() => closeList(desk));
  afterAll(() => desk.close());

  test.each(THEMES)("has no serious accessibility violation in the theme %s", async (baseName) => {
    await configure(desk, { colorTheme: { baseName } });
    expect(await seriousViolations(desk, [BADGE, BANNERS, TASK])).toEqual([]);
    await openList(desk);
    // Measured alone: the list covers the banners.
    expect(await seriousViolations(desk, [LIST])).toEqual([]);
  });

  test.each(LANGUAGES)("fits on a narrow and on a wide screen in the language %s", async (language) => {
    await changeLanguage(language);
    await openList(desk);
    for (const [place, key, form] of texts)
      await desk.page
        .locator(place)
        .filter({ hasText: longestPart(language, key, form) })
        .first()
        .waitFor();
    expect(await cutOffAnywhere(desk, [BADGE, LIST, BANNERS, TASK, LINES])).toEqual(NOTHING);
  });
});
