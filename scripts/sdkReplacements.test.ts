/** The parts of Twilio's Sync SDK that the bundle replaces, beside the originals. */

import fc from "fast-check";
import { createRequire } from "module";
import { dirname } from "path";

const sync = dirname(require.resolve("twilio-sync/package.json"));
const twilsock = dirname(createRequire(`${sync}/package.json`).resolve("twilsock/package.json"));

type Hook = (...values: unknown[]) => unknown;

interface Definition {
  readonly init: string;
  readonly transitions: readonly { readonly name: string; readonly from: string | string[]; readonly to?: string }[];
  readonly methods: Record<string, Hook>;
}

interface Machine {
  readonly state: string;
  is(state: string): boolean;
  [transition: string]: unknown;
}

interface Machines {
  factory(definition: Definition): new () => Machine;
}

interface Tree {
  readonly size: number;
  clear(): void;
  get(key: number): string | null;
  set(key: number, value: string): void;
  getIterator(from?: number | null): Iterable<[number, string]>;
  getReverseIterator(from?: number | null): Iterable<[number, string]>;
}

interface Packets {
  parse(message: ArrayBufferLike): unknown;
  createPacket(header: object, payload?: string): ArrayBufferLike;
}

const originalMachine = jest.requireActual<Machines>("javascript-state-machine");
const replacedMachine = jest.requireActual<Machines>("./sdkStateMachine");
const originalTree = jest.requireActual<{ TreeMap: new () => Tree }>(`${sync}/dist/utils/tree.js`);
const replacedTree = jest.requireActual<{ TreeMap: new () => Tree }>("./sdkTreeMap");
const { Parser: originalPackets } = jest.requireActual<{ Parser: Packets }>(`${twilsock}/dist/parser.js`);
const { Parser: replacedPackets } = jest.requireActual<{ Parser: Packets }>("./sdkPackets");
const { randomUUID } = jest.requireActual<{ randomUUID(): string }>("./sdkUuid");

/** @returns the state machine that the SDK defines. */
function readDefinition(): Definition {
  let definition: Definition | undefined;
  jest.isolateModules(() => {
    const factory = (given: Definition) => {
      definition = given;
      return originalMachine.factory({ ...given, methods: {} });
    };
    jest.doMock("javascript-state-machine", () => ({ __esModule: true, factory }));
    type Channels = { TwilsockChannel: new (...parts: object[]) => unknown };
    const { TwilsockChannel } = jest.requireActual<Channels>(`${twilsock}/dist/twilsock.js`);
    const emitter = { on: () => undefined };
    new TwilsockChannel(emitter, {}, {});
  });
  return definition as Definition;
}

const DEFINITION = readDefinition();
const TRANSITIONS = Array.from(new Set(DEFINITION.transitions.map(({ name }) => name)));
const HOOKS = Object.keys(DEFINITION.methods);

/** What a hook does besides being called. */
interface Reaction {
  readonly hook: string;
  readonly transition?: string;
  readonly isCaught?: boolean;
}

/** @returns everything that is observed of a machine while it makes these transitions. */
function observe(machines: Machines, transitions: readonly string[], reactions: readonly Reaction[]): unknown[] {
  const log: unknown[] = [];
  const remaining = new Set(reactions);
  let machine: Machine | undefined;
  const fire = (name: string) => {
    try {
      const value = (machine?.[name] as Hook | undefined)?.("first", "second");
      log.push({ name, value, state: machine?.state });
    } catch (error) {
      log.push({ name, error: (error as Error).message, state: machine?.state });
      throw error;
    }
  };
  const fireCaught = (name: string) => {
    try {
      fire(name);
    } catch {
      // It is in the log.
    }
  };
  const call = (hook: string, values: readonly unknown[]) => {
    log.push({ hook, values: values.filter(Boolean).map(withoutDetails), state: machine?.state });
    for (const reaction of Array.from(remaining).filter((each) => each.hook === hook)) {
      const { transition, isCaught } = reaction;
      // Once, or an invalid transition that is the reaction to an invalid transition would not end.
      remaining.delete(reaction);
      if (!transition) throw new Error(`${hook} failed`);
      if (isCaught) fireCaught(transition);
      else fire(transition);
    }
  };
  const methods = Object.fromEntries(HOOKS.map((hook) => [hook, (...values: unknown[]) => call(hook, values)]));
  try {
    machine = new (machines.factory({ ...DEFINITION, methods }))();
  } catch (error) {
    return [...log, (error as Error).message];
  }
  transitions.forEach(fireCaught);
  return [...log, machine.is("connected"), machine.is("disconnected")];
}

/** The original also passes itself and the name of the event, which the SDK does not read. */
function withoutDetails(value: unknown): unknown {
  if (typeof value !== "object" || !value) return value;
  const { transition, from, to } = value as Record<string, unknown>;
  return { transition, from, to };
}

/** @returns for each state that can be reached, the transitions that lead to it. */
function pathsToStates(): string[][] {
  const paths = new Map([[DEFINITION.init, [] as string[]]]);
  // A Map also iterates over the entries that are added meanwhile.
  for (const [state, path] of paths)
    for (const { name, from, to } of DEFINITION.transitions)
      if (to && from.includes(state) && !paths.has(to)) paths.set(to, [...path, name]);
  return Array.from(paths.values());
}

const transitions = fc
  .tuple(fc.constantFrom(...pathsToStates()), fc.array(fc.constantFrom(...TRANSITIONS), { maxLength: 20 }))
  .map(([path, names]) => [...path, ...names]);

