import { assertEquals, assertRejects } from "@std/assert";
import { formatAddress, ipAddress } from "../../../src/address/address.ts";
import { NETWORK_NAMES } from "../../../src/address/network.ts";
import { Scan } from "../../../src/scan/scan.ts";
import { withDefaults } from "../../../src/scan/settings.ts";
import { errorOf } from "../../../src/sim/network/kinds.ts";
import { startNetwork } from "../../../src/sim/network/network.ts";
import type { Population } from "../../../src/sim/network/population.ts";
import { patientIo } from "../../../src/sim/patient_io.ts";
import { type Chain, CHAINS, MAINNET } from "../../../src/wire/chains.ts";

const TIMEOUT = 300;

const EVERYWHERE = { ipv4: 1, ipv6: 1, onion: 1, i2p: 1, cjdns: 1 };

const POPULATION: Population = [
  ["core-31", EVERYWHERE],
  ["core-0.20", { ipv4: 1, ipv6: 1 }],
  ["v1-only", { ipv4: 1, onion: 1 }],
  ["mute", { i2p: 1 }],
  ["other chain", EVERYWHERE],
  ["obsolete", EVERYWHERE],
  ["silent", EVERYWHERE],
  ["refuses", EVERYWHERE],
  ["gone", EVERYWHERE],
];

for (const [chain, transport] of [[MAINNET, "v1"], [MAINNET, "auto"], [CHAINS.at(-1) ?? MAINNET, "v1"]] as const) {
  Deno.test(`startNetwork() has at each address what is planned there, on ${chain.name} with ${transport}`, async () => {
    const { outcomes, planned } = await scanned(chain, transport);
    assertEquals(outcomes, planned);
  });
}

/** The outcome of a handshake with each address, and the one that is planned. */
async function scanned(chain: Chain, transport: "v1" | "auto") {
  await using network = await startNetwork(POPULATION, chain);
  const { plan, routes, io } = network;
  const settings = withDefaults({ chain, transport, timeout: TIMEOUT, networks: NETWORK_NAMES, ...routes });
  const targets = plan.addresses.map(({ address }) => ({ text: formatAddress(address), ...address }));
  const outcomes = new Map<string, string | null>();
  for await (const result of new Scan(targets, settings, patientIo(io))) {
    if (result.type === "peer") outcomes.set(result.target, result.outcome.error?.code ?? null);
  }
  const texts = plan.addresses.map(({ address, kind }) =>
    [formatAddress(address), errorOf(kind, address.network)] as const
  );
  return { outcomes: Object.fromEntries(outcomes), planned: Object.fromEntries(texts) };
}

Deno.test("The Io of startNetwork() dials only the network's own nodes", async () => {
  await using network = await startNetwork(POPULATION);
  for (const ip of ["127.0.0.1", "30.255.0.1", "192.0.2.1"]) {
    await assertRejects(
      () => network.io.connect(ipAddress(ip, 8333), new AbortController().signal),
      Error,
      "no simulated node",
    );
  }
});
