/**
 * Other properties in the place of an object's, until what is returned is disposed of: of Deno's, where the program can
 * be given no other.
 */
export function replaced<T extends object>(object: T, changes: Partial<T>): Disposable {
  const before = Object.keys(changes).map((name) => [name, Object.getOwnPropertyDescriptor(object, name)] as const);
  for (const [name, value] of Object.entries(changes)) {
    Object.defineProperty(object, name, { value, configurable: true, writable: true });
  }
  return {
    [Symbol.dispose]() {
      for (const [name, property] of before) {
        if (property === undefined) Reflect.deleteProperty(object, name);
        else Object.defineProperty(object, name, property);
      }
    },
  };
}
