import { Draft, updateLive, setInput, setText, createDraft, findSyntaxError, getText } from "./draft";

const after = (draft: Draft) => ({ input: draft.input, hasConflict: draft.hasConflict });

test("who has written nothing follows what is live", () => {
  expect(after(updateLive(createDraft({ mode: "off" }), { mode: "observe" }))).toEqual({
    input: { mode: "observe" },
    hasConflict: false,
  });
});

test("what was written stays when what is live changes, and is told", () => {
  const draft = updateLive(setInput(createDraft({ mode: "off" }), { mode: "enforce" }), { mode: "observe" });
  expect(after(draft)).toEqual({ input: { mode: "enforce" }, hasConflict: true });
  expect(draft.live).toEqual({ mode: "observe" });
});

test("nothing is told when what was written is what is live now", () => {
  expect(after(updateLive(setInput(createDraft({}), { mode: "off" }), { mode: "off" }))).toEqual({
    input: { mode: "off" },
    hasConflict: false,
  });
});

test("nothing changes while what is live means the same", () => {
  const draft = createDraft({ mode: "off", queue: { maxLength: 5 } });
  expect(updateLive(draft, { queue: { maxLength: 5 }, mode: "off" })).toBe(draft);
  expect(updateLive(createDraft(undefined), {}).hasConflict).toBe(false);
});

test("a text that is no JSON is kept as it is, with what was read before", () => {
  const draft = setText(setText(createDraft({}), '{"mode": "off"}'), '{"mode": "off"');
  expect(draft.input).toEqual({ mode: "off" });
  expect(getText(draft)).toBe('{"mode": "off"');
  expect(findSyntaxError(draft)).toMatchObject({ line: 1, column: 15 });
  expect(after(updateLive(draft, { mode: "observe" })).hasConflict).toBe(true);
});

test("a text stays as it was typed until a field changes something", () => {
  const draft = setText(createDraft({}), '{"mode":"off"} // for now');
  expect(getText({ ...draft, isJsonMode: false })).toBe('{"mode":"off"} // for now');
  expect(getText(setInput(draft, { mode: "observe" }))).toBe('{\n  "mode": "observe"\n}');
});
