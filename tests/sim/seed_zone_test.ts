import { assertEquals, assertRejects } from "@std/assert";
import { ipAddress } from "../../src/address/address.ts";
import { Audit } from "../../src/audit/audit.ts";
import { recordOf } from "../../src/report/records.ts";
import type { AuditRecord } from "../../src/report/records/audit.ts";
import { whyUnroutable } from "../../src/address/routability.ts";
import type { ScanSettings } from "../../src/scan/scan.ts";
import { withDefaults } from "../../src/scan/settings.ts";
import { SIMULATED_SEEDS, startSeedZone } from "../../src/sim/seed_zone.ts";
import { type Chain, findChain, MAINNET } from "../../src/wire/chains.ts";

const TIMEOUT = 500;

/** The records of an audit of the whole zone, by the seed's name within it. */
async function audited(chain: Chain, options: Partial<ScanSettings> = {}): Promise<ReadonlyMap<string, AuditRecord>> {
  await using zone = await startSeedZone(chain);
  const settings = { ...withDefaults({ chain, timeout: TIMEOUT, ...options }), ...zone.settings };
  const records = await Array.fromAsync(new Audit(zone.seeds, settings, zone.io), (result) => recordOf(result));
  return new Map(
    records.flatMap((record) => record.type === "audit" ? [[record.seed.split(".")[0] ?? "", record]] : []),
  );
}

/** What is built into a seed, as an audit must find it. */
interface Figures {
  /** How many addresses of each family it returns. */
  readonly ipv4: number;
  readonly ipv6: number;
  /** How many of them other seeds return too; none by default. */
  readonly shared?: number;
  /** In how many network groups they are; in as many as they are by default. */
  readonly netgroups?: number;
  /** How many of them are not dialled as they are not routable; none by default. */
  readonly unroutable?: number;
  /** How many peers have each user agent, the most frequent first. */
  readonly agents: readonly (readonly [userAgent: string, count: number])[];
  /** How many handshakes fail, by code; none by default. */
  readonly errors?: Readonly<Record<string, number>>;
  /** How many of the peers speak v2; all by default. */
  readonly v2?: number;
  /** How many of the peers are behind; none by default. */
  readonly behind?: number;
  /** The median height of the peers; 940,000 by default, `null` if there are none. */
  readonly height?: number | null;
}

const CURRENT = "/Satoshi:31.0.0/";
const PREVIOUS = "/Satoshi:30.2.0/";
const KNOTS = "/Satoshi:29.2.0/Knots:20251110/";

const FIGURES: Readonly<Record<string, Figures>> = {
  good: {
    ipv4: 6,
    ipv6: 6,
    shared: 8,
    agents: [[CURRENT, 5], [PREVIOUS, 4], [KNOTS, 2]],
    errors: { connection_refused: 1 },
  },
  tired: {
    ipv4: 5,
    ipv6: 5,
    shared: 2,
    agents: [[CURRENT, 6], [PREVIOUS, 1]],
    errors: { timeout: 2, connection_refused: 1 },
  },
  "half-dead": {
    ipv4: 5,
    ipv6: 5,
    agents: [[CURRENT, 3], [PREVIOUS, 1]],
    errors: { timeout: 3, connection_refused: 3 },
  },
  dead: { ipv4: 4, ipv6: 4, agents: [], errors: { timeout: 4, connection_refused: 4 }, height: null },
  promises: { ipv4: 5, ipv6: 5, agents: [[CURRENT, 8], [PREVIOUS, 2]], v2: 7 },
  "nearly-keeps-its-promises": { ipv4: 6, ipv6: 5, agents: [[CURRENT, 6], [PREVIOUS, 5]], v2: 10 },
  "other-chain": { ipv4: 6, ipv6: 6, agents: [[CURRENT, 5], [KNOTS, 3]], errors: { wrong_network: 4 } },
  "a-stray": { ipv4: 6, ipv6: 6, agents: [[CURRENT, 6], [PREVIOUS, 5]], errors: { wrong_network: 1 } },
  unroutable: { ipv4: 6, ipv6: 6, unroutable: 4, agents: [[KNOTS, 4], [CURRENT, 4]], height: 939_999 },
  behind: { ipv4: 6, ipv6: 6, agents: [[CURRENT, 7], [PREVIOUS, 5]], behind: 2 },
  "one-netgroup": { ipv4: 8, ipv6: 4, netgroups: 5, agents: [[CURRENT, 7], [PREVIOUS, 5]] },
  monoculture: { ipv4: 6, ipv6: 6, agents: [["/Satoshi:0.21.2/", 12]], v2: 0 },
  "ipv4-only": { ipv4: 6, ipv6: 0, agents: [[PREVIOUS, 3], [CURRENT, 3]] },
  "ipv6-only": { ipv4: 0, ipv6: 6, agents: [[PREVIOUS, 3], [CURRENT, 3]] },
  "no-service-bits": { ipv4: 4, ipv6: 4, shared: 8, agents: [[CURRENT, 5], [PREVIOUS, 3]] },
  "half-mute": { ipv4: 4, ipv6: 0, shared: 4, agents: [[CURRENT, 3], [PREVIOUS, 1]] },
  empty: { ipv4: 0, ipv6: 0, agents: [], height: null },
  mute: { ipv4: 0, ipv6: 0, agents: [], height: null },
};

