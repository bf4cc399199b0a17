/** Patches a method so that it can be restored without a trace, in any order with the patches of other plugins. */

export type Uninstall = () => void;

type AnyFunction = (this: unknown, ...args: never[]) => unknown;

/**
 * @param wrap receives the original and returns its replacement, which is called with the same `this` and arguments.
 * @returns restores the original. If another plugin has patched the method since, the replacement stays in its chain and
 * only calls the original; it is removed at the first call after the other patch has gone.
 * @throws TypeError if another script has locked the property.
 */
export function patchMethod<T extends object, Name extends keyof T>(
  target: T,
  name: Name,
  wrap: (original: T[Name]) => T[Name],
): Uninstall {
  const descriptor = Object.getOwnPropertyDescriptor(target, name);
  const original = descriptor ? target[name] : inheritedMethod(target, name);
  const wrapped = wrap(original);
  let isActive = true;
  const restore = () => {
    if (!isInstalled(target, name, replacement)) return;
    if (!descriptor) delete target[name];
    else if (descriptor.configurable) Object.defineProperty(target, name, descriptor);
    else target[name] = original;
  };
  function replacement(this: unknown, ...args: never[]): unknown {
    if (!isActive) restore();
    return ((isActive ? wrapped : original) as unknown as AnyFunction).apply(this, args);
  }
  install(target, name, descriptor, replacement);
  return () => {
    isActive = false;
    restore();
  };
}

/** Reads an inherited method at each call, because another plugin may patch it on the prototype later. */
function inheritedMethod<T extends object, Name extends keyof T>(target: T, name: Name): T[Name] {
  const original = target[name];
  const prototype = Object.getPrototypeOf(target) as T | null;
  // A proxy may answer for a method that its prototype does not have.
  if (prototype?.[name] !== original) return original;
  return function callInherited(this: unknown, ...args: never[]) {
    return (prototype[name] as unknown as AnyFunction).apply(this, args);
  } as unknown as T[Name];
}

function install(target: object, name: PropertyKey, descriptor: PropertyDescriptor | undefined, value: unknown): void {
  if (descriptor && !descriptor.configurable) {
    // Only an assignment is left, to a writable property or to the setter of another script.
    Reflect.set(target, name, value);
    if (!isInstalled(target, name, value)) throw new TypeError(`${String(name)} is locked by another script.`);
    return;
  }
  const { enumerable = true, writable = true } = descriptor ?? {};
  Object.defineProperty(target, name, { configurable: true, enumerable, writable, value });
}

function isInstalled(target: object, name: PropertyKey, value: unknown): boolean {
  const descriptor = Object.getOwnPropertyDescriptor(target, name);
  // Flex's proxies return a new function at each read, so the property's own value is compared.
  return (descriptor?.get ? Reflect.get(target, name) : descriptor?.value) === value;
}

/** @returns undoes all. If one throws, those before it are undone. */
export function installAll(installs: readonly (() => Uninstall)[]): Uninstall {
  const uninstalls: Uninstall[] = [];
  const uninstallAll = () =>
    uninstalls
      .splice(0)
      .reverse()
      .forEach((uninstall) => uninstall());
  try {
    installs.forEach((each) => uninstalls.push(each()));
  } catch (error) {
    uninstallAll();
    throw error;
  }
  return uninstallAll;
}
