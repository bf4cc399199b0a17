/** A Babel plugin that removes from the style sheets in `styled("…")` the space that only people need. */

const shorten = (css) =>
  css
    // A brace, semicolon or comma is all that separates a line from the next one.
    .replace(/([{};,])\s*\n\s*/g, "$1")
    .replace(/\s*\n\s*/g, " ")
    .replace(/ \{/g, "{")
    .replace(/;\}/g, "}")
    .replace(/: /g, ":");

const isStyled = ({ callee }) => callee?.name === "styled";

module.exports = () => ({
  visitor: {
    TaggedTemplateExpression({ node: { tag, quasi } }) {
      if (!isStyled(tag)) return;
      const parts = quasi.quasis.map(({ value }) => value);
      for (const part of parts) part.raw = shorten(part.raw);
      parts[0].raw = parts[0].raw.trimStart();
      parts[parts.length - 1].raw = parts[parts.length - 1].raw.trimEnd();
    },
  },
});
