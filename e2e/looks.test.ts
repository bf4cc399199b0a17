import { TextKey, TRANSLATIONS } from "../src/texts/texts";
import { closeBrowser, Desk, DeskOptions, openBrowser, until } from "./support/desk";
import { configure, cutOff, drawn, serious, THEMES } from "./support/looks";

const JOIN = "POST /WebChannels/Users";
const OPEN = "POST /WebChannels";
const LANGUAGES = Object.keys(TRANSLATIONS);
const SCREENS = [
  { width: 1024, height: 900 },
  { width: 1600, height: 900 },
];

const BADGE = "div:has(> [aria-haspopup=dialog])";
const LIST = "[role=dialog]";
const BANNERS = ".Twilio-NotificationBar";
const TASK = ".Twilio-TaskCanvasTabs [tabindex='-1']:has(> [role=status])";
const LINES = ".Twilio-TaskListBaseItem-SecondLine";
const PAGE = "div:has(> #flex-throttle-tab-panel)";
const VIEW = "[data-flex-throttle=view]";

beforeAll(openBrowser);
afterAll(closeBrowser);

let desk: Desk;

const joinNow = () => desk.page.locator(TASK).getByRole("button", { name: "Join now" });
const openList = () => desk.page.locator("[aria-haspopup=dialog]").click();
const closeList = () => desk.page.keyboard.press("Escape");

/** So slow that whatever waits for it waits until the end of the test. */
const SLOW = { perSecond: 0.01 };
const QUEUE = { maxWaitSeconds: 3600 };

/** Three chats that Twilio holds up, one of them in sight; three other requests that wait for their turn; a setting that is not understood. */
async function holdUp(): Promise<void> {
  desk = await Desk.open({ roles: ["admin"], flexThrottle: { mode: "on", limits: { [OPEN]: SLOW }, queue: QUEUE } });
  // Of the limit, not of the account: the others wait for their own.
  desk.twilio.gate.fault(JOIN, { kind: "429", retryAfter: 300, code: 45010 });
  const chats = await desk.receiveChats(3);
  // An Action that comes after the refusal waits for the end of the pause, or of the page.
  desk.accept(chats).catch(() => undefined);
  await until(() => desk.statuses(JOIN).includes(429), "a refusal");
  await desk.evaluate(() => {
    for (let n = 0; n < 4; n += 1)
      void fetch("https://flex-api.twilio.com/v1/WebChannels", { method: "POST" }).catch(() => undefined);
  });
  await desk.invoke("SelectTask", { sid: chats[0].reservationSid });
  await until(async () => (await desk.activeNotifications()).length === 3, "three banners");
}

async function giveUp(): Promise<void> {
  await holdUp();
  // It goes by itself after a while.
  await desk.evaluate(
    () => (window.Twilio.Flex.Notifications.registeredNotifications.get("FlexThrottleRefused").timeout = 0),
  );
  await desk.page.getByRole("button", { name: /^Give up: / }).click();
  await joinNow().waitFor();
}

/** A chat whose join has failed, in sight. */
async function failToJoin(options: DeskOptions = {}): Promise<void> {
  desk = await Desk.open({ roles: ["admin"], flexThrottle: { limits: { [JOIN]: SLOW }, queue: QUEUE }, ...options });
  desk.twilio.gate.fault(JOIN, { kind: "500" }, 1);
  const chats = await desk.receiveChats(1);
  await desk.accept(chats);
  await desk.invoke("SelectTask", { sid: chats[0].reservationSid });
  await joinNow().waitFor();
  await desk.evaluate(() =>
    window.Twilio.Flex.Notifications.dismissNotificationById("ChatOrchestrationAddToChatChannelFailed"),
  );
}

async function joinLater(): Promise<void> {
  await failToJoin();
  await joinNow().click();
  await until(async () => (await desk.activeNotifications()).length === 1, "the banner");
}

/** Gives Flex another language, and shows the banners and the task anew: Flex asks for what stands still only once. */
async function speak(language: string): Promise<void> {
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
  /** What is read then, and where. */
  readonly says: readonly (readonly [place: string, text: TextKey])[];
}

