import { Shell, Variables } from "./support/shell";

jest.setTimeout(60_000);

let shell: Shell;
beforeEach(async () => (shell = await Shell.open({})));
afterEach(async () => {
  expect(shell.leaks).toEqual([]);
  await shell.close();
});

/** The environment variables with an API key. */
const withKey = (): Variables => {
  const { apiKey, apiSecret } = shell.twilio.account.credentials;
  return { TWILIO_API_KEY: apiKey, TWILIO_API_SECRET: apiSecret, TWILIO_AUTH_TOKEN: undefined };
};
const check = (variables: Variables = withKey(), ...options: string[]) =>
  shell.run(["account", "check", "--yes", ...options], variables);

/** The requests to Sync's REST API: "POST items". */
const restRequests = () =>
  shell.twilio.gate.log.flatMap(({ operation }) =>
    operation.includes(" Sync ") ? [operation.replace("Sync ", "")] : [],
  );
const removals = () => restRequests().filter((operation) => operation === "DELETE lists");

interface Result {
  account: string;
  service: { sid: string; isAccessControlled: boolean };
  usable: string;
  removed: boolean;
  findings: { check: string; verdict: string; message: string; values?: Record<string, number> }[];
}
async function checkAsJson(variables?: Variables): Promise<{ code: number | null; result: Result; find: Find }> {
  const { code, out } = await check(variables, "--json");
  const result = JSON.parse(out) as Result;
  return { code, result, find: (name) => result.findings.find((finding) => finding.check === name) };
}
type Find = (check: string) => Result["findings"][number] | undefined;

test("finds that agents may push, that dates carry milliseconds, the latency, and that a burst is accepted", async () => {
  const { code, out, err } = await check();
  expect([code, err]).toEqual([0, ""]);
  expect(out.split("\n").map((line) => line.replace(/\d+ ms/g, "N ms"))).toEqual([
    expect.stringMatching(/^Sync service IS\w{32} of AC\w{32}$/),
    "  ok       Access control (ACLEnabled) is off.",
    "  ok       REST accepts pushes: N ms in the median, N ms at most.",
    "  ok       REST: Dates carry milliseconds.",
    "  ok       Agents can create a list, and open a list that another agent created.",
    "  ok       Agents can push: N ms in the median, N ms at most.",
    "  ok       Dates carry milliseconds.",
    "  ok       50 pushes at once are all accepted, the last after N ms.",
    "  ok       Another agent receives every item, N ms after its push began (median), in order.",
    "What the check has written is removed.",
    'The account budget can be used: set account.budget to "sync".',
    "",
  ]);
});

test("removes what it has written", async () => {
  const before = shell.twilio.syncStore.listNames;
  await check();
  expect(restRequests().filter((operation) => operation === "POST items")).toHaveLength(5);
  expect(removals()).toHaveLength(2);
  expect(shell.twilio.syncStore.listNames).toEqual(before);
});

test("prints JSON", async () => {
  const { result, find } = await checkAsJson();
  expect(result).toMatchObject({
    account: shell.twilio.account.sid,
    service: { sid: expect.stringMatching(/^IS/), isAccessControlled: false },
    usable: "yes",
    removed: true,
  });
  expect(find("agentBurst")).toMatchObject({ verdict: "ok", values: { pushes: 50, accepted: 50 } });
  expect(find("agentEvents")).toMatchObject({ values: { missing: 0, outOfOrder: 0 } });
});

test("says with an auth token alone that an API key is necessary to check agents, and checks the rest", async () => {
  const { code, result, find } = await checkAsJson({});
  expect([code, result.usable, result.removed]).toEqual([0, "unknown", true]);
  expect(find("restPushes")).toMatchObject({ verdict: "ok" });
  expect(find("agentAccess")).toMatchObject({
    verdict: "unknown",
    message: expect.stringContaining("Set TWILIO_API_KEY and TWILIO_API_SECRET."),
  });
});

test("finds that access control forbids agents to write", async () => {
  shell.twilio.sync.settings.deniesAccess = true;
  const { code, result, find } = await checkAsJson();
  expect([code, result.usable, result.removed]).toEqual([1, "no", true]);
  expect(find("accessControl")).toMatchObject({ verdict: "warning" });
  expect(find("agentAccess")).toMatchObject({ verdict: "no", message: expect.stringContaining("54007") });
});