test("the state machine behaves like the original with the SDK's transitions", () => {
  fc.assert(
    fc.property(transitions, (names) => {
      expect(observe(replacedMachine, names, [])).toEqual(observe(originalMachine, names, []));
    }),
  );
});

test("the state machine behaves like the original when hooks make transitions or throw", () => {
  const reaction = fc.record({
    hook: fc.constantFrom(...HOOKS),
    transition: fc.option(fc.constantFrom(...TRANSITIONS), { nil: undefined }),
    isCaught: fc.boolean(),
  });
  fc.assert(
    fc.property(transitions, fc.array(reaction, { maxLength: 6 }), (names, reactions) => {
      expect(observe(replacedMachine, names, reactions)).toEqual(observe(originalMachine, names, reactions));
    }),
  );
});

test("the SDK has the definition that the state machine supports", () => {
  expect(TRANSITIONS).toContain("userUpdateToken");
  // Two transitions of one name never start in the same state.
  const starts = DEFINITION.transitions.flatMap(({ name, from }) => [from].flat().map((each) => `${name} ${each}`));
  expect(new Set(starts).size).toBe(starts.length);
  expect(HOOKS.filter((hook) => /^on(Before|After|LeaveState$|Transition$|PendingTransition$)/.test(hook))).toEqual([]);
  HOOKS.forEach((hook) => expect(String(DEFINITION.methods[hook])).toMatch(/^\([^)]*\) => \{/));
  HOOKS.forEach((hook) => expect(String(DEFINITION.methods[hook])).not.toContain("return"));
});

test("the tree behaves like the original", () => {
  const entry = fc.tuple(fc.nat({ max: 30 }), fc.string());
  fc.assert(
    fc.property(fc.array(entry, { maxLength: 60 }), (entries) => {
      const [original, replaced] = [originalTree, replacedTree].map(({ TreeMap }) => {
        const tree = new TreeMap();
        tree.clear();
        entries.forEach(([key, value]) => tree.set(key, value));
        const keys = [null, undefined, ...Array.from({ length: 32 }, (_, key) => key)];
        return [
          tree.size,
          keys.map((key) => tree.get(key as number)),
          keys.map((key) => Array.from(tree.getIterator(key))),
          keys.map((key) => Array.from(tree.getReverseIterator(key))),
        ];
      });
      expect(replaced).toEqual(original);
    }),
  );
});

describe("packets", () => {
  const { Logger } = jest.requireActual<{ Logger: { setLevel(level: string): void } }>(`${twilsock}/dist/logger.js`);
  // The original logs what it ignores.
  beforeAll(() => Logger.setLevel("silent"));

  const text = fc.string({ unit: "binary" });
  const type = fc.constantFrom(
    undefined,
    "application/json",
    "application/json;charset=utf-8",
    "text/plain",
    "image/png",
  );

  test("are written like the original", () => {
    fc.assert(
      fc.property(fc.dictionary(text, text), fc.option(text, { nil: undefined }), (header, payload) => {
        const [original, replaced] = [originalPackets, replacedPackets].map(({ createPacket }) =>
          Buffer.from(createPacket({ ...header }, payload)).toString("hex"),
        );
        expect(replaced).toBe(original);
      }),
    );
  });

  test("are read like the original", () => {
    fc.assert(
      fc.property(fc.dictionary(text, text), fc.oneof(text, fc.json()), type, (header, payload, payloadType) => {
        const packet = originalPackets.createPacket(
          { ...header, payload_type: payloadType, method: "message" },
          payload,
        );
        expect(replacedPackets.parse(packet)).toEqual(originalPackets.parse(packet));
      }),
    );
  });

  test.each([
    ["nothing", ""],
    ["another protocol", "HTTP/1.1 V3.0 2\r\n{}\r\n"],
    ["another version", "TWILSOCK V4.0 2\r\n{}\r\n"],
    ["no end of line", "TWILSOCK V3.0 2"],
    ["no size", "TWILSOCK V3.0\r\n{}\r\n"],
    ["a header that is cut off", "TWILSOCK V3.0 1\r\n{}\r\n"],
    ["a header that is no JSON", "TWILSOCK V3.0 2\r\nno\r\n"],
    ["a payload that is no JSON", 'TWILSOCK V3.0 18\r\n{"payload_size": 2}\r\nno'],
    ["bytes that are no UTF-8", 'TWILSOCK V3.0 6\r\n{"":"\xff"}\r\n'],
  ])("are ignored like in the original if they have %s", (_, bytes) => {
    const message = Uint8Array.from(bytes, (character) => character.charCodeAt(0)).buffer;
    expect(originalPackets.parse(message)).toBeNull();
    expect(replacedPackets.parse(message)).toBeNull();
  });
});

describe("UUIDs", () => {
  afterEach(() => jest.restoreAllMocks());

  test.each([
    [0x00, "00000000-0000-4000-8000-000000000000"],
    [0x5a, "5a5a5a5a-5a5a-4a5a-9a5a-5a5a5a5a5a5a"],
    [0xff, "ffffffff-ffff-4fff-bfff-ffffffffffff"],
  ])("are of version 4 if all random bytes are %i", (byte, uuid) => {
    jest.spyOn(crypto, "getRandomValues").mockImplementation((bytes) => (bytes as unknown as Uint8Array).fill(byte));
    expect(randomUUID()).toBe(uuid);
  });

  test("differ", () => {
    expect(new Set(Array.from({ length: 1000 }, randomUUID)).size).toBe(1000);
  });
});
