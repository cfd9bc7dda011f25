import { assertEquals, assertThrows } from "@std/assert";
import { OPTION_NAMES } from "../../src/net/option_names.ts";
import { i2pPort, overlayHost } from "../../src/scan/overlay.ts";
import { ONE_OF_EACH } from "../support/addresses.ts";

const hostIn = (network: string) => ONE_OF_EACH.find((address) => address.network === network)?.host ?? "";
const ONION = hostIn("onion");
const I2P = hostIn("i2p");

const refuse = (reason: string) => new RangeError(reason);
const reachable = { networks: ["onion", "i2p"] as const, optionNames: OPTION_NAMES };

Deno.test("overlayHost() reads the names of Tor and I2P, in any case and with the last dot, and no others", () => {
  for (const name of [ONION, ONION.toUpperCase(), `${ONION}.`]) {
    assertEquals(overlayHost(name, reachable, refuse), { network: "onion", host: ONION }, name);
  }
  for (const name of [I2P, I2P.toUpperCase(), `${I2P}.`]) {
    assertEquals(overlayHost(name, reachable, refuse), { network: "i2p", host: I2P }, name);
  }
  for (const name of ["seed.example", "1.2.3.4", "::1", "", "onion.example"]) {
    assertEquals(overlayHost(name, reachable, refuse), undefined, name);
  }
});

Deno.test("overlayHost() refuses a name whose network cannot be reached, and says by which option it can", () => {
  for (const networks of [[], ["ipv4", "i2p"]] as const) {
    const context = { networks, optionNames: OPTION_NAMES };
    const words =
      "SOCKS5 proxy of Tor with options.onion, often 127.0.0.1:9050, or one for everything with options.proxy";
    for (const name of [ONION, "x.onion", "onion"]) {
      assertThrows(() => overlayHost(name, context, refuse), RangeError, words);
    }
  }
  const context = { networks: ["onion"], optionNames: OPTION_NAMES } as const;
  for (const name of [I2P, "x.b32.i2p", "stats.i2p"]) {
    assertThrows(
      () => overlayHost(name, context, refuse),
      RangeError,
      "SAM bridge of an I2P router with options.i2psam",
    );
  }
});

Deno.test("overlayHost() refuses a name that is malformed, or of another kind", () => {
  const wrongChecksum = `${ONION.startsWith("p") ? "q" : "p"}${ONION.slice(1)}`;
  const cases = [
    [wrongChecksum, "checksum"],
    ["x.onion", "56 characters"],
    ["onion", "56 characters"],
    ["x.b32.i2p", "52 characters"],
    ["stats.i2p", "address book"],
  ] as const;
  for (const [name, reason] of cases) assertThrows(() => overlayHost(name, reachable, refuse), Error, reason, name);
});

Deno.test("i2pPort() is 0, and nothing else can be written for it", () => {
  assertEquals([i2pPort(undefined, refuse), i2pPort("0", refuse)], [0, 0]);
  for (const port of ["1", "8333", "x", "", "0x0"]) {
    assertThrows(() => i2pPort(port, refuse), RangeError, `an I2P address has no port: leave out :${port}`);
  }
});