test("finds that Sync rejects the token of an agent", async () => {
  shell.twilio.sync.settings.rejectsTokens = true;
  const { code, result, find } = await checkAsJson();
  expect([code, result.removed]).toEqual([1, true]);
  expect(find("agentAccess")).toMatchObject({ verdict: "no", message: expect.stringContaining("cannot use Sync") });
});

test("finds that dates carry no milliseconds", async () => {
  shell.twilio.sync.settings.sendsMilliseconds = false;
  const { code, find } = await checkAsJson();
  expect(code).toBe(0);
  expect(find("restDates")).toMatchObject({ verdict: "unknown" });
  expect(find("agentDates")).toMatchObject({ verdict: "warning" });
});

test("finds that a burst is over Sync's limit", async () => {
  shell.twilio.sync.settings.writesPerSecond = 2;
  const { code, find } = await checkAsJson();
  expect(code).toBe(0);
  expect(find("agentBurst")).toMatchObject({ verdict: "warning", message: expect.stringContaining("54009") });
  expect(find("agentBurst")?.values?.accepted).toBeLessThan(50);
});

test("counts items that arrive out of order", async () => {
  // The reader's own item, and an event of each item for both agents.
  shell.twilio.sync.planEvent("swap", 4);
  const { find } = await checkAsJson();
  expect(find("agentEvents")).toMatchObject({ verdict: "ok", message: expect.stringContaining("out of order") });
});

test("uses the Sync service in the live settings", async () => {
  shell.changeSettings({ account: { service: `IS${"0".repeat(32)}` } });
  expect(await check()).toMatchObject({
    code: 2,
    err: "flex-throttle: Sync has no such service (404): check account.service in the settings.\n",
  });
  expect(restRequests()).toEqual(["GET services"]);
});

test("asks before it writes", async () => {
  const ask = (input: string) => shell.run(["account", "check"], withKey(), { input, isTTY: true });
  const declined = await ask("n\n");
  expect([declined.code, restRequests()]).toEqual([1, ["GET services"]]);
  expect(declined.err).toMatch(
    /^Write 66 small items to new Sync Lists of AC\w+, and remove the lists afterwards\? \[y\/N\] /,
  );
  expect(declined.err).toContain("Nothing was written.");
  expect((await ask("y\n")).code).toBe(0);
  expect(removals()).toHaveLength(2);
});

test("does not write without a terminal to ask on", async () => {
  expect(await shell.run(["account", "check"], withKey())).toMatchObject({
    code: 2,
    err: expect.stringContaining("confirm the check with --yes"),
  });
  expect(restRequests()).toEqual(["GET services"]);
});

test("removes its lists when Twilio fails", async () => {
  shell.twilio.gate.fault("POST Sync items", { kind: "500" });
  expect(await check()).toMatchObject({ code: 2, err: expect.stringContaining("Twilio answered 500") });
  expect(removals().length).toBeGreaterThan(0);
});

test("stops when Twilio throttles it", async () => {
  shell.twilio.gate.fault("POST Sync items", { kind: "429" });
  expect(await check()).toMatchObject({
    code: 2,
    err: "flex-throttle: Twilio throttled a request to Sync (429). Try again in a minute.\n",
  });
  expect(removals()).toHaveLength(2);
});

test("names a list that it cannot remove, and says that it expires", async () => {
  shell.twilio.gate.fault("DELETE Sync lists", { kind: "500" }, 2);
  const { code, err } = await check();
  expect(code).toBe(0);
  expect(err).toMatch(
    /^Cannot remove the Sync List "flex-throttle-check-\w+": .* It expires within an hour by itself\.$/m,
  );
});

test("removes its lists after Ctrl-C", async () => {
  shell.twilio.gate.fault("POST Sync items", { kind: "never" });
  const running = shell.runProcess(["account", "check", "--yes"], withKey(), (child) =>
    shell.onRequest("POST Sync items", 1, () => child.kill("SIGINT")),
  );
  expect(await running).toMatchObject({ code: 130, err: expect.stringContaining("Interrupted. Removing the lists.") });
  expect(removals()).toHaveLength(2);
});