const SCENES: readonly Scene[] = [
  {
    name: "while Twilio limits how fast chats are joined",
    reach: holdUp,
    says: [
      [TASK, "FlexThrottleJoiningLimited"],
      [LINES, "FlexThrottleJoiningIn"],
      [BANNERS, "FlexThrottleLimitedJoins"],
      [BANNERS, "FlexThrottleRetryNow"],
      [BANNERS, "FlexThrottleGiveUpNamed"],
      [BANNERS, "FlexThrottleQueuedCalls"],
      [BANNERS, "FlexThrottleSettingsProblem"],
      [LIST, "FlexThrottleWaitsForTwilio"],
      [LIST, "FlexThrottleWaitsForTurn"],
      [LIST, "FlexThrottleCancel"],
    ],
  },
  {
    name: "once a join was given up",
    reach: giveUp,
    says: [
      [TASK, "FlexThrottleNotJoined"],
      [TASK, "FlexThrottleJoinNow"],
      [LINES, "FlexThrottleNotJoinedShort"],
      [BANNERS, "FlexThrottleGivenUpJoin"],
      [BANNERS, "FlexThrottleJoinNow"],
    ],
  },
  {
    name: "while a join waits for its turn",
    reach: joinLater,
    says: [
      [TASK, "FlexThrottleJoiningIn"],
      [LINES, "FlexThrottleJoiningIn"],
      [BANNERS, "FlexThrottleQueuedJoin"],
      [LIST, "FlexThrottleJoinChatWith"],
    ],
  },
];

/** The longest of what stands between the values of a text. */
const partOf = (language: string, key: TextKey) =>
  (TRANSLATIONS[language][key] ?? "")
    .split(/\{\{\w+\}\}/)
    .reduce((longest, part) => (part.length > longest.length ? part : longest))
    .trim();

/** What is cut off on either screen, light and dark. */
async function cutOffAnywhere(places: readonly string[]): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {};
  for (const baseName of THEMES) {
    await configure(desk, { colorTheme: { baseName } });
    for (const screen of SCREENS) {
      await desk.page.setViewportSize(screen);
      await drawn(desk);
      found[`${baseName}, ${screen.width}`] = await cutOff(desk, places);
    }
  }
  return found;
}
const NOTHING = Object.fromEntries(THEMES.flatMap((theme) => SCREENS.map(({ width }) => [`${theme}, ${width}`, []])));

describe.each(SCENES)("what agents see $name", ({ reach, says }) => {
  beforeAll(reach);
  afterEach(closeList);
  afterAll(() => desk.close());

  test.each(THEMES)("is nothing that axe finds serious, in the theme %s", async (baseName) => {
    await configure(desk, { colorTheme: { baseName } });
    expect(await serious(desk, [BADGE, BANNERS, TASK])).toEqual([]);
    await openList();
    // By itself: it lies over the banners.
    expect(await serious(desk, [LIST])).toEqual([]);
  });

  test.each(LANGUAGES)(
    "has the room that it needs in the language %s, on a narrow screen and on a wide one",
    async (language) => {
      await speak(language);
      await openList();
      for (const [place, key] of says)
        await desk.page
          .locator(place)
          .filter({ hasText: partOf(language, key) })
          .first()
          .waitFor();
      expect(await cutOffAnywhere([BADGE, LIST, BANNERS, TASK, LINES])).toEqual(NOTHING);
    },
  );
});

