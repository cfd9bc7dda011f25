import { stripVTControlCharacters } from "node:util";
import { failure } from "./assertion_error.ts";

type ErrorClass<E extends Error> = abstract new (...args: never[]) => E;

/** Asserts that `fn` throws anything, and returns what. */
export function assertThrows(fn: () => unknown, msg?: string): unknown;
/** Asserts that `fn` throws an `errorClass` whose message has `msgIncludes` in it, and returns the error. */
export function assertThrows<E extends Error = Error>(
  fn: () => unknown,
  errorClass: ErrorClass<E>,
  msgIncludes?: string,
  msg?: string,
): E;
export function assertThrows<E extends Error>(
  fn: () => unknown,
  errorClassOrMsg?: ErrorClass<E> | string,
  msgIncludes?: string,
  msg?: string,
): unknown {
  const note = typeof errorClassOrMsg === "string" ? errorClassOrMsg : msg;
  try {
    fn();
  } catch (thrown) {
    return checked(thrown, errorClassOrMsg, msgIncludes, note);
  }
  throw failure("Expected the function to throw", note);
}

/** Asserts that the promise of `fn` is rejected with anything, and returns what. */
export function assertRejects(fn: () => PromiseLike<unknown>, msg?: string): Promise<unknown>;
/** Asserts that it is rejected with an `errorClass` whose message has `msgIncludes` in it, and returns the error. */
export function assertRejects<E extends Error = Error>(
  fn: () => PromiseLike<unknown>,
  errorClass: ErrorClass<E>,
  msgIncludes?: string,
  msg?: string,
): Promise<E>;
export async function assertRejects<E extends Error>(
  fn: () => PromiseLike<unknown>,
  errorClassOrMsg?: ErrorClass<E> | string,
  msgIncludes?: string,
  msg?: string,
): Promise<unknown> {
  const note = typeof errorClassOrMsg === "string" ? errorClassOrMsg : msg;
  const promise = promiseOf(fn, note);
  try {
    await promise;
  } catch (reason) {
    return checked(reason, errorClassOrMsg, msgIncludes, note);
  }
  throw failure("Expected the promise to be rejected", note);
}

/** What `fn` returns; a function that throws or returns something else fails. */
function promiseOf(fn: () => PromiseLike<unknown>, note: string | undefined): PromiseLike<unknown> {
  let returned: unknown;
  try {
    returned = fn();
  } catch (thrown) {
    throw failure(`Expected a rejected promise, but the function threw ${Deno.inspect(thrown)}`, note);
  }
  if (isPromiseLike(returned)) return returned;
  throw failure(`Expected a rejected promise, but the function returned ${Deno.inspect(returned)}`, note);
}

function isPromiseLike(value: unknown): value is PromiseLike<unknown> {
  return typeof value === "object" && value !== null && "then" in value && typeof value.then === "function";
}

function checked<E extends Error>(
  error: unknown,
  expected: ErrorClass<E> | string | undefined,
  msgIncludes: string | undefined,
  note: string | undefined,
): unknown {
  if (expected === undefined || typeof expected === "string") return error;
  if (!(error instanceof Error)) {
    throw failure(`Expected an error of class ${expected.name}, got ${Deno.inspect(error)}, which is no Error`, note);
  }
  if (!(error instanceof expected)) {
    throw failure(`Expected an error of class ${expected.name}, got ${error.constructor.name}: ${error.message}`, note);
  }
  const plain = stripVTControlCharacters;
  if (msgIncludes !== undefined && !plain(error.message).includes(plain(msgIncludes))) {
    const [wanted, got] = [JSON.stringify(msgIncludes), JSON.stringify(error.message)];
    throw failure(`Expected an error message with ${wanted} in it, got ${got}`, note);
  }
  return error;
}
