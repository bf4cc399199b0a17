import { LIMITS, RateLimitId } from "../src/limits/limits";
import type { Account } from "../stand-in/account";
import { closeBrowser, Desk, openBrowser, plugin } from "./support/desk";

beforeAll(openBrowser);
afterAll(closeBrowser);

const BASE = "https://flex-api.twilio.com/v1";

/** One request for each endpoint of Twilio's table; `{n}` numbers the requests of a burst. */
const ROWS: { limit: RateLimitId; method: string; path: string; form?: Record<string, string> }[] = [
  { limit: "GET /FlexFlows", method: "GET", path: "/FlexFlows?PageSize=50&n={n}" },
  { limit: "GET /FlexFlows/FOxx", method: "GET", path: "/FlexFlows/{flow}?n={n}" },
  {
    limit: "POST /FlexFlows",
    method: "POST",
    path: "/FlexFlows?n={n}",
    form: { FriendlyName: "Flow {n}", ChatServiceSid: "{chatService}", ChannelType: "web" },
  },
  {
    limit: "POST /FlexFlows/FOxx",
    method: "POST",
    path: "/FlexFlows/{flow}?n={n}",
    form: { FriendlyName: "Renamed {n}" },
  },
  { limit: "DELETE /FlexFlows/FOxx", method: "DELETE", path: "/FlexFlows/{doomedFlow}?n={n}" },
  { limit: "GET /WebChannels", method: "GET", path: "/WebChannels?n={n}" },
  { limit: "GET /WebChannels/CHxx", method: "GET", path: "/WebChannels/{webChannel}?n={n}" },
  {
    limit: "POST /WebChannels",
    method: "POST",
    path: "/WebChannels?n={n}",
    form: {
      FlexFlowSid: "{flow}",
      Identity: "visitor-{n}",
      CustomerFriendlyName: "Visitor {n}",
      ChatFriendlyName: "Chat {n}",
    },
  },
  {
    limit: "POST /WebChannels/CHxx",
    method: "POST",
    path: "/WebChannels/{webChannel}?n={n}",
    form: { PostEngagementData: "{}" },
  },
  { limit: "DELETE /WebChannels/CHxx", method: "DELETE", path: "/WebChannels/{doomedWebChannel}?n={n}" },
  {
    limit: "POST /WebChannels/Users",
    method: "POST",
    path: "/WebChannels/Users?n={n}",
    form: { Identity: "colleague-{n}", ChatChannelSid: "{channel}" },
  },
  { limit: "GET /channels", method: "GET", path: "/channels?n={n}" },
  { limit: "GET /channels/CHxx", method: "GET", path: "/channels/{channel}?n={n}" },
  {
    limit: "POST /channels",
    method: "POST",
    path: "/channels?n={n}",
    form: {
      FlexFlowSid: "{flow}",
      Identity: "buyer-{n}",
      ChatUserFriendlyName: "Buyer {n}",
      ChatFriendlyName: "Chat {n}",
    },
  },
  { limit: "DELETE /channels/CHxx", method: "DELETE", path: "/channels/{doomedChannel}?n={n}" },
];

/**
 * Records when each request leaves the page, below our plugin. On a busy machine a request can reach the stand-in more
 * than a second after that, so the stand-in's count may differ from the page's.
 */
const recorder = plugin(
  "recorder",
  `window.sends = [];
   const record = (method, url) => window.sends.push({ method, url, atMs: performance.now() });
   const { fetch } = window;
   window.fetch = function (url, init) { record(init.method, url); return fetch.apply(this, arguments); };
   const { open, send } = XMLHttpRequest.prototype;
   XMLHttpRequest.prototype.open = function (method, url) { this.target = [method, url]; return open.apply(this, arguments); };
   XMLHttpRequest.prototype.send = function () { record(...this.target); return send.apply(this, arguments); };`,
);

interface Send {
  method: string;
  url: string;
  atMs: number;
}

/** A second, less the time between the plugin's reading of the clock and the recorder's. */
const WINDOW_MS = 990;

function mostInAWindow(sends: readonly Send[]): number {
  const counts = sends.map(({ atMs: fromMs }) =>
    sends.filter(({ atMs }) => atMs >= fromMs && atMs < fromMs + WINDOW_MS),
  );
  return Math.max(...counts.map(({ length }) => length));
}

interface PlannedRequest {
  method: string;
  url: string;
  body?: string;
}

interface Answer {
  status: number;
  text: string;
}

/** Sends all requests at once and waits for every answer. */
function sendAll(desk: Desk, by: "fetch" | "XMLHttpRequest", requests: PlannedRequest[]): Promise<Answer[]> {
  return desk.evaluate(
    ([way, planned]) => {
      const headers: Record<string, string> = {
        "Content-Type": "application/x-www-form-urlencoded",
        Authorization: `Basic ${btoa("token:x")}`,
      };
      const byFetch = async ({ method, url, body }: PlannedRequest) => {
        const response = await fetch(url, { method, body, headers });
        return { status: response.status, text: await response.text() };
      };
      const byXhr = ({ method, url, body }: PlannedRequest) =>
        new Promise<Answer>((resolve, reject) => {
          const xhr = new XMLHttpRequest();
          xhr.open(method, url);
          Object.entries(headers).forEach(([name, value]) => xhr.setRequestHeader(name, value));
          xhr.onload = () => resolve({ status: xhr.status, text: xhr.responseText });
          xhr.onerror = () => reject(new Error(`${method} ${url} failed`));
          xhr.send(body);
        });
      return Promise.all(planned.map(way === "fetch" ? byFetch : byXhr));
    },
    [by, requests] as ["fetch" | "XMLHttpRequest", PlannedRequest[]],
  );
}

