/**
 * Criteria for the names of a seed: its own, and its subdomains for service bits.
 *
 * @module
 */

import { type Criterion, none, over, type Share, under } from "./criterion.ts";
import type { QueryResult, SeedFigures } from "./result.ts";
import { formatPercent } from "./statistics.ts";

/** No address at all, or some failed queries. */
export const RESOLUTION_CRITERIA: readonly Criterion[] = [
  {
    code: "no_address",
    share: ({ figures }) => isResolverFailing(figures) ? null : [figures.addresses, figures.queries.length],
    fail: none,
    message: (_, { figures }) => noAddressMessage(figures),
  },
  {
    code: "dns_failure",
    share: ({ figures }) => isResolverFailing(figures) ? [figures.addresses, figures.queries.length] : null,
    fail: none,
    message: (_, { figures }) => noAddressMessage(figures),
  },
  {
    code: "dns_failure",
    share: ({ figures }) => figures.addresses === 0 ? null : [failedQueries(figures).length, figures.queries.length],
    warn: over(0),
    message: ([count, whole], { figures }) => {
      const more = count === 1 ? "" : `; ${count - 1} more of its ${whole} names failed`;
      return `${failedQueries(figures)[0]?.error?.message}${more}`;
    },
  },
];

/** Names without a usable peer, and peers without the service bits asked for. */
export const SERVICE_CRITERIA: readonly Criterion[] = [
  {
    code: "service_bits_unanswered",
    share: ({ figures }) => {
      return figures.addresses === 0 ? null : [uselessSubdomains(figures).length, figures.queries.length];
    },
    warn: over(0),
    message: ([count], { figures }) => {
      const more = count === 1 ? "" : `; the same goes for ${count - 1} more of its subdomains`;
      return `${uselessness(uselessSubdomains(figures)[0])}${more}`;
    },
  },
  {
    // If no other name has such peers either, another reason covers it.
    code: "no_success",
    share: ({ figures }) => {
      const own = ownName(figures);
      return own === undefined || !isUseless(own, figures) ? null : [own.success, own.addresses];
    },
    warn: none,
    message: (_, { figures }) => uselessness(ownName(figures)),
  },
  {
    code: "services_missing",
    share: ({ figures: { queries } }) => subdomainShare(subdomainsByShare(queries)[0]),
    fail: under(90),
    warn: under(100),
    message: (share, { figures: { queries } }) => servicesMessage(share, queries),
  },
];

/** Whether a name could not be resolved for another reason than that it has no address. */
function isResolverFailing({ queries }: SeedFigures): boolean {
  return queries.some(({ error }) => error !== null && error.code !== "dns_not_found");
}

/** The error for the seed's own name or, if there is none, for another one. */
function noAddressMessage({ queries }: SeedFigures): string {
  return queries.find(({ error }) => error !== null)?.error?.message ?? "none of its names has an address";
}

/** The queries that failed. A subdomain without an address is not a failure: not every seed has all of them. */
function failedQueries({ queries }: SeedFigures): QueryResult[] {
  return queries.filter(({ serviceBits, error }) => {
    return error !== null && (serviceBits === null || error.code !== "dns_not_found");
  });
}

function ownName({ queries }: SeedFigures): QueryResult | undefined {
  return queries.find(({ serviceBits }) => serviceBits === null);
}

function uselessSubdomains(figures: SeedFigures): QueryResult[] {
  return figures.queries.filter((name) => name.serviceBits !== null && isUseless(name, figures));
}

/**
 * Whether a name gave no peer that shook hands, once all have been tried. If no name did, there is another reason for
 * that.
 */
function isUseless({ addresses, reachable, success }: QueryResult, figures: SeedFigures): boolean {
  return addresses === 0 || reachable > 0 && success === 0 && figures.success > 0 && !figures.partial;
}

function uselessness(name: QueryResult | undefined): string {
  if (name === undefined) return "";
  const alone = name.serviceBits === 9n ? ", and it is the only name that Bitcoin Core looks up" : "";
  return name.addresses === 0
    ? `${name.name} gave no address${alone}`
    : `none of ${name.reachable} addresses of ${name.name} shook hands${alone}`;
}

/** The subdomains with peers that shook hands, the one with the smallest share of the right service bits first. */
function subdomainsByShare(names: readonly QueryResult[]): QueryResult[] {
  return names.filter(({ serviceBits, success }) => serviceBits !== null && success > 0)
    .toSorted((a, b) => a.matching * b.success - b.matching * a.success);
}

function subdomainShare(subdomain: QueryResult | undefined): Share | null {
  return subdomain === undefined ? null : [subdomain.matching, subdomain.success];
}

function servicesMessage([part, whole]: Share, names: readonly QueryResult[]): string {
  const [worst, ...others] = subdomainsByShare(names).filter(({ matching, success }) => matching < success);
  const more = others.length === 0 ? "" : `; ${others.length} more of its subdomains fall short`;
  return `${
    formatPercent(part, whole)
  } of ${whole} peers of ${worst?.name} have its service bits, 100% expected${more}`;
}
