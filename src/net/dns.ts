/**
 * Resolving names to addresses: A and AAAA in parallel, with Deno's resolver.
 *
 * @module
 */

import { AddressTable } from "../address/address_table.ts";
import { type Host, parseHost } from "../address/host.ts";
import type { IpNetwork, Network } from "../address/network.ts";
import { type Deadline, Deadlines } from "./deadline.ts";
import { isScarcity, notFoundError, resolverError, unusableAnswerError } from "./dns_errors.ts";
import { DnsError, type Failure, toFailure } from "./errors.ts";
import type { Io } from "./io.ts";
import { familiesOf } from "./families.ts";
import type { OptionNames } from "./option_names.ts";
import type { DnsRecordType, ResolveOptions } from "./resolver.ts";
import { isLocalhost, whyUnasked } from "./special_names.ts";
import { timeoutFor } from "./timeouts.ts";

/** How names are resolved. */
export interface ResolveSettings {
  /** Which families to ask for; other networks are ignored. */
  readonly networks: readonly Network[];
  /** The name server to ask; the system's when `undefined`. */
  readonly nameServer?: ResolveOptions["nameServer"];
  /** Maximum time for one name, in milliseconds; 10,000 by default. */
  readonly timeout?: number | undefined;
  /** Whether this machine is on CJDNS, so that addresses in fc00::/8 are CJDNS addresses; false by default. */
  readonly cjdns?: boolean | undefined;
  /** What messages call the options. */
  readonly optionNames: OptionNames;
}

/** A query that failed, and why; a family without an address is not a failure. */
export interface QueryFailure {
  /** The family asked for. */
  readonly network: IpNetwork;
  /** What went wrong; the message begins with the record type unless the other family's query failed the same way. */
  readonly error: Failure;
}

/** What a name resolved to. */
export interface Resolution {
  /** Its IP addresses, without duplicates, in the order of the answers. */
  readonly addresses: readonly Host[];
  /** Why there is no address; `null` when there is one. */
  readonly error: Failure | null;
  /** The families whose query failed. */
  readonly failures: readonly QueryFailure[];
  /** How long it took until both families were answered, in milliseconds. */
  readonly elapsed: number;
}

const RECORD_TYPES: { readonly [N in IpNetwork]: DnsRecordType } = { ipv4: "A", ipv6: "AAAA" };

const LOOPBACK: { readonly [N in IpNetwork]: Host } = {
  ipv4: { network: "ipv4", host: "127.0.0.1" },
  ipv6: { network: "ipv6", host: "::1" },
};

/** How long to wait before asking again when no file descriptor is left, in milliseconds… */
const SCARCITY_PAUSE = 100;

/** …and when the resolver has given up: with `options timeout:0` in `resolv.conf` it does so at once. */
const TIMEOUT_PAUSE = 1000;

/** Worst first: which error is reported when the families failed in different ways. */
const SEVERITY = ["permission_denied", "dns_failure", "dns_timeout", "dns_not_found"] as const;

/**
 * Resolves a name. `localhost` and names under it resolve locally, and special names are never looked up. It is not an
 * error if one family fails while the other answers. `onAddresses` is called with each family's addresses as they
 * arrive.
 *
 * @throws the reason of `signal` when it aborts before an address has arrived.
 */
export async function resolveName(
  name: string,
  settings: ResolveSettings,
  io: Io,
  onAddresses: (addresses: readonly Host[]) => void = () => {},
  signal?: AbortSignal,
): Promise<Resolution> {
  signal?.throwIfAborted();
  const start = io.clock.now();
  using deadlines = new Deadlines(io.clock, timeoutFor(null, settings.timeout), signal);
  const deadline = deadlines.begin();
  const known = new AddressTable();
  const addresses: Host[] = [];
  const errors: QueryFailure[] = [];
  const families = familiesOf(settings.networks);
  await Promise.all(families.map(async (network) => {
    try {
      const answer = await resolveFamily(name, network, settings, io, deadline);
      const fresh = answer.filter((host) => known.addIfNew({ ...host, port: 0 }));
      addresses.push(...fresh);
      onAddresses(fresh);
    } catch (error) {
      if (!signal?.aborted) errors.push({ network, error: toFailure(error, "dns") });
    }
  }));
  if (addresses.length === 0) signal?.throwIfAborted();
  const failures = withTypes(errors.filter(({ error }) => error.code !== "dns_not_found"), families);
  const error = addresses.length > 0 ? null : worst([...failures, ...errors].map(({ error }) => error), name);
  return { addresses, error, failures, elapsed: io.clock.now() - start };
}

async function resolveFamily(
  name: string,
  network: IpNetwork,
  settings: ResolveSettings,
  io: Io,
  deadline: Deadline,
): Promise<Host[]> {
  if (isLocalhost(name)) return [LOOPBACK[network]];
  const why = whyUnasked(name, settings);
  if (why !== undefined) throw new DnsError("dns_not_found", `${name} ${why}`);
  const { nameServer, cjdns = false } = settings;
  const { signal, milliseconds: timeout } = deadline;
  for (;;) {
    try {
      const answer = await io.resolve(fullyQualified(name), RECORD_TYPES[network], { nameServer, timeout, signal });
      return answer.map((ip) => parseHost(ip, { cjdns })).filter((host) => host !== undefined);
    } catch (error) {
      const isTimeout = error instanceof Deno.errors.TimedOut;
      if (!signal.aborted && !isTimeout && !isScarcity(error)) throw resolverError(error, name, settings);
      // Deno gives up after its own timeout: ask again while there is time left.
      await pause(isTimeout ? TIMEOUT_PAUSE : SCARCITY_PAUSE, io, signal);
      if (signal.aborted) throw unusableAnswerError(name, { ...settings, timeout }, error);
    }
  }
}

/** Waits, or until the signal aborts. */
function pause(milliseconds: number, { clock }: Io, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  const { promise, resolve } = Promise.withResolvers<void>();
  const cancel = clock.schedule(resolve, milliseconds);
  signal.addEventListener("abort", () => {
    cancel();
    resolve();
  });
  return promise;
}

/** The name with a trailing dot, so that the system's search domains are not tried; a single label may need them. */
function fullyQualified(name: string): string {
  return name.includes(".") && !name.endsWith(".") ? `${name}.` : name;
}

/** The failures, with the record type before each message unless all families asked for failed the same way. */
function withTypes(failures: readonly QueryFailure[], networks: readonly IpNetwork[]): QueryFailure[] {
  const codes = new Set(failures.map(({ error }) => error.code));
  if (failures.length === networks.length && codes.size === 1) return [...failures];
  return failures.map(({ network, error }) => {
    return { network, error: { ...error, message: `${RECORD_TYPES[network]}: ${error.message}` } };
  });
}

function worst(errors: readonly Failure[], name: string): Failure {
  const rank = ({ code }: Failure) => SEVERITY.findIndex((other) => other === code);
  return errors.toSorted((a, b) => rank(a) - rank(b))[0] ?? toFailure(notFoundError(name), "dns");
}
