/** What a failed assertion throws. */
export class AssertionError extends Error {
  override readonly name: string = "AssertionError";

  /** An error that says what was expected and what came. */
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
  }
}

/** The failure of an assertion: what is wrong, the caller's message, and further lines. */
export function failure(what: string, msg?: string, ...details: string[]): AssertionError {
  return new AssertionError([msg ? `${what}: ${msg}` : `${what}.`, ...details].join("\n"));
}
