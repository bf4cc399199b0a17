/** A Babel plugin that imports React's `createElement` under a short name into each file with JSX. */

module.exports = ({ types }) => ({
  visitor: {
    Program(program) {
      let hasJsx = false;
      program.traverse({ JSX: () => void (hasJsx = true) });
      if (!hasJsx) return;
      const name = types.identifier("h");
      const [declaration] = program.unshiftContainer("body", [
        types.importDeclaration([types.importSpecifier(name, name)], types.stringLiteral("create-element")),
      ]);
      program.scope.registerDeclaration(declaration);
    },
  },
});
