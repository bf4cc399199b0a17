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
import { cutOff } from "./support/cutOff";
import { closeBrowser, Desk, openBrowser, until } from "./support/desk";
import { closeList, failToJoin, joinNow, openList } from "./support/joinScenes";
import { JOIN, LONG_RETRY_AFTER, ONE_CALL, PATIENT_QUEUE } from "./support/settings";

const RATE_LIMITED = "FlexThrottleRateLimited";

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
  await desk.waitForQueued(6);
}

async function cancelJoin(): Promise<void> {
  await waitForCoolDown();
  await openList(desk);
  await desk.page
    .getByRole("button", { name: /^Cancel: Join chat with / })
    .first()
    .click();
  await desk.page
    .locator(LIST)
    .getByRole("button", { name: /^Join now/ })
    .waitFor();
  await closeList(desk);
  desk.console.remove(/ThrottleCanceledError/);
}

async function joinLater(): Promise<void> {
  desk = await failToJoin();
  await joinNow(desk).click();
  await desk.waitForQueued(1);
}

/** Changes the language, and selects the task again: Flex reads an unchanged text only once. */
async function changeLanguage(language: string): Promise<void> {
  await configure(desk, { language });
  const sid = await desk.evaluate(
    () => window.Twilio.Flex.Manager.getInstance().store.getState().flex.view.selectedTaskSid as string,
  );
  await desk.invoke("SelectTask", { sid: undefined });
  await desk.page.waitForSelector(TASK, { state: "detached" });
  await desk.invoke("SelectTask", { sid });
}

/** Shows these banners for the length of `work`, although the plugin shows one at a time and for seconds. */
async function withBanners(ids: readonly string[], work: () => Promise<void>): Promise<void> {
  const call = (method: "showNotification" | "dismissNotificationById", each: readonly string[]) =>
    desk.evaluate(([name, all]) => all.forEach((id) => window.Twilio.Flex.Notifications[name](id)), [
      method,
      each,
    ] as const);
  await call("dismissNotificationById", await desk.activeNotifications());
  await call("showNotification", ids);
  await work();
  await call("dismissNotificationById", ids);
}

interface Scene {
  readonly name: string;
  readonly reach: () => Promise<void>;
  /** Ids of the banners that have something to show. */
  readonly banners: readonly string[];
  /** The texts that the scene shows, and where. */
  readonly texts: readonly (readonly [place: string, text: TextKey, form?: "one"])[];
}

const SCENES: readonly Scene[] = [
  {
    name: "while joins wait for a cool-down",
    reach: waitForCoolDown,
    banners: [RATE_LIMITED, "FlexThrottleQueued", "FlexThrottleSettings"],
    texts: [
      [TASK, "JoiningLimited"],
      [LINES, "RetryingIn"],
      [BANNERS, "Limited"],
      [BANNERS, "RetryNow"],
      [BANNERS, "NextIn"],
      [BANNERS, "SettingsProblems", "one"],
      [BANNERS, "Details"],
      [LIST, "WaitsForTwilio"],
      [LIST, "WaitsForTurn"],
      [LIST, "Cancel"],
    ],
  },
  {
    name: "after a join was canceled",
    reach: cancelJoin,
    banners: ["FlexThrottleRefused"],
    texts: [
      [TASK, "NotJoined"],
      [TASK, "JoinIn"],
      [LINES, "NotJoinedShort"],
      [BANNERS, "CanceledJoin"],
      [BANNERS, "JoinNow"],
      [LIST, "NotSent"],
      [LIST, "JoinNow"],
      [LIST, "Dismiss"],
    ],
  },
  {
    name: "while a join is queued",
    reach: joinLater,
    banners: ["FlexThrottleQueued"],
    texts: [
      [TASK, "JoiningIn"],
      [LINES, "JoiningIn"],
      [BANNERS, "Waiting"],
      [LIST, "JoinChatWith"],
    ],
  },
];

describe.each(SCENES)("what agents see $name", ({ reach, banners, texts }) => {
  beforeAll(reach);
  afterEach(() => closeList(desk));
  afterAll(() => desk.close());

  /** Waits until each of these texts is shown. */
  const waitForTexts = async (language: string, isWanted: (place: string) => boolean) => {
    for (const [place, key, form] of texts.filter((each) => isWanted(each[0])))
      await desk.page
        .locator(place)
        .filter({ hasText: longestPart(language, key, form) })
        .first()
        .waitFor();
  };

  test.each(THEMES)("has no serious accessibility violation in the theme %s", async (baseName) => {
    await configure(desk, { colorTheme: { baseName } });
    await withBanners(banners, async () => {
      expect(await seriousViolations(desk, [BADGE, BANNERS, TASK])).toEqual([]);
    });
    await openList(desk);
    expect(await seriousViolations(desk, [LIST])).toEqual([]);
  });

  test.each(LANGUAGES)("fits on a narrow and on a wide screen in the language %s", async (language) => {
    await changeLanguage(language);
    await withBanners(banners, async () => {
      await waitForTexts(language, (place) => place !== LIST);
      expect(await cutOffAnywhere(desk, [BADGE, BANNERS, TASK, LINES])).toEqual(NOTHING);
    });
    await openList(desk);
    await waitForTexts(language, (place) => place === LIST);
    expect(await cutOffAnywhere(desk, [LIST])).toEqual(NOTHING);
  });

  test.each(LANGUAGES)(
    "has banners that fit into the header of a very narrow screen in the language %s",
    async (language) => {
      await changeLanguage(language);
      await desk.page.setViewportSize({ width: 900, height: 900 });
      for (const id of banners)
        await withBanners([id], async () => {
          await waitForTexts(language, (place) => place === LINES);
          expect([id, await cutOff(desk, [BANNERS])]).toEqual([id, []]);
          // The plugin may show a banner of its own beside it, because the joins have waited for long.
          const bottom = await desk.page.locator(BANNERS).evaluateAll((all) => {
            const places = all.map((banner) => banner.getBoundingClientRect());
            return Math.min(...places.map(({ top }) => top)) + Math.max(...places.map(({ height }) => height));
          });
          expect(bottom).toBeLessThanOrEqual(45);
        });
    },
  );
});
