import fc from "fast-check";

import { RATE_LIMIT_IDS } from "./limits";
import { createRouteMatcher } from "./routes";

const FLEX = "https://flex-api.twilio.com/v1";
const OLD_FLEX = "https://preview.twilio.com/Flex";
const CHAT = "https://chat.twilio.com/v2/Services/ISaaaa";
const CH = "CH0123";

/** The limit that each request spends, below each base URL of Twilio. */
const SPENT: [method: string, path: string, limit: string][] = [
  ["GET", "/FlexFlows", "GET /FlexFlows"],
  ["GET", "/FlexFlows/FO1", "GET /FlexFlows/FOxx"],
  ["POST", "/FlexFlows", "POST /FlexFlows"],
  ["POST", "/FlexFlows/FO1", "POST /FlexFlows/FOxx"],
  ["DELETE", "/FlexFlows/FO1", "DELETE /FlexFlows/FOxx"],
  ["GET", "/WebChannels", "GET /WebChannels"],
  ["GET", `/WebChannels/${CH}`, "GET /WebChannels/CHxx"],
  ["POST", "/WebChannels", "POST /WebChannels"],
  ["POST", `/WebChannels/${CH}`, "POST /WebChannels/CHxx"],
  ["DELETE", `/WebChannels/${CH}`, "DELETE /WebChannels/CHxx"],
  ["POST", "/WebChannels/Users", "POST /WebChannels/Users"],
  ["GET", "/Channels", "GET /channels"],
  ["GET", `/Channels/${CH}`, "GET /channels/CHxx"],
  ["POST", "/Channels", "POST /channels"],
  ["DELETE", `/Channels/${CH}`, "DELETE /channels/CHxx"],
  ["POST", `/Channels/${CH}/Roles/agent/Users`, "POST /WebChannels/Users"],
  ["POST", `/Channels/${CH}/Members`, "POST /WebChannels/Users"],
];

const match = createRouteMatcher();
const spentBy = (method: string, url: string, matcher = match) => matcher(method, url)?.limits;

describe.each([FLEX, OLD_FLEX, CHAT])("under %s", (base) => {
  test.each(SPENT)("%s %s spends %s", (method, path, limit) => {
    expect(spentBy(method, base + path)).toEqual([limit]);
  });

  test.each(SPENT)("%s %s matches in any case, with a trailing slash, a query and a fragment", (method, path) => {
    const plain = spentBy(method, base + path);
    for (const url of [
      path.toUpperCase(),
      path.toLowerCase(),
      `${path}/`,
      `${path}?PageSize=50`,
      `${path}/?a=/x#b`,
      `${path}#b?c`,
    ]) {
      expect(spentBy(method.toLowerCase(), base + url)).toEqual(plain);
    }
    expect(spentBy(method, base.toUpperCase() + path)).toEqual(plain);
  });
});

test.each(RATE_LIMIT_IDS.filter((id) => id.includes(" /")))("requests of the form %s spend that limit", (id) => {
  const [method, path] = id.split(" ");
  expect(spentBy(method, FLEX + path)).toEqual([id]);
});

test("the key is the sid of the channel or webchat", () => {
  expect(match("POST", `${FLEX}/Channels/${CH}/Roles/agent/Users`)?.key).toBe(CH);
  expect(match("POST", `${CHAT}/Channels/${CH}/Members`)?.key).toBe(CH);
  expect(match("GET", `${FLEX}/WebChannels/${CH}?x=1`)?.key).toBe(CH);
  expect(match("POST", `${FLEX}/WebChannels/Users`)?.key).toBeUndefined();
  expect(match("POST", `${FLEX}/Channels`)?.key).toBeUndefined();
});

test("listing, creating and deleting Flex Flows have a capacity effect", () => {
  const effectOf = (method: string, path: string) => match(method, FLEX + path)?.capacityEffect;
  expect(effectOf("GET", "/FlexFlows")).toBe("list");
  expect(effectOf("POST", "/FlexFlows")).toBe("create");
  expect(effectOf("DELETE", "/FlexFlows/FO1")).toBe("delete");
  expect(effectOf("POST", "/FlexFlows/FO1")).toBeUndefined();
  expect(effectOf("GET", "/FlexFlows/FO1")).toBeUndefined();
});

test.each([
  ["another host", "POST", "https://api.twilio.com/v1/Channels"],
  ["a host with the same beginning", "POST", "https://flex-api.twilio.com.evil.example/v1/Channels"],
  ["a host with the same end", "POST", "https://evilflex-api.twilio.com/v1/Channels"],
  ["a URL inside a query", "POST", "https://evil.example/?https://flex-api.twilio.com/v1/Channels"],
  ["another version", "POST", "https://flex-api.twilio.com/v2/Channels"],
  ["a nested resource", "GET", `${CHAT}/Channels/${CH}/Messages`],
  ["a list of members", "GET", `${CHAT}/Channels/${CH}/Members`],
  ["another method", "PUT", `${FLEX}/Channels`],
  ["an update of a channel, which has no limit", "POST", `${CHAT}/Channels/${CH}`],
  ["a path with the same beginning", "POST", `${FLEX}/ChannelsX`],
  ["plain http", "POST", "http://flex-api.twilio.com/v1/Channels"],
])("%s spends nothing", (_what, method, url) => {
  expect(match(method, url)).toBeUndefined();
});

