import { patchMethod, Uninstall } from "./patch";

/** What other plugins do: keep what was there, call it, and put it back. */
function patchAsOthersDo(target: Greeter, mark: string): Uninstall {
  const before = target.greet;
  target.greet = function (this: Greeter, name: string) {
    return `${mark}(${before.call(this, name)})`;
  };
  return () => {
    target.greet = before;
  };
}

interface Greeter {
  word: string;
  greet(name: string): string;
}

const newGreeter = (): Greeter => ({
  word: "hello",
  greet(name) {
    return `${this.word} ${name}`;
  },
});

const patchOurs = (target: Greeter, mark = "ours") =>
  patchMethod(
    target,
    "greet",
    (original) =>
      function (this: Greeter, name) {
        return `${mark}(${original.call(this, name)})`;
      },
  );

test("passes this, the arguments and the result through", () => {
  const greeter = newGreeter();
  patchOurs(greeter);
  expect(greeter.greet("you")).toBe("ours(hello you)");
});

test.each([
  ["an ordinary one", { configurable: true, enumerable: true, writable: true }],
  ["one that is not listed", { configurable: true, enumerable: false, writable: true }],
  ["one that cannot be assigned", { configurable: true, enumerable: false, writable: false }],
])("restores the property: %s", (_, flags) => {
  const target = Object.defineProperty(newGreeter(), "greet", { value: newGreeter().greet, ...flags }) as Greeter;
  const before = Object.getOwnPropertyDescriptor(target, "greet");
  const uninstall = patchOurs(target);
  const { value, ...kept } = Object.getOwnPropertyDescriptor(target, "greet") as PropertyDescriptor;
  expect(kept).toEqual(flags);
  expect(value).not.toBe(before?.value);
  uninstall();
  expect(Object.getOwnPropertyDescriptor(target, "greet")).toEqual(before);
});

test("leaves no own property behind if the method was inherited", () => {
  const prototype = newGreeter();
  const child = Object.create(prototype) as Greeter;
  const uninstall = patchOurs(child);
  expect(child.greet("you")).toBe("ours(hello you)");
  expect(prototype.greet("you")).toBe("hello you");
  uninstall();
  expect(Object.keys(child)).toEqual([]);
  expect(child.greet).toBe(prototype.greet);
});

describe("a property that another script has defined as an accessor", () => {
  const withAccessor = (accessor: PropertyDescriptor & { get(): unknown }) => {
    const greeter = Object.defineProperty(newGreeter(), "greet", accessor) as Greeter;
    return { greeter, before: Object.getOwnPropertyDescriptor(greeter, "greet") };
  };
  const { greet } = newGreeter();

  test.each([
    ["without a setter", { configurable: true, enumerable: true, get: () => greet }],
    ["not listed", { configurable: true, enumerable: false, get: () => greet, set: () => undefined }],
  ])("is patched and restored: %s", (_, accessor) => {
    const { greeter, before } = withAccessor(accessor);
    const uninstall = patchOurs(greeter);
    expect(greeter.greet("you")).toBe("ours(hello you)");
    const uninstallOther = patchAsOthersDo(greeter, "other");
    expect(greeter.greet("you")).toBe("other(ours(hello you))");
    uninstallOther();
    uninstall();
    expect(Object.getOwnPropertyDescriptor(greeter, "greet")).toEqual(before);
  });

  test("is patched and restored through its setter when it cannot be redefined", () => {
    let current = greet;
    const { greeter } = withAccessor({ get: () => current, set: (value: typeof greet) => (current = value) });
    const uninstall = patchOurs(greeter);
    expect(greeter.greet("you")).toBe("ours(hello you)");
    uninstall();
    expect(current).toBe(greet);
  });
});

test.each<[string, PropertyDescriptor]>([
  ["read-only", { configurable: false, writable: false, value: newGreeter().greet }],
  ["a getter", { configurable: false, get: () => newGreeter().greet }],
  ["a setter without effect", { configurable: false, get: () => newGreeter().greet, set: () => undefined }],
])("throws and changes nothing if another script has locked the property: %s", (_, locked) => {
  const greeter = Object.defineProperty(newGreeter(), "greet", locked) as Greeter;
  expect(() => patchOurs(greeter)).toThrow(new TypeError("greet is locked by another script."));
  expect(greeter.greet("you")).toBe("hello you");
});

test("calls a later patch of the prototype of an inherited method", () => {
  const prototype = newGreeter();
  const child = Object.create(prototype) as Greeter;
  const uninstall = patchOurs(child);
  const uninstallOther = patchAsOthersDo(prototype, "other");
  expect(child.greet("you")).toBe("ours(other(hello you))");
  uninstallOther();
  expect(child.greet("you")).toBe("ours(hello you)");
  uninstall();
  expect(child.greet).toBe(prototype.greet);
});

test("stays in the chain under a later patch, only calls the original, and is removed once the later patch has gone", () => {
  const greeter = newGreeter();
  const before = Object.getOwnPropertyDescriptor(greeter, "greet");
  const uninstall = patchOurs(greeter);
  const uninstallOther = patchAsOthersDo(greeter, "other");
  uninstall();
  expect(greeter.greet("you")).toBe("other(hello you)");
  uninstallOther();
  expect(greeter.greet("you")).toBe("hello you");
  expect(Object.getOwnPropertyDescriptor(greeter, "greet")).toEqual(before);
});

test("leaves an earlier patch of another plugin in place", () => {
  const greeter = newGreeter();
  const uninstallOther = patchAsOthersDo(greeter, "other");
  const others = greeter.greet;
  const uninstall = patchOurs(greeter);
  expect(greeter.greet("you")).toBe("ours(other(hello you))");
  uninstall();
  expect(greeter.greet).toBe(others);
  uninstallOther();
  expect(greeter.greet("you")).toBe("hello you");
});

test("restores the method of a proxy that returns a new function at each read", () => {
  const greeter = newGreeter();
  const original = greeter.greet;
  const proxy = new Proxy(greeter, {
    get: (target, name: keyof Greeter) => (name === "greet" ? target.greet.bind(target) : target[name]),
  });
  const uninstall = patchOurs(proxy);
  expect(proxy.greet("you")).toBe("ours(hello you)");
  uninstall();
  expect(greeter.greet).toBe(original);
});

/** Every order of some things. */
function ordersOf<T>(things: readonly T[]): T[][] {
  if (things.length === 0) return [[]];
  return things.flatMap((first) => ordersOf(things.filter((other) => other !== first)).map((rest) => [first, ...rest]));
}

test.each([
  "ours ours ours",
  "other ours ours",
  "ours other ours",
  "ours ours other",
  "other ours other",
  "ours other other",
])("runs only the installed patches, in order, whatever the order of removal (%s)", (kinds) => {
  const marks = kinds.split(" ").map((kind, index) => kind + index);
  for (const order of ordersOf(marks.filter((mark) => mark.startsWith("ours")))) {
    const greeter = newGreeter();
    const uninstalls = new Map(
      marks.map((mark) => [mark, (mark.startsWith("ours") ? patchOurs : patchAsOthersDo)(greeter, mark)]),
    );
    const left = new Set(marks);
    for (const mark of order) {
      uninstalls.get(mark)?.();
      left.delete(mark);
      expect(greeter.greet("you")).toBe(Array.from(left).reduce((text, patch) => `${patch}(${text})`, "hello you"));
    }
  }
});
