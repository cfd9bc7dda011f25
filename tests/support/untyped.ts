/** A value that claims to be of any type, as one that comes from code without types. */
export function as<T>(value: unknown): T {
  return value as T;
}

/** What `assertThrows()` looks for. */
export type ErrorClass = new (...args: never[]) => Error;
