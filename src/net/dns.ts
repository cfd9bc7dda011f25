/**
 * Names to addresses: A and AAAA at once, through the resolver of Deno.
 *
 * @module
 */

import { parseIpHost } from "../address/host.ts";
import type { IpNetwork } from "../address/network.ts";
import { type Deadline, Deadlines } from "./deadline.ts";
import { DnsError, type ErrorRecord, toErrorRecord } from "./errors.ts";
import type { Io, RecordType } from "./io.ts";

/** How names are resolved. */
export interface ResolveSettings {
  /** Which families to ask for. */
  readonly networks: readonly IpNetwork[];
  /** The name server to ask; the system's when `undefined`. */
  readonly nameServer?: { readonly ipAddr: string; readonly port: number } | undefined;
  /** Most time for one name, in milliseconds. */
  readonly timeout: number;
}

/** What a name resolved to. */
export interface Resolution {
  /** Canonical IP addresses, each once, in the order of the answers. */
  readonly addresses: readonly string[];
  /** Why there is no address; `null` when there is one. */
  readonly error: ErrorRecord | null;
}

const RECORD_TYPES: { readonly [N in IpNetwork]: RecordType } = { ipv4: "A", ipv6: "AAAA" };

const LOOPBACK: { readonly [N in IpNetwork]: string } = { ipv4: "127.0.0.1", ipv6: "::1" };

/** How long to wait before asking again where no file descriptor is left, in milliseconds. */
const RETRY_INTERVAL = 100;

/** The worst first: what is reported when the families failed in different ways. */
const SEVERITY = ["permission_denied", "dns_failure", "dns_timeout", "dns_not_found"] as const;

/**
 * Resolves a name; `localhost` is known without asking (RFC 6761, section 6.3). One family that fails is no error while
 * the other answers. `onAddresses` is told each family's addresses as they come.
 *
 * @throws the reason of `signal`, when that aborts.
 */
export async function resolveName(
  name: string,
  settings: ResolveSettings,
  io: Io,
  onAddresses: (addresses: readonly string[]) => void = () => {},
  signal?: AbortSignal,
): Promise<Resolution> {
  signal?.throwIfAborted();
  using deadlines = new Deadlines(io.clock, settings.timeout, signal);
  const deadline = deadlines.begin();
  const addresses = new Set<string>();
  const errors: unknown[] = [];
  await Promise.all(settings.networks.map(async (network) => {
    try {
      const answer = await resolveFamily(name, network, settings, io, deadline);
      const fresh = answer.filter((ip) => !addresses.has(ip));
      for (const ip of fresh) addresses.add(ip);
      onAddresses([...new Set(fresh)]);
    } catch (error) {
      errors.push(error);
    }
  }));
  if (addresses.size > 0) return { addresses: [...addresses], error: null };
  signal?.throwIfAborted();
  return { addresses: [], error: worst(errors, name) };
}

async function resolveFamily(
  name: string,
  network: IpNetwork,
  { nameServer, timeout }: ResolveSettings,
  io: Io,
  deadline: Deadline,
): Promise<string[]> {
  if (isLocalhost(name)) return [LOOPBACK[network]];
  const options = { signal: deadline.signal, ...nameServer && { nameServer } };
  for (;;) {
    try {
      const answer = await io.resolve(fullyQualified(name), RECORD_TYPES[network], options);
      return answer.map((ip) => parseIpHost(ip)?.host).filter((ip) => ip !== undefined);
    } catch (error) {
      if (deadline.signal.aborted) throw toDnsError(error, name, deadline.expired ? timeout : null);
      // Deno gives up after two seconds when it is given a signal: as long as there is time, ask again.
      if (error instanceof Deno.errors.TimedOut) continue;
      if (!isScarcity(error)) throw toDnsError(error, name, null);
      await new Promise<void>((resolve) => io.clock.schedule(resolve, RETRY_INTERVAL));
    }
  }
}

/** The name with its last dot, so that no search domain of the system's is tried behind it; a single label may need one. */
function fullyQualified(name: string): string {
  return name.includes(".") && !name.endsWith(".") ? `${name}.` : name;
}

/** Whether the resolver found no file descriptor left: EMFILE or ENFILE, which Deno gives as text only. */
function isScarcity(error: unknown): boolean {
  return error instanceof Error && /\(os error 2[34]\)/.test(error.message);
}

function isLocalhost(name: string): boolean {
  return /^localhost\.?$/i.test(name);
}

function toDnsError(error: unknown, name: string, timeout: number | null): unknown {
  const cause = { cause: error };
  if (timeout !== null) return new DnsError("dns_timeout", `no answer for ${name} within ${timeout / 1000} s`, cause);
  if (error instanceof Deno.errors.NotCapable) {
    return new DnsError("permission_denied", `${error.message.split(",")[0]}: run again with --allow-net`, cause);
  }
  if (error instanceof Deno.errors.NotFound) return notFound(name, cause);
  if (!(error instanceof Error)) return error;
  return new DnsError("dns_failure", `the resolver failed for ${name}: ${error.message}`, cause);
}

function notFound(name: string, options?: ErrorOptions): DnsError {
  return new DnsError("dns_not_found", `${name} has no address, or its name server failed`, options);
}

function worst(errors: readonly unknown[], name: string): ErrorRecord {
  const records = [notFound(name), ...errors].map((error) => toErrorRecord(error, "dns"));
  const rank = ({ code }: ErrorRecord) => SEVERITY.findIndex((other) => other === code);
  return records.toSorted((a, b) => rank(a) - rank(b))[0] ?? toErrorRecord(notFound(name), "dns");
}
