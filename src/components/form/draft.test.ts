import { Draft, updateLive, setInput, setText, createDraft, findSyntaxError, getText } from "./draft";

const after = (draft: Draft) => ({ input: draft.input, hasConflict: draft.hasConflict });

test("follows the live settings without changes of its own", () => {
  expect(after(updateLive(createDraft({ mode: "off" }), { mode: "observe" }))).toEqual({
    input: { mode: "observe" },
    hasConflict: false,
  });
});

test("keeps changes when the live settings change, and reports the conflict", () => {
  const draft = updateLive(setInput(createDraft({ mode: "off" }), { mode: "enforce" }), { mode: "observe" });
  expect(after(draft)).toEqual({ input: { mode: "enforce" }, hasConflict: true });
  expect(draft.live).toEqual({ mode: "observe" });
});

test("reports no conflict when the live settings equal the draft", () => {
  expect(after(updateLive(setInput(createDraft({}), { mode: "off" }), { mode: "off" }))).toEqual({
    input: { mode: "off" },
    hasConflict: false,
  });
});

test("ignores live settings that mean the same", () => {
  const draft = createDraft({ mode: "off", queue: { maxLength: 5 } });
  expect(updateLive(draft, { queue: { maxLength: 5 }, mode: "off" })).toBe(draft);
  expect(updateLive(createDraft(undefined), {}).hasConflict).toBe(false);
});

test("keeps a text with a syntax error, and the settings read before", () => {
  const draft = setText(setText(createDraft({}), '{"mode": "off"}'), '{"mode": "off"');
  expect(draft.input).toEqual({ mode: "off" });
  expect(getText(draft)).toBe('{"mode": "off"');
  expect(findSyntaxError(draft)).toMatchObject({ line: 1, column: 15 });
  expect(after(updateLive(draft, { mode: "observe" })).hasConflict).toBe(true);
});

test("keeps the text as typed until a field changes", () => {
  const draft = setText(createDraft({}), '{"mode":"off"} // for now');
  expect(getText({ ...draft, isJsonMode: false })).toBe('{"mode":"off"} // for now');
  expect(getText(setInput(draft, { mode: "observe" }))).toBe('{\n  "mode": "observe"\n}');
});