type Row = (typeof ROWS)[number];

/** The burst of one row. */
interface Burst {
  requests: PlannedRequest[];
  answers: Answer[];
  /** Every sending, retries included. */
  sends: Send[];
  /** The stand-in's statuses, in the order of arrival. */
  statuses: (number | string)[];
}

/** Sends twice the limit plus three requests of each row, all at once. */
async function burstOn(desk: Desk, by: "fetch" | "XMLHttpRequest", rows: readonly Row[]): Promise<Burst[]> {
  const plans = rows.map((row) => {
    const count = 2 * LIMITS[row.limit].perSecond + 3;
    const names = makeNames(desk, count);
    return {
      row,
      before: desk.statuses(row.limit).length,
      requests: Array.from({ length: count }, (_, n) => planned(row, n, names)),
    };
  });
  const answers = await Promise.all(plans.map(({ requests }) => sendAll(desk, by, requests)));
  const sends = await desk.evaluate(() => (window as unknown as { sends: Send[] }).sends);
  return plans.map(({ row, before, requests }, index) => {
    const urls = new Set(requests.map(({ url }) => url));
    return {
      requests,
      answers: answers[index],
      sends: sends.filter(({ method, url }) => method === row.method && urls.has(url)),
      statuses: desk.statuses(row.limit).slice(before),
    };
  });
}

/** Limits in use at the same time must not delay each other. */
const ROWS_AT_ONCE = 3;

describe.each(["fetch", "XMLHttpRequest"] as const)("a burst of twice the limit plus three with %s", (by) => {
  let desk: Desk;
  const bursts = new Map<Row, Burst>();
  beforeAll(async () => {
    desk = await Desk.open({ others: [recorder], isOursLast: true });
    for (let n = 0; n < ROWS.length; n += ROWS_AT_ONCE) {
      const rows = ROWS.slice(n, n + ROWS_AT_ONCE);
      (await burstOn(desk, by, rows)).forEach((burst, index) => bursts.set(rows[index], burst));
    }
  });
  afterAll(() => desk.close());

  test.each(ROWS)("on $limit is sent in order and within the limit, and each call gets its whole answer", (row) => {
    const { requests, answers, sends, statuses } = bursts.get(row) as Burst;
    expect(answers.filter(({ status }) => status < 200 || status > 299)).toEqual([]);
    expect(statuses.filter((status) => status !== 429)).toEqual(answers.map(({ status }) => status));
    expect(Array.from(new Set(sends.map(({ url }) => url)))).toEqual(requests.map(({ url }) => url));
    expect(mostInAWindow(sends)).toBeLessThanOrEqual(LIMITS[row.limit].perSecond);
    if (row.method !== "DELETE") expect(answers.every(({ text }) => typeof JSON.parse(text) === "object")).toBe(true);
  });
});

/** Never reused, also after a Flex Flow was deleted. */
let lastFlexFlow = 0;

function addFlexFlow(account: Account): string {
  lastFlexFlow += 1;
  const sid = `FO${String(lastFlexFlow).padStart(32, "e")}`;
  const date = new Date().toISOString();
  account.flexFlows.set(sid, {
    sid,
    friendlyName: "endpoint",
    channelType: "web",
    contactIdentity: "",
    integrationType: "studio",
    enabled: true,
    dateCreated: date,
    dateUpdated: date,
    other: {},
  });
  return sid;
}

type Names = (n: number) => Record<string, string>;

/** Creates what the requests refer to, directly in the account, where it spends no limit. */
function makeNames(desk: Desk, count: number): Names {
  const { account } = desk.twilio;
  const many = <T>(make: () => T) => Array.from({ length: count }, make);
  const channel = () =>
    account.createChannel({ friendlyName: "endpoint", type: "private", attributes: "{}", createdBy: "test" }).sid;
  const webChannel = () => desk.twilio.sendChats("nobody", 1)[0].channelSid;
  const flow = () => addFlexFlow(account);
  const doomed = { flows: many(flow), webChannels: many(webChannel), channels: many(channel) };
  const lasting = { channel: channel(), webChannel: webChannel(), flow: flow(), chatService: account.chatServiceSid };
  return (n) => ({
    n: String(n),
    ...lasting,
    doomedFlow: doomed.flows[n],
    doomedWebChannel: doomed.webChannels[n],
    doomedChannel: doomed.channels[n],
  });
}

function planned({ method, path, form }: Row, n: number, names: Names): PlannedRequest {
  const fill = (text: string) => text.replace(/{(\w+)}/g, (_, name: string) => names(n)[name]);
  const body =
    form &&
    new URLSearchParams(Object.entries(form).map(([name, value]): [string, string] => [name, fill(value)])).toString();
  return { method, url: BASE + fill(path), body };
}
