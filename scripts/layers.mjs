/** A plugin of oxlint. Its rule reports imports of code that the table of layers does not allow. */

import { dirname, relative, resolve, sep } from "node:path";

const isIn = (file, path) => file === path || file.startsWith(`${path}/`);

const withoutExtension = (path) => path.replace(/\.tsx?$/, "");

/** The visitors of every syntax that imports a module, types included. */
const visitImports = (visit) => ({
  ImportDeclaration: (node) => visit(node.source),
  ImportExpression: (node) => visit(node.source),
  ExportAllDeclaration: (node) => visit(node.source),
  ExportNamedDeclaration: (node) => visit(node.source),
  TSExternalModuleReference: (node) => visit(node.expression),
  TSImportType: (node) => visit(node.source),
  CallExpression: (node) => node.callee.name === "require" && visit(node.arguments[0]),
});

/** Options: the table of layers, and files that may not import each other. */
function create(context) {
  const [layers, isolated] = context.options;
  const toPath = (absolute) => withoutExtension(relative(context.cwd, absolute).split(sep).join("/"));
  const file = toPath(context.filename);
  const [layer] = Object.keys(layers)
    .filter((path) => isIn(file, withoutExtension(path)))
    .sort((one, other) => other.length - one.length);
  if (layer === undefined) return {};

  const allowed = [layer, ...layers[layer], "package.json"].map(withoutExtension);
  const others = isolated.map(withoutExtension).filter((path) => path !== file);
  const isIsolated = others.length < isolated.length;
  return visitImports((source) => {
    if (typeof source?.value !== "string" || !/^[./]/.test(source.value)) return;
    const target = toPath(resolve(dirname(context.filename), source.value));
    if (!allowed.some((path) => isIn(target, path))) {
      context.report({ node: source, message: `${layer} may not import ${target}: see LAYERS in oxlint.config.mjs.` });
    } else if (isIsolated && others.includes(target)) {
      context.report({ node: source, message: "An interceptor may not import another one." });
    }
  });
}

export default {
  meta: { name: "layers" },
  rules: { "allowed-imports": { meta: { type: "problem", schema: false }, create } },
};
