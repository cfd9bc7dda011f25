import { assertEquals } from "@std/assert";
import type { PeerRecord } from "../../src/report/records/peer.ts";
import { recordOf, type ScanRecord } from "../../src/report/records.ts";
import { Scan, type ScanSettings } from "../../src/scan/scan.ts";
import { withDefaults } from "../../src/scan/settings.ts";
import { type Demo, startDemo } from "../../src/sim/demo.ts";
import { demoPeers } from "../../src/sim/demo_peers.ts";
import { CHAINS, MAINNET } from "../../src/wire/chains.ts";
import { HAS_IPV6 } from "../support/faults.ts";

const TIMEOUT = 500;

const NETWORKS = ["ipv4", "ipv6", "onion", "i2p"] as const;

const COUNTS = {
  v1: {
    success: 12,
    errors: {
      connection_closed: 1,
      not_bitcoin: 1,
      timeout: 2,
      wrong_network: 1,
      obsolete_version: 1,
      self_connection: 1,
    },
  },
  v2: { success: 10, errors: { not_bitcoin: 1, timeout: 1, v2_not_supported: 7 } },
  auto: {
    success: 13,
    errors: { not_bitcoin: 1, timeout: 2, wrong_network: 1, obsolete_version: 1, self_connection: 1 },
  },
};

/** What a scan of the demo gives. */
async function scanned(options: Partial<ScanSettings>): Promise<{ demo: Demo; records: ScanRecord[] }> {
  const settings = withDefaults({ timeout: TIMEOUT, transport: "auto", networks: NETWORKS, ...options });
  await using demo = await startDemo(settings);
  const scan = new Scan(demo.targets, { ...settings, ...demo.settings }, demo.io);
  return { demo, records: await Array.fromAsync(scan, (result) => recordOf(result)) };
}

for (const chain of CHAINS) {
  for (const transport of chain === MAINNET ? ["v1", "v2", "auto"] as const : ["auto"] as const) {
    Deno.test(`startDemo() has the same counts every time on ${chain.name} with ${transport}`, async () => {
      const { records } = await scanned({ chain, transport });
      const { success, errors } = COUNTS[transport];
      assertEquals({ ...records.at(-1), elapsed_ms: 0 }, {
        type: "summary",
        chain: chain.name,
        targets: 22,
        peers: 21,
        success,
        failure: 21 - success,
        verack_missing: 1,
        errors: { ...errors, connection_refused: 1, not_found: 1 },
        elapsed_ms: 0,
        interrupted: false,
        crawl: null,
      });
    });
  }
}

for (const network of ["ipv4", "ipv6"] as const) {
  Deno.test(`startDemo() has the same peers when only ${network} is wanted`, {
    ignore: network === "ipv6" && !HAS_IPV6,
  }, async () => {
    const { records } = await scanned({ networks: [network] });
    const peers = records.filter((record): record is PeerRecord => record.type === "peer");
    assertEquals([peers.length, peers.filter(({ success }) => success).length], [18, 11]);
    assertEquals(peers.filter((peer) => peer.network !== network), []);
    const missing = records.flatMap((record) => record.type === "seed" && record.error !== null ? [record.target] : []);
    assertEquals(missing, ["no-such-name.demo.test"]);
  });
}

Deno.test(
  "startDemo() has peers of both families when both are wanted, and no others",
  { ignore: !HAS_IPV6 },
  async () => {
    const { records } = await scanned({ networks: ["ipv6", "ipv4"] });
    const peers = records.filter((record): record is PeerRecord => record.type === "peer");
    const wanted = demoPeers(MAINNET).flatMap(({ network }) =>
      network === "ipv4" || network === "ipv6" ? [network] : []
    );
    assertEquals(peers.map(({ network }) => network).toSorted(), wanted.toSorted());
  },
);

Deno.test("startDemo() has an onion service and an I2P peer, and one onion service that nobody has published", async () => {
  const { demo, records } = await scanned({ networks: ["onion", "i2p"] });
  assertEquals(demo.targets.map(({ network }) => network), ["onion", "i2p", "onion"]);
  const peers = records.filter((record): record is PeerRecord => record.type === "peer");
  assertEquals(peers.map(({ network, success, error }) => [network, success, error?.code]).toSorted(), [
    ["i2p", true, undefined],
    ["onion", false, "not_found"],
    ["onion", true, undefined],
  ]);
});

Deno.test("startDemo() knows the fault of each target that fails, and has those that work before them", async () => {
  const { demo, records } = await scanned({});
  const failed = records.flatMap((record) =>
    record.type === "peer" && !(record.success && record.verack) ||
      record.type === "seed" && record.error !== null
      ? [record.target]
      : []
  );
  assertEquals([...demo.faults.keys()].toSorted(), failed.toSorted());
  assertEquals(demo.targets.slice(-failed.length).map(({ text }) => text).toSorted(), failed.toSorted());
});
