import { apply, backups, changeOtherKeys, live, open, shell } from "./support/writing";

describe("when Twilio fails", () => {
  beforeEach(() => open({ mode: "off" }));

  test("retries a 429 after Retry-After", async () => {
    shell.twilio.gate.fault("GET /Configuration", { kind: "429", retryAfter: 1 }, 2);
    const { code, err } = await shell.settings("get");
    expect([code, err]).toEqual([
      0,
      expect.stringMatching(/^(Twilio throttled the request \(429\)\. Retrying in [1-4] seconds?\.\n){2}$/),
    ]);
    expect(shell.methods).toEqual(["GET", "GET", "GET"]);
  });

  test("reads ui_attributes again before each attempt to write", async () => {
    shell.twilio.gate.fault("POST /Configuration", { kind: "429", retryAfter: 1 }, 1);
    shell.onRequest("GET /Configuration", 3, changeOtherKeys);
    expect((await apply({ mode: "observe" })).code).toBe(0);
    expect(shell.methods).toEqual(["GET", "GET", "POST", "GET", "POST", "GET"]);
    expect([live(), backups()]).toEqual([{ mode: "observe" }, [expect.any(String)]]);
  });

  test("does not overwrite a change made before the retry", async () => {
    shell.twilio.gate.fault("POST /Configuration", { kind: "429", retryAfter: 1 }, 1);
    shell.onRequest("GET /Configuration", 3, () => shell.changeSettings({ mode: "enforce" }));
    expect(await apply({ mode: "observe" })).toMatchObject({
      code: 2,
      err: expect.stringContaining("while this command was running:"),
    });
    expect([live(), backups()]).toEqual([{ mode: "enforce" }, []]);
  });

  test("does not wait for a long Retry-After", async () => {
    shell.twilio.gate.fault("POST /Configuration", { kind: "429", retryAfter: 120 });
    expect(await apply({ mode: "observe" })).toMatchObject({
      code: 2,
      err: "flex-throttle: Twilio throttled the request (429). Nothing was written. Try again in 120 seconds.\n",
    });
    expect([live(), backups()]).toEqual([{ mode: "off" }, []]);
  });

  test("reports an unknown outcome and keeps the backup if the write fails with a 500", async () => {
    shell.twilio.gate.fault("POST /Configuration", { kind: "500" });
    expect(await apply({ mode: "observe" })).toMatchObject({
      code: 2,
      err: expect.stringMatching(
        /^flex-throttle: Twilio answered 500, error 20500: .* The settings may or may not have been written; check with get\. Backup of ui_attributes: .*\.json\n$/,
      ),
    });
    expect(backups()).toHaveLength(1);
  });

  test("reports that the settings were written if only the verification fails", async () => {
    shell.onRequest("GET /Configuration", 2, () => shell.twilio.gate.fault("GET /Configuration", { kind: "500" }));
    expect(await apply({ mode: "observe" })).toMatchObject({
      code: 2,
      err: expect.stringContaining("The settings were written, but reading them again failed: Twilio answered 500"),
    });
    expect(live()).toEqual({ mode: "observe" });
  });
});
