import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { type Network, NETWORK_NAMES } from "../../src/address/network.ts";
import { readAddress, readName, readTargets } from "../../src/scan/input.ts";
import { type Target, TargetError } from "../../src/scan/target.ts";
import { I2P, ONION } from "../support/overlays.ts";
import { as, type ErrorClass } from "../support/untyped.ts";

const INTERNET: readonly Network[] = ["ipv4", "ipv6"];

Deno.test("readAddress() reads text and objects alike", () => {
  const cases: readonly (readonly [written: unknown, expected: Omit<Target, "host"> & { readonly host: string }])[] = [
    ["192.0.2.1:8333", { text: "192.0.2.1:8333", network: "ipv4", host: "192.0.2.1", port: 8333 }],
    [{ host: "192.0.2.1", port: 1 }, { text: "192.0.2.1:1", network: "ipv4", host: "192.0.2.1", port: 1 }],
    [{ host: "2001:DB8::1", port: 65_535 }, {
      text: "[2001:db8::1]:65535",
      network: "ipv6",
      host: "2001:db8::1",
      port: 65_535,
    }],
    [{ host: "::1", network: "ipv6" }, { text: "::1", network: "ipv6", host: "::1", port: null }],
    [{ host: "fc00::1" }, { text: "fc00::1", network: "cjdns", host: "fc00::1", port: null }],
    [{ host: ONION, port: 7 }, { text: `${ONION}:7`, network: "onion", host: ONION, port: 7 }],
    [{ host: I2P, port: 0 }, { text: I2P, network: "i2p", host: I2P, port: 0 }],
    [{ host: I2P }, { text: I2P, network: "i2p", host: I2P, port: 0 }],
  ];
  for (const [written, expected] of cases) assertEquals(readAddress(as(written), NETWORK_NAMES), as<never>(expected));
  assertEquals(readAddress({ host: "fc00::1" }, INTERNET).network, "ipv6");
});

Deno.test("readAddress() refuses what is no address, and says why", () => {
  const cases: readonly (readonly [written: unknown, error: ErrorClass, message: string])[] = [
    [
      "seed.example",
      TargetError,
      "invalid target 'seed.example': expected an IP address, got a name: resolve it first",
    ],
    [8333, TypeError, "Invalid address: expected text, or an address as { host, port }, got 8333"],
    [{ host: "::1", port: 0 }, RangeError, "Invalid address.port: expected an integer from 1 to 65535, got 0"],
    [{ host: "::1", port: 65_536 }, RangeError, "Invalid address.port: expected an integer from 0 to 65535, got 65536"],
    [{ host: "::1", port: -1 }, RangeError, "Invalid address.port: expected an integer from 0 to 65535, got -1"],
    [
      { host: "::1", network: "ipv4" },
      TargetError,
      "invalid target '::1': the network is ipv4, but that of the host is ipv6",
    ],
    [
      { host: "seed.example" },
      TargetError,
      "invalid target 'seed.example': expected an IP address, or an onion or I2P name, as the host",
    ],
    [{ host: "2001:db8::1%eth0" }, TargetError, "invalid target '2001:db8::1%eth0': only a link-local address"],
    [{ host: I2P, port: 1 }, TargetError, `invalid target '${I2P}': an I2P address has no port: leave out :1`],
  ];
  for (const [written, error, message] of cases) {
    assertThrows(() => readAddress(as(written), NETWORK_NAMES), error, message);
  }
  assertThrows(() => readAddress({ host: ONION }, INTERNET), TargetError, "give the SOCKS5 proxy of Tor");
});

Deno.test("readName() reads a name, and nothing else", () => {
  assertEquals(readName("seed.example:1"), { text: "seed.example:1", network: null, host: "seed.example", port: 1 });
  assertThrows(() => readName("192.0.2.1"), TargetError, "'192.0.2.1': expected a DNS name, got an address");
  assertThrows(() => readName(as(7)), TypeError, "Invalid name: expected a string, got 7");
});

/** The hosts of targets, as they come. */
async function* hosts(targets: ReturnType<typeof readTargets>) {
  for await (const { host } of targets) yield host;
}

Deno.test("readTargets() reads all at once, or those that come later as they come, and counts them in its errors", async () => {
  const good = ["seed.example", { host: "192.0.2.1" }, "::1"];
  const expected = ["seed.example", "192.0.2.1", "::1"];
  assertEquals(await Array.fromAsync(hosts(readTargets(good, INTERNET))), expected);
  assertEquals(await Array.fromAsync(hosts(readTargets(ReadableStream.from(good), INTERNET))), expected);
  const bad = [...good, as<string>(5)];
  const message = "Invalid targets[3]: expected text, or an address as { host, port }, got 5";
  assertThrows(() => readTargets(bad, INTERNET), TypeError, message);
  const taken: string[] = [];
  const reading = async () => {
    for await (const host of hosts(readTargets(ReadableStream.from(bad), INTERNET))) taken.push(host);
  };
  await assertRejects(reading, TypeError, message);
  assertEquals(taken, expected);
});

Deno.test("readTargets() takes what can be iterated, but no text", () => {
  for (const targets of ["seed.example", 5, {}, null]) {
    assertThrows(() => readTargets(as(targets), INTERNET), TypeError, "Invalid targets: expected an iterable");
  }
});
