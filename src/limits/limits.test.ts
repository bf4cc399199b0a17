import { ADD_MEMBER, CREATE_CHANNEL, LIMITS, RATE_LIMIT_IDS } from "./limits";

/** The rows of Twilio's page "Flex Messaging Limits". scripts/limitTables.test.ts compares the whole table with the docs. */
const PAGE: [id: string, perSecond: number][] = [
  ["GET /FlexFlows", 10],
  ["GET /FlexFlows/FOxx", 2],
  ["POST /FlexFlows", 2],
  ["POST /FlexFlows/FOxx", 1],
  ["DELETE /FlexFlows/FOxx", 2],
  ["GET /WebChannels", 1],
  ["GET /WebChannels/CHxx", 1],
  ["POST /WebChannels", 5],
  ["POST /WebChannels/CHxx", 1],
  ["DELETE /WebChannels/CHxx", 1],
  ["POST /WebChannels/Users", 10],
  ["GET /channels", 5],
  ["GET /channels/CHxx", 3],
  ["POST /channels", 10],
  ["DELETE /channels/CHxx", 10],
  ["Proxy Out-of-Session callbacks", 10],
];

test.each(PAGE)("%s allows %i per second", (id, perSecond) => {
  expect(LIMITS).toHaveProperty([id], { kind: "rate", perSecond });
});

test("Flex Flows are a capacity of 2500", () => {
  expect(LIMITS["Flex Flows"]).toEqual({ kind: "capacity", max: 2500 });
});

test("RATE_LIMIT_IDS lists all limits but the capacity", () => {
  expect(Object.keys(LIMITS)).toEqual([...RATE_LIMIT_IDS, "Flex Flows"]);
});

test("the limits of adding a member and creating a channel exist", () => {
  expect([ADD_MEMBER, CREATE_CHANNEL]).toEqual(["POST /WebChannels/Users", "POST /channels"]);
});
