/**
 * Structural equality.
 *
 * - Primitives: `===`, but `NaN` is equal to itself; so 0 and -0 are equal.
 * - Objects: of the same prototype (`null` counts as `Object.prototype`), with equal properties. A property that is
 *   `undefined` is not the same as none. Of class instances the getters count and what is not enumerable.
 * - Dates by their time; byte buffers and typed arrays by their elements; URLs and regular expressions by their text.
 * - Sets and Maps in any order, objects among their keys by structure.
 * - Functions and symbols are equal only to themselves.
 *
 * @module
 */

type Key = string | symbol;

/** Classes whose instances hide their state, but have it all in their text. */
const TOLD_BY_TEXT: readonly unknown[] = [RegExp.prototype, URL.prototype, URLSearchParams.prototype];

/** Whether two values are equal in structure. */
export function equal(a: unknown, b: unknown): boolean {
  return equalWithin(a, b, new Map());
}

/** `pairs` are the objects being compared by callers: if they occur again, they are in a cycle, and equal so far. */
function equalWithin(a: unknown, b: unknown, pairs: Map<object, object>): boolean {
  if (a === b || Object.is(a, b)) return true;
  if (!isObject(a) || !isObject(b)) return false;
  if (a instanceof Date && b instanceof Date) return Object.is(a.getTime(), b.getTime());
  if (!samePrototype(a, b)) return false;
  const [bytesOfA, bytesOfB] = [elements(a), elements(b)];
  if (bytesOfA && bytesOfB) return sameElements(bytesOfA, bytesOfB);
  if (TOLD_BY_TEXT.includes(Object.getPrototypeOf(a))) return String(a) === String(b);
  if (pairs.get(a) === b) return true;
  if (Object.keys(a).length !== Object.keys(b).length) return false;

  const inner = (x: unknown, y: unknown): boolean => equalWithin(x, y, pairs);
  pairs.set(a, b);
  if (isCollection(a) && isCollection(b)) return sameEntries(a, b, inner);
  return new Set([...comparedKeys(a), ...comparedKeys(b)])
    .values().every((key) => key in a === key in b && inner(Reflect.get(a, key), Reflect.get(b, key)));
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

function samePrototype(a: object, b: object): boolean {
  const prototype = (value: object): unknown => Object.getPrototypeOf(value) ?? Object.prototype;
  return prototype(a) === prototype(b);
}

function elements(value: object): ArrayLike<unknown> | undefined {
  if (value instanceof ArrayBuffer || value instanceof SharedArrayBuffer) return new Uint8Array(value);
  return ArrayBuffer.isView(value) && !(value instanceof DataView) ? value as Uint8Array : undefined;
}

function sameElements(a: ArrayLike<unknown>, b: ArrayLike<unknown>): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) {
    if (a[i] !== b[i] && !Object.is(a[i], b[i])) return false;
  }
  return true;
}

type Collection = ReadonlyMap<unknown, unknown> | ReadonlySet<unknown>;

function isCollection(value: object): value is Collection {
  return value instanceof Map || value instanceof Set;
}

/** Whether every entry of `a` has an equal one in `b`; an entry of a Set is its own value. */
function sameEntries(a: Collection, b: Collection, inner: (x: unknown, y: unknown) => boolean): boolean {
  if (a.size !== b.size) return false;
  const valueInB = (key: unknown): unknown => b instanceof Map ? b.get(key) : key;
  const entriesOfB = [...b.entries()];
  return a.entries().every(([key, value]) =>
    isObject(key) || typeof key === "function"
      ? entriesOfB.some(([otherKey, other]) => inner(key, otherKey) && inner(value, other))
      : b.has(key) && inner(value, valueInB(key))
  );
}

/** The own enumerable keys of a plain object or array; for an instance all keys, including those of its classes. */
function comparedKeys(value: object): Key[] {
  const prototype: unknown = Object.getPrototypeOf(value);
  const own = Reflect.ownKeys(value);
  if (prototype === null || prototype === Object.prototype || prototype === Array.prototype) {
    return own.filter((key) => Object.prototype.propertyIsEnumerable.call(value, key));
  }
  return isObject(prototype) ? [...own, ...comparedKeysOfClass(prototype)] : own;
}

function comparedKeysOfClass(prototype: object): Key[] {
  const parent: unknown = Object.getPrototypeOf(prototype);
  const isBase = prototype === Object.prototype || prototype === Array.prototype;
  return isBase ? [] : [...Reflect.ownKeys(prototype), ...isObject(parent) ? comparedKeysOfClass(parent) : []];
}
