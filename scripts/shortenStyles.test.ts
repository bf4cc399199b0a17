import { transformCode } from "../testing/transformCode";

const shorten = (css: string) =>
  transformCode(`styled("p")\`${css}\`;`, require.resolve("./shortenStyles"), "styles.ts");

test.each([
  ["rules and declarations", "\n  margin: 0 8px;\n\n  b {\n    color: red;\n  }\n", "margin:0 8px;b{color:red}"],
  ["lists of selectors", "h2,\n  h3 {\n    margin: 0;\n  }", "h2,h3{margin:0}"],
  ["selectors of states", "a :hover,\n  a:focus > b {\n    top: 0;\n  }", "a :hover,a:focus > b{top:0}"],
  [
    "media queries",
    "@media (max-width: 9px) {\n    a {\n      top: 0;\n    }\n  }",
    "@media (max-width:9px){a{top:0}}",
  ],
  ["values on several lines", "\n  margin:\n    0\n    8px;\n", "margin:0 8px;"],
  ["computed values", "\n  margin: ${top}\n    ${left};\n  ${rest}\n", "margin:${top} ${left};${rest}"],
  ["calculations", "width: calc(100% - 8px);", "width:calc(100% - 8px);"],
  ["escapes", 'content: "\\\\25b8";', 'content:"\\\\25b8";'],
])("shortens %s", (_, css, expected) => expect(shorten(css)).toBe(`styled("p")\`${expected}\`;`));

test("changes no other template", () => {
  const code = "text`a: b;  c`;";
  expect(transformCode(code, require.resolve("./shortenStyles"), "texts.ts")).toBe("text`a: b; c`;");
});