describe("with the orchestration URL of a Flex configuration", () => {
  const matcher = createRouteMatcher([], "https://orchestration.example/v3/Channels/");

  test("adding an agent spends the member limit in both URL formats", () => {
    const wanted = ["POST /WebChannels/Users"];
    expect(matcher("POST", `https://orchestration.example/v3/Channels/${CH}/Roles/agent/Users`)).toMatchObject({
      limits: wanted,
      key: CH,
    });
    expect(spentBy("post", "https://ORCHESTRATION.example/v3/channels/Users?x", matcher)).toEqual(wanted);
  });

  test.each(SPENT)("%s %s beside its collection spends %s", (method, path, limit) => {
    for (const collection of ["Channels", "WebChannels", "channels/", "WebChannels?x=/Channels"]) {
      const beside = createRouteMatcher([], `https://orchestration.example/v3/${collection}`);
      expect(spentBy(method, `https://orchestration.example/v3${path}`, beside)).toEqual([limit]);
    }
  });

  test("a URL that is not a collection only matches joins", () => {
    const joins = createRouteMatcher([], "https://orchestration.example/v3/join/");
    const wanted = ["POST /WebChannels/Users"];
    expect(joins("POST", `https://orchestration.example/v3/join/${CH}/Roles/agent/Users`)).toMatchObject({
      limits: wanted,
      key: CH,
    });
    expect(spentBy("POST", "https://orchestration.example/v3/join/Users", joins)).toEqual(wanted);
    for (const path of ["/v3/Channels", "/v3/join/Channels", "/v3/join", "/Channels"]) {
      expect(spentBy("POST", `https://orchestration.example${path}`, joins)).toBeUndefined();
    }
  });

  test("nothing else there matches, and Twilio's own URLs still match", () => {
    expect(spentBy("POST", "https://orchestration.example/Channels", matcher)).toBeUndefined();
    expect(spentBy("POST", "https://orchestration.example/v3/Channels/Channels", matcher)).toBeUndefined();
    expect(spentBy("POST", `${FLEX}/Channels`, matcher)).toEqual(["POST /channels"]);
  });

  test("special characters match literally", () => {
    expect(spentBy("POST", "https://orchestrationXexample/v3/Channels/Users", matcher)).toBeUndefined();
    expect(spentBy("POST", "https://orchestrationXexample/v3/Channels", matcher)).toBeUndefined();
  });
});

describe("custom routes", () => {
  const limits = ["POST /WebChannels"] as const;
  const matcher = (url: string, method = "POST") => createRouteMatcher([{ method, url, limits }]);

  test("* matches any characters, everything else matches literally", () => {
    const twil = matcher("https://*.twil.io/create-webchat");
    expect(spentBy("POST", "https://flow-1234-dev.twil.io/create-webchat", twil)).toEqual(limits);
    expect(spentBy("POST", "https://flow.twil.io/Create-Webchat/?token=1", twil)).toEqual(limits);
    expect(spentBy("POST", "https://flow.twilXio/create-webchat", twil)).toBeUndefined();
    expect(spentBy("POST", "https://flow.twil.io/create-webchat-2", twil)).toBeUndefined();
    expect(spentBy("GET", "https://flow.twil.io/create-webchat", twil)).toBeUndefined();
  });

  test("the parts between the stars do not overlap", () => {
    expect(spentBy("POST", "https://a.io/x", matcher("https://a.io/x*x"))).toBeUndefined();
    expect(spentBy("POST", "https://a.io/xx", matcher("https://a.io/x*x"))).toEqual(limits);
    expect(spentBy("POST", "https://a.io/bc", matcher("https://a.io/*b*b*c"))).toBeUndefined();
    expect(spentBy("POST", "https://a.io/b-b-c", matcher("https://a.io/*b*b*c"))).toEqual(limits);
  });

  test("take precedence over Twilio's routes", () => {
    expect(spentBy("POST", `${FLEX}/Channels`, matcher(`${FLEX}/*`))).toEqual(limits);
  });

  test("keep the key and the capacity effect of Twilio's routes", () => {
    const over = (method: string, path: string) => matcher(`${FLEX}/*`, method)(method, FLEX + path);
    expect(over("POST", `/Channels/${CH}/Roles/agent/Users`)).toEqual({ limits, key: CH });
    expect(over("GET", "/FlexFlows")).toEqual({ limits, capacityEffect: "list" });
    expect(over("POST", "/FlexFlows")).toEqual({ limits, capacityEffect: "create" });
    expect(over("DELETE", "/FlexFlows/FO1")).toEqual({ limits, capacityEffect: "delete" });
  });

  test("accept a method in lower case", () => {
    expect(spentBy("PATCH", "https://a.example/b", matcher("https://a.example/b", "patch"))).toEqual(limits);
  });

  test("match themselves, whatever their characters", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme-ascii" }), (odd) => {
        const url = `https://a.example/${odd.replace(/[?#*\s]/g, "")}`;
        expect(spentBy("POST", url, matcher(url))).toEqual(limits);
      }),
    );
  });

  test("with many stars do not match slowly", () => {
    const stars = matcher(`https://${"*a".repeat(12)}`);
    const url = `https://${"a".repeat(2000)}b`;
    expect(spentBy("POST", url, stars)).toBeUndefined();
  });
});
