import { apply, backups, changeOtherKeys, live, open, shell } from "./support/writing";

describe("rollback", () => {
  const rollback = (...options: string[]) => shell.settings("rollback", "--yes", ...options);
  const applyAll = async (...modes: string[]) => {
    for (const mode of modes) await apply({ mode });
  };

  test("restores the settings from before the last apply, and goes one apply further back each time", async () => {
    await open();
    await applyAll("off", "observe", "enforce");
    const seen: unknown[] = [];
    for (let times = 0; times < 3; times += 1) {
      const { code, out } = await rollback();
      expect([code, out]).toEqual([
        0,
        expect.stringMatching(
          /^Changes from the live settings of AC\w+ to the settings from before the apply of \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC:\n/,
        ),
      ]);
      seen.push(live());
    }
    expect(seen).toEqual([{ mode: "observe" }, { mode: "off" }, undefined]);
    expect("flexThrottle" in shell.uiAttributes).toBe(false);
    expect(await rollback()).toMatchObject({
      code: 2,
      err: expect.stringMatching(/^flex-throttle: Nothing to roll back: this machine has no backup for AC\w+\.\n$/),
    });
  });

  test("after a further apply, restores the settings from before that one", async () => {
    await open({ mode: "off" });
    await applyAll("observe");
    await rollback();
    await applyAll("enforce");
    await rollback();
    expect(live()).toEqual({ mode: "off" });
  });

  test("keeps changes to other keys", async () => {
    await open({ mode: "off" });
    await applyAll("observe");
    changeOtherKeys();
    expect((await rollback()).code).toBe(0);
    expect(live()).toEqual({ mode: "off" });
  });

  test("--dry-run writes nothing and does not count as a rollback", async () => {
    await open({ mode: "off" });
    await applyAll("observe");
    const before = [...shell.methods, ...backups()];
    expect(await rollback("--dry-run")).toMatchObject({
      code: 0,
      out: expect.stringMatching(/"observe" → "off"\nDry run: nothing was written\.\n$/),
    });
    expect([...shell.methods, ...backups()]).toEqual([...before.slice(0, -1), "GET", ...before.slice(-1)]);
    await rollback();
    expect(live()).toEqual({ mode: "off" });
  });

  test("overwrites a concurrent change only with --force", async () => {
    await open({ mode: "off" });
    await applyAll("observe");
    shell.changeSettings({ mode: "enforce" });
    expect(await rollback()).toMatchObject({
      code: 2,
      err: expect.stringContaining("Somebody else has changed the settings"),
    });
    expect(live()).toEqual({ mode: "enforce" });
    expect((await rollback("--force")).code).toBe(0);
    expect(live()).toEqual({ mode: "off" });
  });

  test("skips an apply whose settings are already live", async () => {
    await open({ mode: "off" });
    await applyAll("observe", "enforce");
    shell.changeSettings({ mode: "observe" });
    await shell.settings("get");
    expect(await rollback()).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^Nothing to do: AC\w+ already has the settings from before the apply of/),
    });
    await rollback();
    expect(live()).toEqual({ mode: "off" });
  });
});
