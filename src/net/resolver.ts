/**
 * `Deno.resolveDns`, made to wait for the whole timeout.
 *
 * Given a `signal`, Deno 2.9 waits 1 s for an answer, asks once more, and accepts only what arrives within the second
 * after that. Without one it waits three times 5 s, cannot be stopped, and keeps the process alive until then (but not
 * a test). So it gets a signal only if the timeout is at most 1 s. The README.md of this folder lists what else Deno
 * cannot do with names.
 *
 * @module
 */

/** Which records to ask a name server for. */
export type DnsRecordType = "A" | "AAAA";

/** How to ask for them. */
export interface ResolveOptions {
  /** The name server to ask; the system's when `undefined`. */
  readonly nameServer?: { readonly ipAddr: string; readonly port: number } | undefined;
  /** Stops waiting for an answer. */
  readonly signal: AbortSignal;
  /** How long until the signal aborts at the latest, in milliseconds. */
  readonly timeout: number;
}

/** How long Deno waits for the first answer when given a signal, in milliseconds. */
const SIGNAL_WAIT = 1000;

/**
 * The addresses of a name.
 *
 * @throws the signal's reason when it aborts; the query's result is then dropped.
 * @throws whatever `Deno.resolveDns` does.
 */
export async function resolveDns(
  name: string,
  type: DnsRecordType,
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
