/**
 * What ends a script early: the initiator, or a mistake in the script.
 *
 * @module
 */

import { HandshakeError } from "../handshake/errors.ts";
import { osErrorCode } from "../net/errors.ts";
import { TransportError } from "../transport/errors.ts";
import { WireError } from "../wire/errors.ts";

/**
 * The first mistake in a peer's script, such as a failed assertion. Nothing waits for a script, so it is kept until the
 * peer is closed.
 */
export class ScriptFailure {
  #first: { readonly error: unknown } | null = null;

  /** Takes what a script has thrown. It is not kept if it is the initiator that left or sent something invalid. */
  take(error: unknown): void {
    if (!isOfInitiator(error)) this.#first ??= { error };
  }

  /** Throws what was kept, once. */
  throwIfAny(): void {
    const first = this.#first;
    this.#first = null;
    if (first !== null) throw first.error;
  }
}

/** The errors for a stream that ends too early or has something else in it. */
const OF_INITIATOR = [Deno.errors.UnexpectedEof, Deno.errors.InvalidData, WireError, TransportError, HandshakeError];

function isOfInitiator(error: unknown): boolean {
  // A value that cannot be written is the script's own.
  if (error instanceof WireError && error.code === "out_of_range") return false;
  return osErrorCode(error) !== "" || OF_INITIATOR.some((kind) => error instanceof kind);
}
