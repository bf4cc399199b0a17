/** Checks that README.md and docs/ name only files, headings and tests that exist, and that README.md stays short. */

import { existsSync, readdirSync, readFileSync } from "fs";
import { dirname, join, relative, resolve } from "path";

import { readSettings } from "../src/settings/readSettings";
import { parseSettingsText, unwrapSettings } from "../src/settings/settingsText";

const ROOT = resolve(__dirname, "..");
const MAX_WORDS = 900;
const MAX_SENTENCE_WORDS = 30;

/** A path inside backticks counts as a file of this repository when it starts with one of these. */
const REPOSITORY_PATH = /^(?:\.ci|bench|cli|docs|e2e|public|scripts|src|stand-in|testing)(?:\/[\w.-]+)*\/?$/;

const markdownFiles = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return markdownFiles(path);
    return entry.name.endsWith(".md") ? [path] : [];
  });

const files = [join(ROOT, "README.md"), ...markdownFiles(join(ROOT, "docs"))];
const nameOf = (file: string) => relative(ROOT, file);

/** Fenced code may name files that do not exist yet. */
const removeFences = (text: string) => text.replace(/^```[\s\S]*?^```/gm, "");
const proseOf = (file: string) => removeFences(readFileSync(file, "utf8"));

/** The anchors that GitHub gives to the headings of a file. */
const anchorsIn = (file: string) =>
  Array.from(proseOf(file).matchAll(/^#+ (.+)$/gm), ([, heading]) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, "")
      .replace(/\s/g, "-"),
  );

/** The targets of inline links and of link definitions. */
const linksIn = (file: string) =>
  Array.from(
    proseOf(file).matchAll(/\[[^\]]*\]\(([^)\s]+)\)|^\[[^\]]+\]: (\S+)$/gm),
    ([, inline, reference]) => inline ?? reference,
  );

const relativeLinksIn = (file: string) => linksIn(file).filter((target) => !/^(?:https?|mailto):/.test(target));

describe.each(files.map((file) => [nameOf(file), file]))("%s", (_, file) => {
  test("links only to files and headings that exist", () => {
    const broken = relativeLinksIn(file).filter((target) => {
      const [path, anchor] = target.split("#", 2);
      const linked = path === "" ? file : resolve(dirname(file), decodeURIComponent(path));
      return !existsSync(linked) || (anchor !== undefined && !anchorsIn(linked).includes(anchor));
    });
    expect(broken).toEqual([]);
  });

  test("names only files that exist", () => {
    const named = Array.from(proseOf(file).matchAll(/`([^`\n]+)`/g), ([, code]) => code);
    const missing = named.filter((path) => REPOSITORY_PATH.test(path) && !existsSync(join(ROOT, path)));
    expect(missing).toEqual([]);
  });

  test("links to tests by their titles", () => {
    const links = Array.from(proseOf(file).matchAll(/\[([^\]]+)\]\(([^)\s]+\.test\.tsx?)\)/g));
    const wrong = links.filter(([, title, target]) => {
      const source = readFileSync(resolve(dirname(file), target), "utf8");
      return !title.endsWith(".test.ts") && !source.includes(title);
    });
    expect(wrong.map(([link]) => link)).toEqual([]);
  });
});

/** The examples of settings, each as a file. */
const settingsIn = (file: string) =>
  Array.from(readFileSync(file, "utf8").matchAll(/^```jsonc?\n([\s\S]*?)^```/gm), ([, code]) => code).filter((code) =>
    code.includes('"flexThrottle"'),
  );

test.each(
  files.flatMap((file) => settingsIn(file).map((code, index) => [`example ${index + 1} of ${nameOf(file)}`, code])),
)("the command accepts the settings in %s", (_, code) => {
  const parsed = parseSettingsText(code);
  expect(parsed).toHaveProperty("settings");
  const settings = "settings" in parsed ? unwrapSettings(parsed.settings) : undefined;
  expect(readSettings(settings).problems).toEqual([]);
});

describe("README.md", () => {
  const readme = readFileSync(join(ROOT, "README.md"), "utf8");

  test("has at most 900 words", () => {
    expect(readme.split(/\s+/).filter((word) => word !== "").length).toBeLessThanOrEqual(MAX_WORDS);
  });

  test("has no sentence of more than 30 words", () => {
    const text = removeFences(readme)
      .replace(/!?\[([^\]]*)\]\([^)]*\)/g, "$1")
      .replace(/^\s*[-*] /gm, "\n\n")
      .replace(/\|/g, "\n\n");
    const sentences = text
      .split(/\n\s*\n/)
      .flatMap((paragraph) => paragraph.split(/(?<=[.!?][*_)"]*)\s+(?=\S)/))
      .map((sentence) => sentence.trim().replace(/\s+/g, " "));
    expect(sentences.filter((sentence) => sentence.split(" ").length > MAX_SENTENCE_WORDS)).toEqual([]);
  });
});
