/** Patches a method so that it can be restored without a trace, in any order with the patches of other plugins. */

export type Uninstall = () => void;

type AnyFunction = (this: unknown, ...args: never[]) => unknown;

/**
 * @param wrap receives the original and returns its replacement, which is called with the same `this` and arguments.
 * @returns restores the original. If another plugin has patched the method since, the replacement stays in its chain and
 * only calls the original; it is removed at the first call after the other patch has gone.
 */
export function patchMethod<T extends object, Name extends keyof T>(
  target: T,
  name: Name,
  wrap: (original: T[Name]) => T[Name],
): Uninstall {
  const descriptor = Object.getOwnPropertyDescriptor(target, name);
  const original = target[name];
  const wrapped = wrap(original);
  let isActive = true;
  const restore = () => {
    // Flex's proxies return a new function at each read, so the property's own descriptor is compared.
    if (Object.getOwnPropertyDescriptor(target, name)?.value !== replacement) return;
    if (descriptor) Object.defineProperty(target, name, descriptor);
    else delete target[name];
  };
  function replacement(this: unknown, ...args: never[]): unknown {
    if (!isActive) restore();
    return ((isActive ? wrapped : original) as unknown as AnyFunction).apply(this, args);
  }
  Object.defineProperty(target, name, {
    configurable: true,
    enumerable: true,
    writable: true,
    ...descriptor,
    value: replacement,
  });
  return () => {
    isActive = false;
    restore();
  };
}
