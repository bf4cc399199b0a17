const { transformSync } = jest.requireActual<{
  transformSync(code: string, options: object): { code: string };
}>("@babel/core");

/** @returns TypeScript or JavaScript that a Babel plugin has changed, on one line. */
export function transformCode(code: string, plugin: unknown, filename: string): string {
  const result = transformSync(code, {
    babelrc: false,
    configFile: false,
    filename,
    parserOpts: { plugins: ["typescript"] },
    generatorOpts: { compact: false },
    plugins: [plugin],
  });
  return result.code.replace(/\s+/g, " ");
}
