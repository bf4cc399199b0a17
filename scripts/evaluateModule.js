/** A webpack loader that replaces a TypeScript module with the values of its exports. */

const { require: requireTypeScript } = require("tsx/cjs/api");

module.exports = function evaluateModule() {
  this.addContextDependency(this.context);
  // webpack would merge an ES module with the code.
  return Object.entries(requireTypeScript(this.resourcePath, __filename))
    .map(([name, value]) => `exports.${name} = ${JSON.stringify(value)};`)
    .join("\n");
};
