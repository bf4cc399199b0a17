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

test("hands this and the arguments on, and what comes back", () => {
  const greeter = newGreeter();
  patchOurs(greeter);
  expect(greeter.greet("you")).toBe("ours(hello you)");
});

test.each([
  ["an ordinary one", { configurable: true, enumerable: true, writable: true }],
  ["one that is not listed", { configurable: true, enumerable: false, writable: true }],
  ["one that cannot be assigned", { configurable: true, enumerable: false, writable: false }],
])("puts a property back as it was: %s", (_, flags) => {
  const target = Object.defineProperty(newGreeter(), "greet", { value: newGreeter().greet, ...flags }) as Greeter;
  const before = Object.getOwnPropertyDescriptor(target, "greet");
  const uninstall = patchOurs(target);
  const { value, ...kept } = Object.getOwnPropertyDescriptor(target, "greet") as PropertyDescriptor;
  expect(kept).toEqual(flags);
  expect(value).not.toBe(before?.value);
  uninstall();
  expect(Object.getOwnPropertyDescriptor(target, "greet")).toEqual(before);
});

test("leaves no property of its own behind where the method was inherited", () => {
  const prototype = newGreeter();
  const child = Object.create(prototype) as Greeter;
  const uninstall = patchOurs(child);
  expect(child.greet("you")).toBe("ours(hello you)");
  expect(prototype.greet("you")).toBe("hello you");
  uninstall();
  expect(Object.keys(child)).toEqual([]);
  expect(child.greet).toBe(prototype.greet);
});

test("under another plugin's patch it stays in the chain and does nothing any more, and is gone once it is called without theirs", () => {
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

test("over another plugin's patch it goes, and the other's stays", () => {
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

test("is taken out of an object that answers every read with a new function, as Flex's proxies do", () => {
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
])("taken out in any order (%s), only those that are still in take part, each once and in their order", (kinds) => {
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
