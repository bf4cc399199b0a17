import { ADD_MEMBER, CREATE_CHANNEL, LIMITS, RATE_LIMIT_IDS } from "./limits";

/** Twilio's page "Flex Messaging Limits", row by row, written a second time so that a slip in the first shows. */
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

test.each(PAGE)("%s allows %i a second", (id, perSecond) => {
  expect(LIMITS).toHaveProperty([id], { kind: "rate", perSecond });
});

test("Flex Flows are a count of 2500, never a rate", () => {
  expect(LIMITS["Flex Flows"]).toEqual({ kind: "capacity", max: 2500 });
});

test("there is no limit that is not on the page", () => {
  expect(RATE_LIMIT_IDS).toEqual(PAGE.map(([id]) => id));
  expect(Object.keys(LIMITS)).toEqual([...RATE_LIMIT_IDS, "Flex Flows"]);
});

test("adding a member and creating a channel have their names", () => {
  expect([ADD_MEMBER, CREATE_CHANNEL]).toEqual(["POST /WebChannels/Users", "POST /channels"]);
});
