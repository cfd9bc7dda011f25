import { assertEquals } from "@std/assert";
import { denoIo, Scan } from "../../src/mod.ts";
import { withDefaults } from "../../src/scan/settings.ts";
import { startDemo } from "../../src/sim/demo.ts";
import { CHAINS, MAINNET } from "../../src/wire/chains.ts";

for (const chain of [MAINNET, CHAINS.at(-1) ?? MAINNET]) {
  Deno.test(`startDemo() has the same counts every time on ${chain.name}`, async () => {
    await using demo = await startDemo(chain);
    const records = await Array.fromAsync(new Scan(demo.targets, withDefaults({ chain, ...demo.settings }), denoIo));
    const summary = records.at(-1);
    assertEquals({ ...summary, elapsed_ms: 0 }, {
      type: "summary",
      chain: chain.name,
      targets: 19,
      peers: 18,
      success: 11,
      failure: 7,
      verack_missing: 1,
      errors: {
        connection_refused: 1,
        not_bitcoin: 1,
        obsolete_version: 1,
        self_connection: 1,
        timeout: 2,
        wrong_network: 1,
      },
      elapsed_ms: 0,
      interrupted: false,
    });
  });
}
