import { seriousViolations } from "./support/accessibility";
import {
  BADGE,
  BANNERS,
  configure,
  cutOffAnywhere,
  LANGUAGES,
  LIST,
  longestPart,
  NOTHING,
  PAGE,
  TASK,
  THEMES,
  VIEW,
} from "./support/appearance";
import { closeBrowser, Desk, openBrowser, until } from "./support/desk";
import { closeList, failToJoin, joinNow, openList } from "./support/joinScenes";
import { JOIN } from "./support/settings";

beforeAll(openBrowser);
afterAll(closeBrowser);

let desk: Desk;

describe("what admins see", () => {
  beforeAll(async () => {
    desk = await Desk.open({
      roles: ["admin"],
      flexThrottle: { mode: "observe", limits: { "POST /channels": { perSecond: 0 } } },
    });
    await desk.accept(await desk.receiveChats(20));
    await desk.invoke("NavigateToView", { viewName: "flex-throttle" });
    await desk.page.getByRole("region", { name: "Observed" }).waitFor();
    // Flex's own notifications of failed joins cover the heading.
    for (const id of await desk.activeNotifications())
      await desk.evaluate((shown) => window.Twilio.Flex.Notifications.dismissNotificationById(shown), id);
  });
  afterAll(() => desk.close());

  const showView = () => desk.page.locator("#flex-throttle-tab-0").click();
  const showForm = () => desk.page.locator("#flex-throttle-tab-1").click();
  const showAs = (name: "Form" | "JSON") => desk.page.getByRole("button", { name, exact: true }).click();

  describe.each(THEMES)("has no serious accessibility violation in the theme %s", (baseName) => {
    beforeAll(() => configure(desk, { language: "en", colorTheme: { baseName } }));

    test("in the view, with observations", async () => {
      await showView();
      await desk.page.getByRole("region", { name: "Observed" }).getByText(JOIN).waitFor();
      expect(await seriousViolations(desk, [PAGE])).toEqual([]);
    });

    test("in the form, as fields and as JSON", async () => {
      await showForm();
      await desk.page.getByText(longestPart("en", "Setting.onBurst.title")).first().waitFor();
      expect(await seriousViolations(desk, [PAGE])).toEqual([]);
      await showAs("JSON");
      const json = desk.page.getByRole("textbox", { name: "JSON" });
      const written = await json.inputValue();
      expect(await seriousViolations(desk, [PAGE])).toEqual([]);
      await json.fill(`${written},`);
      await desk.page
        .getByText(/^Invalid JSON/)
        .first()
        .waitFor();
      expect(await seriousViolations(desk, [PAGE])).toEqual([]);
      await json.fill(written);
      await showAs("Form");
    });
  });

  test.each(LANGUAGES)("fits on a narrow and on a wide screen in the language %s", async (language) => {
    await configure(desk, { language });
    await showForm();
    await desk.page.getByText(longestPart(language, "Message.number")).first().waitFor();
    expect(await cutOffAnywhere(desk, [PAGE, VIEW])).toEqual(NOTHING);
    await showView();
    await desk.page.getByText(longestPart(language, "Message.number")).first().waitFor();
    expect(await cutOffAnywhere(desk, [PAGE, VIEW])).toEqual(NOTHING);
  });
});

/** A different color for everything that a theme can color, each with enough contrast. */
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

describe("a customer's own theme", () => {
  afterAll(() => desk.close());

  test("colors the badge, the list, the task and the view, without a serious accessibility violation", async () => {
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
    desk = await failToJoin({ appConfig: { colorTheme: { baseName: "FlexDark", overrides } } });
    const colorOf = (place: string, property: string) =>
      desk.page
        .locator(place)
        .first()
        .evaluate((element, name) => getComputedStyle(element).getPropertyValue(name), property);
    expect(await colorOf(`${TASK} button`, "background-image")).toContain(COLORS.button);
    expect(await seriousViolations(desk, [TASK])).toEqual([]);

    await joinNow(desk).click();
    await desk.page.waitForSelector(BADGE);
    expect(await colorOf("[aria-haspopup=dialog]", "color")).toBe(COLORS.icon);
    expect(await colorOf(`${BADGE} .Twilio-Badge-InnerCircle`, "background-color")).toBe(COLORS.badge);
    await until(async () => (await desk.activeNotifications()).length === 1, "the banner");
    expect(await seriousViolations(desk, [BADGE, BANNERS, TASK])).toEqual([]);
    await openList(desk);
    expect(await colorOf(LIST, "background-color")).toBe(COLORS.list);
    expect(await seriousViolations(desk, [LIST])).toEqual([]);
    await closeList(desk);

    await desk.invoke("NavigateToView", { viewName: "flex-throttle" });
    await desk.page.waitForSelector(VIEW);
    expect([await colorOf(VIEW, "background-color"), await colorOf(`${VIEW} thead th`, "background-color")]).toEqual([
      COLORS.page,
      COLORS.head,
    ]);
    expect(await colorOf(`${PAGE} [role=tab][aria-selected=true]`, "border-bottom-color")).toBe(COLORS.tab);
    expect(await seriousViolations(desk, [VIEW])).toEqual([]);
    await desk.page.locator("#flex-throttle-tab-1").click();
    expect(await colorOf(VIEW, "background-color")).toBe(COLORS.page);
    expect(await seriousViolations(desk, [VIEW])).toEqual([]);
  });
});
