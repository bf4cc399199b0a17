/** A webpack loader that replaces a TypeScript module with the values of its exports. */

const { require: requireTypeScript } = require("tsx/cjs/api");

module.exports = function evaluateModule() {
  this.addContextDependency(this.context);
  return Object.entries(requireTypeScript(this.resourcePath, __filename))
    .map(([name, value]) => `export const ${name} = ${JSON.stringify(value)};`)
    .join("\n");
};
