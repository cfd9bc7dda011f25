import { assertEquals } from "@std/assert";
import { DEFAULT_SETTINGS, withDefaults } from "../../src/scan/settings.ts";
import { MAINNET, SIGNET } from "../../src/wire/chains.ts";
import { as } from "../support/untyped.ts";

Deno.test("withDefaults() has 512 handshakes in flight, over v1 to the main network, and holds no connection", () => {
  const { chain, transport, concurrency, hold, services, startHeight, relay } = DEFAULT_SETTINGS;
  assertEquals([chain, transport, concurrency, hold], [MAINNET, "v1", 512, 0]);
  assertEquals([services, startHeight, relay], [0n, 0, false]);
  assertEquals(withDefaults(), { ...DEFAULT_SETTINGS, port: MAINNET.port, networks: ["ipv4", "ipv6"] });
});

Deno.test("withDefaults() takes what is given, and what is undefined for not given", () => {
  const { chain, port, networks, hold, timeout } = withDefaults(
    as({ chain: SIGNET, hold: 5, networks: undefined, timeout: undefined, concurrency: undefined }),
  );
  assertEquals([chain, port, networks, hold, timeout], [SIGNET, SIGNET.port, ["ipv4", "ipv6"], 5, undefined]);
  assertEquals(withDefaults(as({ chain: undefined, concurrency: undefined })), withDefaults());
});
