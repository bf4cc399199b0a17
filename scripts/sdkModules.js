/**
 * A Babel plugin that turns the CommonJS files of Twilio's Sync SDK back into ES modules, which webpack merges into one scope.
 * Rollup wrote them in a few forms. Any other form ends the build.
 */

const INTEROP = "_interopNamespace";

/** No import or export may remain in terms of these. */
const COMMON_JS = ["exports", "module", "require", INTEROP];

/** @returns `a` and `b` of `a.b` and `a["b"]`, where they are names. */
function readMember({ object, property, computed }) {
  return { object: object?.name, property: computed ? property.value : property?.name };
}

/** @returns the first argument of `name(…)`. */
function readCall(node, name) {
  return node?.type === "CallExpression" && node.callee.name === name ? node.arguments[0] : undefined;
}

/** @returns the export and its value in `Object.defineProperty(exports, "name", { get: function () { return value; } })`. */
function readDefinition({ callee, arguments: [target, name, descriptor] }) {
  if (readMember(callee).property !== "defineProperty" || target.name !== "exports") return {};
  const getter = descriptor.properties.find(({ key }) => key.name === "get");
  return { exported: name.value, value: getter?.value?.body.body[0].argument };
}

/** @returns the variable or export that a statement defines, and its value. */
function readStatement({ type, declarations, expression }) {
  if (type === "VariableDeclaration" && declarations.length === 1)
    return { variable: declarations[0].id.name, value: declarations[0].init };
  if (type !== "ExpressionStatement") return {};
  if (expression.type === "CallExpression") return readDefinition(expression);
  const { object, property } = readMember(expression.left ?? {});
  return object === "exports" ? { exported: property, value: expression.right } : {};
}

class Conversion {
  /** By the variable that has a module: where it comes from. */
  sources = new Map();

  /** By the name of an export: the variable that has its value. */
  variables = new Map();

  constructor(program, types) {
    this.program = program;
    this.types = types;
  }

  convertStatement(path) {
    const { variable, exported, value } = readStatement(path.node);
    const required = readCall(value, "require")?.value;
    const imported = this.sources.get(readCall(value, INTEROP)?.name);
    if (exported === "__esModule" || path.node.id?.name === INTEROP) path.remove();
    else if (variable === "global") {
      // For a variable of this name, webpack adds code that some content security policies reject.
      this.program.scope.rename(variable, "globalThis");
      path.remove();
    } else if (variable && required) {
      this.sources.set(variable, required);
      path.replaceWith(this.importAll(variable, required));
    } else if (variable && imported) path.replaceWith(this.importAll(variable, imported));
    else if (exported && value && !this.variables.has(exported))
      path.replaceWithMultiple(this.exportValue(exported, value));
  }

  exportValue(exported, value) {
    const { object, property } = readMember(value);
    if (this.sources.has(object)) return [this.exportAs(property, exported, this.sources.get(object))];
    const existing = object === "exports" ? this.variables.get(property) : value.name;
    const variable = existing ?? this.program.scope.generateUid(exported);
    this.variables.set(exported, variable);
    return [...(existing ? [] : [this.define(variable, value)]), this.exportAs(variable, exported)];
  }

  /** In what remains, replaces reading an export by reading its variable. */
  replaceExport(path) {
    const { object, property } = readMember(path.node);
    const isAssigned = path.parentPath.isAssignmentExpression({ left: path.node });
    if (object === "exports" && this.variables.has(property) && !isAssigned)
      path.replaceWith(this.types.identifier(this.variables.get(property)));
  }

  importAll(variable, source) {
    const t = this.types;
    return t.importDeclaration([t.importNamespaceSpecifier(t.identifier(variable))], t.stringLiteral(source));
  }

  exportAs(variable, exported, source) {
    const t = this.types;
    const specifier = t.exportSpecifier(t.identifier(variable), t.identifier(exported));
    return t.exportNamedDeclaration(null, [specifier], source && t.stringLiteral(source));
  }

  define(variable, value) {
    const t = this.types;
    return t.variableDeclaration("const", [t.variableDeclarator(t.identifier(variable), value)]);
  }
}

function rejectCommonJs(path) {
  const { name } = path.node;
  if (COMMON_JS.includes(name) && !path.scope.hasBinding(name, true))
    throw path.buildCodeFrameError(`The build knows no ES module for this use of "${name}"`);
}

function convert(program, types) {
  const conversion = new Conversion(program, types);
  program.node.directives = [];
  for (const path of program.get("body")) conversion.convertStatement(path);
  program.traverse({
    MemberExpression: (path) => conversion.replaceExport(path),
    ReferencedIdentifier: rejectCommonJs,
  });
}

const sdkModules = ({ types }) => ({ visitor: { Program: { exit: (program) => convert(program, types) } } });

module.exports = { sdkModules };
