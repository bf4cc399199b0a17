import fc from "fast-check";

import { createRouteMatcher } from "./routes";

const FLEX = "https://flex-api.twilio.com/v1";
const OLD_FLEX = "https://preview.twilio.com/Flex";
const CHAT = "https://chat.twilio.com/v2/Services/ISaaaa";
const CH = "CH0123";

/** What each request spends, by the contract; at each of the addresses under which Twilio serves it. */
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

  test.each(SPENT)("%s %s is known in any case, with a trailing slash, a query and a fragment", (method, path) => {
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

test("a request about one channel or webchat says which", () => {
  expect(match("POST", `${FLEX}/Channels/${CH}/Roles/agent/Users`)?.key).toBe(CH);
  expect(match("POST", `${CHAT}/Channels/${CH}/Members`)?.key).toBe(CH);
  expect(match("GET", `${FLEX}/WebChannels/${CH}?x=1`)?.key).toBe(CH);
  expect(match("POST", `${FLEX}/WebChannels/Users`)?.key).toBeUndefined();
  expect(match("POST", `${FLEX}/Channels`)?.key).toBeUndefined();
});

test("the Flex Flows are counted by their list, their creation and their deletion", () => {
  const effectOf = (method: string, path: string) => match(method, FLEX + path)?.capacityEffect;
  expect(effectOf("GET", "/FlexFlows")).toBe("list");
  expect(effectOf("POST", "/FlexFlows")).toBe("create");
  expect(effectOf("DELETE", "/FlexFlows/FO1")).toBe("delete");
  expect(effectOf("POST", "/FlexFlows/FO1")).toBeUndefined();
  expect(effectOf("GET", "/FlexFlows/FO1")).toBeUndefined();
});

test.each([
  ["another host", "POST", "https://api.twilio.com/v1/Channels"],
  ["a host that only begins so", "POST", "https://flex-api.twilio.com.evil.example/v1/Channels"],
  ["a host that only ends so", "POST", "https://evilflex-api.twilio.com/v1/Channels"],
  ["an address within a query", "POST", "https://evil.example/?https://flex-api.twilio.com/v1/Channels"],
  ["another version", "POST", "https://flex-api.twilio.com/v2/Channels"],
  ["a resource below", "GET", `${CHAT}/Channels/${CH}/Messages`],
  ["a list of members", "GET", `${CHAT}/Channels/${CH}/Members`],
  ["another method", "PUT", `${FLEX}/Channels`],
  ["an update of a channel, which is on no row", "POST", `${CHAT}/Channels/${CH}`],
  ["a name that only begins so", "POST", `${FLEX}/ChannelsX`],
  ["plain http", "POST", "http://flex-api.twilio.com/v1/Channels"],
])("%s spends nothing", (_what, method, url) => {
  expect(match(method, url)).toBeUndefined();
});

describe("where the Flex configuration names another orchestration service", () => {
  const matcher = createRouteMatcher([], "https://orchestration.example/v3/Channels/");

  test("adding the agent there spends a member, in both forms", () => {
    const wanted = ["POST /WebChannels/Users"];
    expect(matcher("POST", `https://orchestration.example/v3/Channels/${CH}/Roles/agent/Users`)).toMatchObject({
      limits: wanted,
      key: CH,
    });
    expect(spentBy("post", "https://ORCHESTRATION.example/v3/channels/Users?x", matcher)).toEqual(wanted);
  });

  test.each(SPENT)("%s %s, below what its collection stands in, spends %s", (method, path, limit) => {
    for (const collection of ["Channels", "WebChannels", "channels/", "WebChannels?x=/Channels"]) {
      const beside = createRouteMatcher([], `https://orchestration.example/v3/${collection}`);
      expect(spentBy(method, `https://orchestration.example/v3${path}`, beside)).toEqual([limit]);
    }
  });

  test("an address that names no collection is one for joins only", () => {
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

  test("nothing else there spends anything, and Twilio's own addresses still do", () => {
    expect(spentBy("POST", "https://orchestration.example/Channels", matcher)).toBeUndefined();
    expect(spentBy("POST", "https://orchestration.example/v3/Channels/Channels", matcher)).toBeUndefined();
    expect(spentBy("POST", `${FLEX}/Channels`, matcher)).toEqual(["POST /channels"]);
  });

  test("its dots and signs are taken as they stand", () => {
    expect(spentBy("POST", "https://orchestrationXexample/v3/Channels/Users", matcher)).toBeUndefined();
    expect(spentBy("POST", "https://orchestrationXexample/v3/Channels", matcher)).toBeUndefined();
  });
});

describe("an admin's routes", () => {
  const limits = ["POST /WebChannels"] as const;
  const matcher = (url: string, method = "POST") => createRouteMatcher([{ method, url, limits }]);

  test("* stands for any run of characters, everything else for itself", () => {
    const twil = matcher("https://*.twil.io/create-webchat");
    expect(spentBy("POST", "https://flow-1234-dev.twil.io/create-webchat", twil)).toEqual(limits);
    expect(spentBy("POST", "https://flow.twil.io/Create-Webchat/?token=1", twil)).toEqual(limits);
    expect(spentBy("POST", "https://flow.twilXio/create-webchat", twil)).toBeUndefined();
    expect(spentBy("POST", "https://flow.twil.io/create-webchat-2", twil)).toBeUndefined();
    expect(spentBy("GET", "https://flow.twil.io/create-webchat", twil)).toBeUndefined();
  });

  test("what stands before and after a * does not share a letter, nor do two of its parts", () => {
    expect(spentBy("POST", "https://a.io/x", matcher("https://a.io/x*x"))).toBeUndefined();
    expect(spentBy("POST", "https://a.io/xx", matcher("https://a.io/x*x"))).toEqual(limits);
    expect(spentBy("POST", "https://a.io/bc", matcher("https://a.io/*b*b*c"))).toBeUndefined();
    expect(spentBy("POST", "https://a.io/b-b-c", matcher("https://a.io/*b*b*c"))).toEqual(limits);
  });

  test("come before Twilio's own", () => {
    expect(spentBy("POST", `${FLEX}/Channels`, matcher(`${FLEX}/*`))).toEqual(limits);
  });

  test("leave a join its chat and a Flex Flow its count, where they stand over Twilio's own", () => {
    const over = (method: string, path: string) => matcher(`${FLEX}/*`, method)(method, FLEX + path);
    expect(over("POST", `/Channels/${CH}/Roles/agent/Users`)).toEqual({ limits, key: CH });
    expect(over("GET", "/FlexFlows")).toEqual({ limits, capacityEffect: "list" });
    expect(over("POST", "/FlexFlows")).toEqual({ limits, capacityEffect: "create" });
    expect(over("DELETE", "/FlexFlows/FO1")).toEqual({ limits, capacityEffect: "delete" });
  });

  test("a method in small letters is the same method", () => {
    expect(spentBy("PATCH", "https://a.example/b", matcher("https://a.example/b", "patch"))).toEqual(limits);
  });

  test("no address, however odd, breaks the matcher or matches itself wrongly", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme-ascii" }), (odd) => {
        const url = `https://a.example/${odd.replace(/[?#*\s]/g, "")}`;
        expect(spentBy("POST", url, matcher(url))).toEqual(limits);
      }),
    );
  });

  test("many stars do not make a long address slow to look at", () => {
    const stars = matcher(`https://${"*a".repeat(12)}`);
    const url = `https://${"a".repeat(2000)}b`;
    expect(spentBy("POST", url, stars)).toBeUndefined();
  });
});
