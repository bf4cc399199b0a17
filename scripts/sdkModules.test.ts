import { transformCode } from "../testing/transformCode";

const { sdkModules } = jest.requireActual<{ sdkModules: unknown }>("./sdkModules");

const convert = (code: string) => transformCode(`"use strict";\n${code}`, sdkModules, "client.js");

test.each([
  ["a module", 'var uri = require("./uri.js"); uri.build();', 'import * as uri from "./uri.js"; uri.build();'],
  [
    "the namespace of a module",
    'var p = require("p"); function _interopNamespace(e) { return e; } var n = _interopNamespace(p); n.os();',
    'import * as p from "p"; import * as n from "p"; n.os();',
  ],
  ["the mark of a module", 'Object.defineProperty(exports, "__esModule", { value: true }); run();', "run();"],
  ["an export", "class Client {} exports.Client = Client;", "class Client {} export { Client };"],
  ["a default", 'function run() {} exports["default"] = run;', "function run() {} export { run as default };"],
  [
    "two names of an export",
    "exports.A = class A {}; exports.B = exports.A;",
    "const _A = class A {}; export { _A as A }; export { _A as B };",
  ],
  ["a use of an export", "exports.a = 1; const b = exports.a;", "const _a = 1; export { _a as a }; const b = _a;"],
  [
    "an export of another module",
    'var uri = require("./uri.js"); exports.Uri = uri["default"];',
    'import * as uri from "./uri.js"; export { default as Uri } from "./uri.js";',
  ],
  [
    "an export that is a getter",
    'var c = require("./c.js"); Object.defineProperty(exports, "A", { enumerable: true, get: function () { return c.B; } });',
    'import * as c from "./c.js"; export { B as A } from "./c.js";',
  ],
  ["the global object", "var global = typeof global; global.open();", "globalThis.open();"],
])("converts %s", (_, code, expected) => {
  expect(convert(code)).toBe(expected);
});

test("keeps other statements, and variables that have the names of CommonJS", () => {
  const code = "const a = [1], b = 2; function run(module) { return module.exports; } a.length = 0; a.push(b);";
  expect(convert(code)).toBe(code);
});

test.each([
  ["a module in an expression", 'const b = 1, a = require("./a.js");'],
  ["a module in a function", 'function run() { return require("./a.js"); }'],
  ["some names of a module", 'const { a } = require("./a.js");'],
  ["a module with a computed name", "var a = require(name);"],
  ["an export that is set twice", "exports.a = 1; exports.a = 2;"],
  ["an export that is set in a function", "exports.a = 1; function run() { exports.a = 2; }"],
  ["an export that is not set", "run(exports.a);"],
  ["an export with a computed name", "exports[name] = 1;"],
  ["all exports", "module.exports = run;"],
  ["a getter of another form", 'Object.defineProperty(exports, "a", { get() { return 1; } });'],
  ["the namespace of something unknown", "var n = _interopNamespace(p);"],
])("rejects %s and names the file", (_, code) => {
  expect(() => convert(code)).toThrow(/client\.js: The build knows no ES module for this use of "\w+"/);
});
