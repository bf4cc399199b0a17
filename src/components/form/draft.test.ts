import { Draft, follow, setInput, setText, startFrom, textMistake, textOf } from "./draft";

const after = (draft: Draft) => ({ input: draft.input, isOvertaken: draft.isOvertaken });

test("who has written nothing follows what is live", () => {
  expect(after(follow(startFrom({ mode: "off" }), { mode: "observe" }))).toEqual({
    input: { mode: "observe" },
    isOvertaken: false,
  });
});

test("what was written stays when what is live changes, and is told", () => {
  const draft = follow(setInput(startFrom({ mode: "off" }), { mode: "enforce" }), { mode: "observe" });
  expect(after(draft)).toEqual({ input: { mode: "enforce" }, isOvertaken: true });
  expect(draft.live).toEqual({ mode: "observe" });
});

test("nothing is told when what was written is what is live now", () => {
  expect(after(follow(setInput(startFrom({}), { mode: "off" }), { mode: "off" }))).toEqual({
    input: { mode: "off" },
    isOvertaken: false,
  });
});

test("nothing changes while what is live means the same", () => {
  const draft = startFrom({ mode: "off", queue: { maxLength: 5 } });
  expect(follow(draft, { queue: { maxLength: 5 }, mode: "off" })).toBe(draft);
  expect(follow(startFrom(undefined), {}).isOvertaken).toBe(false);
});

test("a text that is no JSON is kept as it is, with what was read before", () => {
  const draft = setText(setText(startFrom({}), '{"mode": "off"}'), '{"mode": "off"');
  expect(draft.input).toEqual({ mode: "off" });
  expect(textOf(draft)).toBe('{"mode": "off"');
  expect(textMistake(draft)).toMatchObject({ line: 1, column: 15 });
  expect(after(follow(draft, { mode: "observe" })).isOvertaken).toBe(true);
});

test("a text stays as it was typed until a field changes something", () => {
  const draft = setText(startFrom({}), '{"mode":"off"} // for now');
  expect(textOf({ ...draft, isText: false })).toBe('{"mode":"off"} // for now');
  expect(textOf(setInput(draft, { mode: "observe" }))).toBe('{\n  "mode": "observe"\n}');
});
