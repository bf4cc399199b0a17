/**
 * A Babel plugin that shortens the names of private members. TypeScript ensures that only their class uses them, but the
 * minifier cannot know it. A name stays as it is where some uses may belong to another object.
 */

const LETTERS = Array.from("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");

/** React's components have no members with short names. */
const SUPERCLASSES = ["Component", "PureComponent"];

/** The identifier of a member, also of one that a parameter of the constructor declares. */
const identifierOf = ({ parameter, key }) => (parameter ? (parameter.left ?? parameter) : key);

/** @returns the private members that each instance has. */
function findPrivateMembers({ body }) {
  const parameters = body.find(({ kind }) => kind === "constructor")?.params ?? [];
  return [...parameters, ...body].filter(
    (member) => member.accessibility === "private" && !member.static && !member.computed,
  );
}

/** Whether an expression is the instance. Functions other than arrow functions have their own `this`. */
function isInstance(expression, classPath) {
  if (!expression.isThisExpression()) return false;
  const owner = expression.findParent(
    (each) => each.isClassProperty() || (each.isFunction() && !each.isArrowFunctionExpression()),
  );
  return owner.parentPath.parentPath === classPath;
}

/** Finds the identifiers that name private members, and the names that other objects may have, too. */
function findUses(classPath, declared, names) {
  const uses = [];
  const ambiguous = new Set();
  const visit = (object, key, computed) => {
    const name = computed ? key.value : key.name;
    if (!names.has(name)) return;
    if (!computed && isInstance(object, classPath)) uses.push(key);
    else ambiguous.add(name);
  };
  const visitMember = (path) => visit(path.get("object"), path.node.property, path.node.computed);
  classPath.traverse({
    "ReferencedIdentifier|BindingIdentifier"(path) {
      // A member that a parameter of the constructor declares is also a variable there.
      if (!declared.includes(path.node) && path.findParent((each) => each.node.kind === "constructor"))
        ambiguous.add(path.node.name);
    },
    MemberExpression: visitMember,
    OptionalMemberExpression: visitMember,
    VariableDeclarator(path) {
      const { id, init } = path.node;
      if (id.type !== "ObjectPattern" || !init) return;
      for (const property of id.properties.filter(({ key }) => key)) {
        // In `{ name }`, key and variable share one node.
        property.key = { ...property.key };
        visit(path.get("init"), property.key, property.computed);
      }
    },
  });
  return { uses, ambiguous };
}

/** @returns the names of all identifiers in a class. */
function findNames(classPath) {
  const names = new Set();
  classPath.get("body").traverse({ Identifier: ({ node }) => void names.add(node.name) });
  return names;
}

function shortenNames(classPath) {
  const { id, body, superClass } = classPath.node;
  if (superClass && !SUPERCLASSES.includes((superClass.property ?? superClass).name)) return;
  const members = findPrivateMembers(body);
  const taken = findNames(classPath);
  // A class that refers to itself may use another instance in ways that `findUses` does not see.
  if (members.length === 0 || taken.has(id?.name)) return;
  const declared = members.map(identifierOf);
  const names = new Set(declared.map(({ name }) => name));
  const { uses, ambiguous } = findUses(classPath, declared, names);
  const free = LETTERS.filter((letter) => !taken.has(letter));
  const short = new Map(
    [...names]
      .filter((name) => !ambiguous.has(name))
      .slice(0, free.length)
      .map((name, index) => [name, free[index]]),
  );
  for (const identifier of [...declared, ...uses]) identifier.name = short.get(identifier.name) ?? identifier.name;
}

module.exports = () => ({ visitor: { Program: (path) => path.traverse({ Class: shortenNames }) } });
