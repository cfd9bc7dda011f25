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

Deno.test("The peers of startSeedZone() have the addresses, the services and the heights that are built into them", async () => {
  const records = await audited(MAINNET);
  const figures = (name: string, ...keys: (keyof AuditRecord)[]) => keys.map((key) => records.get(name)?.[key]);
  assertEquals(figures("good", "addresses", "ipv4", "ipv6", "shared", "netgroups"), [12, 6, 6, 8, 12]);
  assertEquals(figures("good", "success", "errors", "median_height"), [11, { connection_refused: 1 }, 940_000]);
  assertEquals(figures("tired", "addresses", "shared", "success", "success_rate"), [10, 2, 7, 0.7]);
  assertEquals(figures("half-dead", "success", "errors"), [4, { connection_refused: 3, timeout: 3 }]);
  assertEquals(figures("other-chain", "success", "errors"), [8, { wrong_network: 4 }]);
  assertEquals(figures("unroutable", "addresses", "unroutable", "success", "failure"), [12, 4, 8, 0]);
  assertEquals(figures("behind", "behind", "success"), [2, 12]);
  assertEquals(figures("one-netgroup", "ipv4", "ipv6", "netgroups"), [8, 4, 5]);
  assertEquals(figures("monoculture", "user_agents", "v2"), [[["/Satoshi:0.21.2/", 12]], 0]);
  assertEquals(records.get("promises")?.queries.map(({ name, matching }) => [name, matching]), [
    ["promises.seeds.test", null],
    ["x9.promises.seeds.test", 7],
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
