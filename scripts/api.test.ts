/** TypeDoc is an ES module, which jest 27 cannot load, so it runs in a process of its own. */

import { spawnSync } from "child_process";
import { mkdtempSync, readFileSync, rmSync } from "fs";
import { tmpdir } from "os";
import { join } from "path";

const ROOT = join(__dirname, "..");
const TYPEDOC = join(ROOT, "node_modules/typedoc/bin/typedoc");

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), "flex-throttle-api-"))));
afterEach(() => rmSync(folder, { recursive: true }));

test("docs/api.md is up to date (npm run api writes it)", () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [TYPEDOC, "--out", folder, "--logLevel", "Warn"], {
    cwd: ROOT,
    encoding: "utf8",
  });
  expect({ status, output: stdout + stderr }).toEqual({ status: 0, output: "" });
  expect(readFileSync(join(ROOT, "docs/api.md"), "utf8")).toBe(readFileSync(join(folder, "api.md"), "utf8"));
});
