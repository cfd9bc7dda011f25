import { assertEquals, assertThrows } from "@std/assert";
import { checkNameServer, readOptions } from "../../src/scan/options.ts";
import { withDefaults } from "../../src/scan/settings.ts";

const PROXY = { host: "127.0.0.1", port: 9050 };

Deno.test("readOptions() fills in what is not given, and takes networks that can be reached", () => {
  assertEquals(readOptions({ hold: 5 }), withDefaults({ hold: 5 }));
  assertEquals(readOptions({ networks: ["onion"], onion: [PROXY] }).networks, ["onion"]);
});

Deno.test("readOptions() refuses the first network that cannot be reached, and says which can", () => {
  assertThrows(
    () => readOptions({ networks: ["ipv4", "i2p", "cjdns"], onion: [PROXY] }),
    RangeError,
    "Invalid networks: expected reachable networks (ipv4, ipv6, onion; others need proxy, onion, i2psam or cjdns), got " +
      '"i2p"',
  );
});

Deno.test("checkNameServer() asks for a name server if there is a proxy", () => {
  const nameServer = { ipAddr: "127.0.0.1", port: 53 };
  for (const options of [{}, { nameServer }, { proxy: PROXY, nameServer }]) checkNameServer(withDefaults(options));
  assertThrows(
    () => checkNameServer(withDefaults({ proxy: PROXY })),
    TypeError,
    "Invalid nameServer: expected a name server, as a proxy cannot list addresses, got undefined",
  );
});
