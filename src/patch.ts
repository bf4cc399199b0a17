/** Replaces a method so that it can be put back without a trace, in any order with other people's patches. */

export type Uninstall = () => void;

type AnyFunction = (this: unknown, ...args: never[]) => unknown;

/**
 * @param wrap gets the original and returns what is called instead, with the same `this` and arguments.
 * @returns puts the original back. Where somebody has patched over it meanwhile, the replacement stays in their chain,
 * from then on only calls the original, and goes at the first call after theirs has gone.
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
  const putBack = () => {
    // Asked of the property itself: Flex's proxies answer a read with a new function each time.
    if (Object.getOwnPropertyDescriptor(target, name)?.value !== replacement) return;
    if (descriptor) Object.defineProperty(target, name, descriptor);
    else delete target[name];
  };
  function replacement(this: unknown, ...args: never[]): unknown {
    if (!isActive) putBack();
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
    putBack();
  };
}
