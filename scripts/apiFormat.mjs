// A TypeDoc plugin: the types are one list in the order of the entry file, with plain tables of their fields.

import { Converter, LiteralType, ReflectionKind, RendererEvent, UnionType } from "typedoc";
import { MarkdownPageEvent } from "typedoc-plugin-markdown";

export function load(app) {
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, listNames);
  app.renderer.on(RendererEvent.BEGIN, removeGroups);
  app.renderer.on(MarkdownPageEvent.END, simplifyPage);
}

/** Lists the names that a type consists of, instead of how the code computes them. */
function listNames(context) {
  const [program] = context.programs;
  for (const alias of context.project.getReflectionsByKind(ReflectionKind.TypeAlias)) {
    const type = program.getTypeChecker().getDeclaredTypeOfSymbol(context.getSymbolFromReflection(alias));
    if (!type.isUnion() || !type.types.every((part) => part.isStringLiteral())) continue;
    alias.type = new UnionType(type.types.map(({ value }) => new LiteralType(value)));
  }
}

function removeGroups({ project }) {
  delete project.groups;
  // A group of this name has no heading.
  for (const { groups } of project.children) groups?.forEach((group) => (group.title = "none"));
}

function simplifyPage(page) {
  page.contents = page.contents
    // Nothing links to a single field.
    .replace(/<a id="[^"]*"><\/a> /g, "")
    // The tables include the fields of the types that a type extends.
    .replace(/^#+ Exten(ds|ded by)\n\n(- .*\n)+\n/gm, "")
    .replace(/^\*\*\*\n\n/gm, "");
}
