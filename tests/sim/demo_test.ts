import { assertEquals } from "@std/assert";
import { denoIo, Scan } from "../../src/mod.ts";
import { withDefaults } from "../../src/scan/settings.ts";
import { startDemo } from "../../src/sim/demo.ts";
import { CHAINS, MAINNET } from "../../src/wire/chains.ts";

const TIMEOUT = 2000;

const COUNTS = {
  v1: {
    success: 10,
    errors: {
      connection_closed: 1,
      not_bitcoin: 1,
      timeout: 2,
      wrong_network: 1,
      obsolete_version: 1,
      self_connection: 1,
    },
  },
  v2: { success: 8, errors: { not_bitcoin: 1, timeout: 1, v2_not_supported: 7 } },
  auto: {
    success: 11,
    errors: { not_bitcoin: 1, timeout: 2, wrong_network: 1, obsolete_version: 1, self_connection: 1 },
  },
};

for (const chain of [MAINNET, CHAINS.at(-1) ?? MAINNET]) {
  for (const transport of ["v1", "v2", "auto"] as const) {
    Deno.test(`startDemo() has the same counts every time on ${chain.name} with ${transport}`, async () => {
      await using demo = await startDemo(chain);
      const settings = withDefaults({ chain, transport, timeout: TIMEOUT, ...demo.settings });
      const records = await Array.fromAsync(new Scan(demo.targets, settings, denoIo));
      const { success, errors } = COUNTS[transport];
      assertEquals({ ...records.at(-1), elapsed_ms: 0 }, {
        type: "summary",
        chain: chain.name,
        targets: 19,
        peers: 18,
        success,
        failure: 18 - success,
        verack_missing: 1,
        errors: { ...errors, connection_refused: 1 },
        elapsed_ms: 0,
        interrupted: false,
      });
    });
  }
}