/** The same in full. */
function expectedOf({ ipv4, ipv6, agents, errors = {}, ...rest }: Figures) {
  const success = agents.reduce((sum, [, count]) => sum + count, 0);
  return {
    ipv4,
    ipv6,
    user_agents: agents,
    success,
    failure: Object.values(errors).reduce((sum, count) => sum + count, 0),
    errors,
    shared: rest.shared ?? 0,
    netgroups: rest.netgroups ?? ipv4 + ipv6,
    unroutable: rest.unroutable ?? 0,
    v2: rest.v2 ?? success,
    behind: rest.behind ?? 0,
    median_height: rest.height === undefined ? 940_000 : rest.height,
  };
}

Deno.test("The seeds of startSeedZone() have the addresses and the peers that are built into them", async () => {
  const records = await audited(MAINNET);
  const expected = Object.entries(FIGURES).map(([name, figures]) => [name, expectedOf(figures)] as const);
  const found = expected.map(([name, figures]) => {
    const record: Readonly<Record<string, unknown>> = { ...records.get(name) };
    return [name, Object.fromEntries(Object.keys(figures).map((key) => [key, record[key]]))];
  });
  assertEquals<unknown>(found, expected);
  assertEquals([...records.keys()], Object.keys(FIGURES));
  assertEquals(records.get("promises")?.queries.map(({ name, matching }) => [name, matching]), [
    ["promises.seeds.test", null],
    ["x9.promises.seeds.test", 7],
  ]);
});

for (
  const [chain, transport] of [[MAINNET, "v1"], [MAINNET, "auto"], [findChain("regtest") ?? MAINNET, "v1"]] as const
) {
  Deno.test(`Each seed of startSeedZone() gets the verdict and the reasons that are built into it on ${chain.name} with ${transport}`, async () => {
    const records = await audited(chain, { transport });
    assertEquals(
      [...records].map(([name, { verdict, reasons }]) => [name, verdict, ...reasons.map(({ code }) => code)]),
      SIMULATED_SEEDS.map(({ name, verdict, reasons }) => [name, verdict, ...reasons]),
    );
  });
}

Deno.test("The seeds of startSeedZone() have every reason between them", () => {
  const reasons = new Set(SIMULATED_SEEDS.flatMap(({ reasons }) => reasons));
  assertEquals([...reasons].toSorted(), [
    "behind",
    "dns_failure",
    "low_success_rate",
    "no_address",
    "no_ipv4",
    "no_ipv6",
    "no_success",
    "one_netgroup",
    "one_version",
    "service_bits_unanswered",
    "services_missing",
    "unroutable",
    "wrong_network",
  ]);
});

Deno.test("The Io of startSeedZone() dials only the zone's own peers", async () => {
  await using zone = await startSeedZone();
  for (const ip of ["127.0.0.1", "30.0.0.9", "192.0.2.1"]) {
    await assertRejects(
      () => zone.io.connect(ipAddress(ip, 8333), new AbortController().signal),
      Error,
      "no simulated peer",
    );
  }
});

Deno.test("The addresses of startSeedZone() look routable, except for those that must not", async () => {
  const records = await audited(MAINNET, { networks: ["ipv4"] });
  assertEquals([...records.values()].filter(({ unroutable }) => unroutable > 0).map(({ seed }) => seed), [
    "unroutable.seeds.test",
  ]);
  const hosts = [{ network: "ipv4", host: "30.0.0.1" }, { network: "ipv6", host: "3fff:1::1" }] as const;
  assertEquals(hosts.map(whyUnroutable), [undefined, undefined]);
});