describe("what admins see", () => {
  beforeAll(async () => {
    desk = await Desk.open({
      roles: ["admin"],
      flexThrottle: { mode: "observe", limits: { "POST /channels": { perSecond: 0 } } },
    });
    await desk.accept(await desk.receiveChats(20));
    await desk.invoke("NavigateToView", { viewName: "flex-throttle" });
    await desk.page.getByRole("region", { name: "Observed" }).waitFor();
    // Flex's own, of the joins that the stand-in refused: they lie over the heading.
    for (const id of await desk.activeNotifications())
      await desk.evaluate((shown) => window.Twilio.Flex.Notifications.dismissNotificationById(shown), id);
  });
  afterAll(() => desk.close());

  const showView = () => desk.page.locator("#flex-throttle-tab-0").click();
  const showForm = () => desk.page.locator("#flex-throttle-tab-1").click();
  const asWhat = (name: "Form" | "JSON") => desk.page.getByRole("button", { name, exact: true }).click();

  describe.each(THEMES)("is nothing that axe finds serious, in the theme %s", (baseName) => {
    beforeAll(() => configure(desk, { language: "en", colorTheme: { baseName } }));

    test("in the view, with what was observed", async () => {
      await showView();
      await desk.page.getByRole("region", { name: "Observed" }).getByText(JOIN).waitFor();
      expect(await serious(desk, [PAGE])).toEqual([]);
    });

    test("in the form, as fields and as JSON", async () => {
      await showForm();
      await desk.page.getByText("What happens to a call that cannot go at once").waitFor();
      expect(await serious(desk, [PAGE])).toEqual([]);
      await asWhat("JSON");
      const json = desk.page.getByRole("textbox", { name: "JSON" });
      const written = await json.inputValue();
      expect(await serious(desk, [PAGE])).toEqual([]);
      await json.fill(`${written},`);
      await desk.page
        .getByText(/^This is not JSON/)
        .first()
        .waitFor();
      expect(await serious(desk, [PAGE])).toEqual([]);
      await json.fill(written);
      await asWhat("Form");
    });
  });

  test.each(LANGUAGES)(
    "has the room that it needs in the language %s, on a narrow screen and on a wide one",
    async (language) => {
      await configure(desk, { language });
      await showForm();
      await desk.page.getByText(partOf(language, "FlexThrottleSays.number")).first().waitFor();
      expect(await cutOffAnywhere([PAGE, VIEW])).toEqual(NOTHING);
      await showView();
      await desk.page.getByText(partOf(language, "FlexThrottleSays.number")).first().waitFor();
      expect(await cutOffAnywhere([PAGE, VIEW])).toEqual(NOTHING);
    },
  );
});

/** Another colour for each thing that a theme of somebody's own may colour, and each with contrast enough. */
const COLORS = {
  page: "rgb(16, 36, 62)",
  head: "rgb(27, 58, 92)",
  button: "rgb(106, 27, 154)",
  tab: "rgb(255, 213, 79)",
  list: "rgb(0, 60, 50)",
  header: "rgb(60, 0, 40)",
  icon: "rgb(255, 235, 59)",
  badge: "rgb(255, 204, 188)",
};

describe("a theme with colours of somebody's own", () => {
  afterAll(() => desk.close());

  test("is taken by the badge, the list, the task and the view, and axe finds nothing serious in them", async () => {
    const overrides = {
      colors: {
        base1: COLORS.page,
        base2: COLORS.head,
        defaultButtonColor: COLORS.button,
        tabSelectedColor: COLORS.tab,
      },
      UserActivityControls: { Items: { background: COLORS.list } },
      MainHeader: { Container: { background: COLORS.header }, Button: { color: COLORS.icon } },
      Badge: { InnerCircle: { background: COLORS.badge, color: "#000" } },
    };
    await failToJoin({ appConfig: { colorTheme: { baseName: "FlexDark", overrides } } });
    const colorOf = (place: string, property: string) =>
      desk.page
        .locator(place)
        .first()
        .evaluate((element, name) => getComputedStyle(element).getPropertyValue(name), property);
    expect(await colorOf(`${TASK} button`, "background-image")).toContain(COLORS.button);
    expect(await serious(desk, [TASK])).toEqual([]);

    await joinNow().click();
    await desk.page.waitForSelector(BADGE);
    expect(await colorOf("[aria-haspopup=dialog]", "color")).toBe(COLORS.icon);
    expect(await colorOf(`${BADGE} .Twilio-Badge-InnerCircle`, "background-color")).toBe(COLORS.badge);
    await until(async () => (await desk.activeNotifications()).length === 1, "the banner");
    expect(await serious(desk, [BADGE, BANNERS, TASK])).toEqual([]);
    await openList();
    expect(await colorOf(LIST, "background-color")).toBe(COLORS.list);
    expect(await serious(desk, [LIST])).toEqual([]);
    await closeList();

    await desk.invoke("NavigateToView", { viewName: "flex-throttle" });
    await desk.page.waitForSelector(VIEW);
    expect([await colorOf(VIEW, "background-color"), await colorOf(`${VIEW} thead th`, "background-color")]).toEqual([
      COLORS.page,
      COLORS.head,
    ]);
    expect(await colorOf(`${PAGE} [role=tab][aria-selected=true]`, "border-bottom-color")).toBe(COLORS.tab);
    expect(await serious(desk, [VIEW])).toEqual([]);
    await desk.page.locator("#flex-throttle-tab-1").click();
    expect(await colorOf(VIEW, "background-color")).toBe(COLORS.page);
    expect(await serious(desk, [VIEW])).toEqual([]);
  });
});
