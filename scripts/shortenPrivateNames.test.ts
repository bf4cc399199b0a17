import { transformCode } from "../testing/transformCode";

const shorten = (code: string) => transformCode(code, require.resolve("./shortenPrivateNames"), "code.ts");

test.each([
  ["fields", "class A { private count = 1; get() { return this.count; } }", "private a = 1; get() { return this.a; }"],
  ["methods", "class A { private add() {} run = () => this.add(); }", "private a() {} run = () => this.a();"],
  [
    "accessors",
    "class A { private get n() { return 1; } private set n(x) {} x() { return this?.n; } }",
    "private get a() { return 1; } private set a(x) {} x() { return this?.a; }",
  ],
  [
    "parameters of the constructor",
    "class A { constructor(private readonly now = clock) { this.now(); } }",
    "constructor(private readonly a = clock) { this.a(); }",
  ],
  [
    "parameters without a default",
    "class A { constructor(private readonly now: Clock) {} x() { this.now(); } }",
    "constructor(private readonly a: Clock) {} x() { this.a(); }",
  ],
  [
    "members that are destructured",
    "class A { private count = 1; get() { const { count } = this; return count; } }",
    "get() { const { a: count } = this; return count; }",
  ],
  [
    "members of React's components",
    "class A extends React.Component { private count = 1; }",
    "class A extends React.Component { private a = 1; }",
  ],
])("shortens %s", (_, code, expected) => {
  expect(shorten(code)).toContain(expected);
});

test("does not use a name that the class has or that its code uses", () => {
  expect(shorten("class A { a = 1; private count = (b: number) => b; }")).toContain("private c = ");
});

test.each([
  ["public, protected and static members", "class A { x1 = 1; protected x2 = 1; private static x3 = 1; }"],
  [
    "a name that another object may have",
    "class A { private max = 1; get(other: B) { return this.max + other.max; } }",
  ],
  ["a name that is destructured from another object", "class A { private max = f(); x() { const { max } = y; } }"],
  ["a parameter that the constructor uses", "class A { constructor(private readonly now: Clock) { now(); } }"],
  ["a parameter that it assigns to", "class A { constructor(private now: Clock) { now = clock; } }"],
  ["a name in brackets", 'class A { private max = 1; get() { return this["max"]; } }'],
  [
    "a name in a function with its own `this`",
    "class A { private max = 1; x() { return function () { this.max; }; } }",
  ],
  ["a name in an object's method", "class A { private max = 1; x() { return { y() { this.max; } }; } }"],
  ["members of a class that refers to itself", "class A { private max = 1; isSame(other: A) { return other; } }"],
  ["members of a class with another superclass", "class A extends B { private max = 1; }"],
])("keeps %s", (_, code) => {
  expect(shorten(code).replace(/ /g, "")).toBe(code.replace(/ /g, ""));
});
