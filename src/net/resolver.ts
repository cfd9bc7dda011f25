/**
 * `Deno.resolveDns`, made to wait for as long as there is time.
 *
 * Given a `signal`, Deno 2.9 waits 1 s for an answer, asks once more, and hears only what comes within the second after
 * that. Without one it waits 5 s, three times, cannot be told to stop, and holds its process so long (tests are not
 * held). So it gets a signal only where 1 s is all the time there is. What else Deno does not let one do about names is
 * in the README.md of this folder.
 *
 * @module
 */

/** Which records to ask a name server for. */
export type RecordType = "A" | "AAAA";

/** How to ask for them. */
export interface ResolveOptions {
  /** The name server to ask; the system's when `undefined`. */
  readonly nameServer?: { readonly ipAddr: string; readonly port: number } | undefined;
  /** Ends the wait for an answer. */
  readonly signal: AbortSignal;
  /** When the signal aborts at the latest, in milliseconds from now. */
  readonly timeout: number;
}

/** How long Deno waits for the first answer when it is given a signal, in milliseconds. */
const SIGNAL_WAIT = 1000;

/**
 * The addresses of a name.
 *
 * @throws the reason of the signal, once that aborts; what comes of the query after that reaches nobody.
 * @throws whatever `Deno.resolveDns` does.
 */
export async function resolveDns(
  name: string,
  type: RecordType,
  { signal, timeout, nameServer }: ResolveOptions,
): Promise<string[]> {
  const options = nameServer && { nameServer };
  if (timeout <= SIGNAL_WAIT) return await Deno.resolveDns(name, type, { ...options, signal });
  signal.throwIfAborted();
  const aborted = Promise.withResolvers<never>();
  const abort = () => aborted.reject(signal.reason);
  signal.addEventListener("abort", abort);
  try {
    return await Promise.race([Deno.resolveDns(name, type, options), aborted.promise]);
  } finally {
    signal.removeEventListener("abort", abort);
  }
}
