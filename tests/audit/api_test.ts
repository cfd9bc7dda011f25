import { assertEquals, assertThrows } from "@std/assert";
import { audit } from "../../src/audit/api.ts";
import { TargetError } from "../../src/scan/target.ts";
import { findChain } from "../../src/wire/chains.ts";
import { scriptedIo } from "../support/scripted_io.ts";
import { as, type ErrorClass } from "../support/untyped.ts";

/** A network in which every name has these IPv4 addresses, and nobody listens; what was asked for and dialled. */
function network(...addresses: string[]) {
  const asked = new Set<string>();
  const dialled: string[] = [];
  const io = scriptedIo({
    resolve: (name, type) => {
      asked.add(name);
      const isKnown = type === "A" && addresses.length > 0;
      return isKnown ? Promise.resolve(addresses) : Promise.reject(new Deno.errors.NotFound());
    },
    connect: ({ host }) => {
      dialled.push(host);
      return Promise.reject(new Deno.errors.ConnectionRefused());
    },
  });
  return { io, asked, dialled };
}

Deno.test("audit() takes names, seeds with service bits, or by default those of the chain", async () => {
  const taken: readonly (readonly [seeds: Parameters<typeof audit>[0], names: readonly string[]])[] = [
    [["a.example", "bitcoin://b.example/"], ["a.example", "b.example"]],
    [new Set([{ name: "c.example", serviceBits: [0x409n] }]), ["c.example", "x409.c.example"]],
    [undefined, ["seed.testnet4.bitcoin.sprovoost.nl", "x9.seed.testnet4.wiz.biz"]],
  ];
  const chain = findChain("testnet4");
  for (const [seeds, names] of taken) {
    const { io, asked } = network();
    const records = await Array.fromAsync(audit(seeds, { io, ...chain && { chain } }));
    for (const name of names) assertEquals(asked.has(`${name}.`), true, name);
    assertEquals(records.filter(({ type }) => type === "audit").length, seeds === undefined ? 2 : [...seeds].length);
  }
});

Deno.test("audit() of anything but a seed is an error that names it", () => {
  const { io, asked } = network();
  const refused: readonly (readonly [seeds: unknown, error: ErrorClass, message: string])[] = [
    ["seed.example", TypeError, 'Invalid seeds: expected an iterable, such as an array, got "seed.example"'],
    [(async function* () {})(), TypeError, "Invalid seeds: expected an iterable, such as an array, got an object"],
    [["192.0.2.1"], TargetError, "invalid target '192.0.2.1': expected the name of a DNS seed, got an address"],
    [["a.example:8333"], TargetError, "invalid target 'a.example:8333': a seed cannot have a port"],
    [["a.example", 9], TypeError, "Invalid seeds[1]: expected a name, or a seed as { name, serviceBits }, got 9"],
    [[{ name: "a.example" }], TypeError, "Invalid seeds[0].serviceBits: expected an array, each item a bigint"],
    [[{ name: "a.example", serviceBits: [9] }], TypeError, "Invalid seeds[0].serviceBits[0]: expected a bigint"],
  ];
  for (const [seeds, error, message] of refused) assertThrows(() => audit(as(seeds), { io }), error, message);
  assertEquals(asked.size, 0);
});

Deno.test("audit() refuses bad options, and a chain without seeds where none is given", () => {
  const { io, asked } = network();
  const refused: readonly (readonly [options: unknown, error: ErrorClass, message: string])[] = [
    [{ io, includeUnroutable: 1 }, TypeError, "Invalid includeUnroutable: expected true or false, got 1"],
    [{ io, onNoRoute: 1 }, TypeError, "Invalid onNoRoute: expected a function, got 1"],
    [{ io, concurrency: 0 }, RangeError, "Invalid concurrency: expected an integer from 1 to 65535, got 0"],
    [{ io, includeUnrouteable: true }, TypeError, "did you mean includeUnroutable?"],
    [
      { io, proxy: { host: "127.0.0.1", port: 9050 } },
      TypeError,
      "Invalid nameServer: expected a name server, as a proxy cannot list addresses, got undefined",
    ],
    [{ io, chain: findChain("regtest") }, TypeError, "Bitcoin Core ships no DNS seed for regtest, got undefined"],
  ];
  for (const [options, error, message] of refused) assertThrows(() => audit(undefined, as(options)), error, message);
  assertEquals(asked.size, 0);
});

Deno.test("audit() dials addresses that are not routable on regtest, and elsewhere if asked to", async () => {
  for (
    const [name, includeUnroutable, isDialled] of [
      ["mainnet", undefined, false],
      ["mainnet", true, true],
      ["regtest", undefined, true],
      ["regtest", false, false],
    ] as const
  ) {
    const { io, dialled } = network("10.1.0.1");
    const chain = findChain(name);
    const options = { io, ...chain && { chain }, ...includeUnroutable !== undefined && { includeUnroutable } };
    await Array.fromAsync(audit(["a.example"], options));
    assertEquals(dialled, isDialled ? ["10.1.0.1"] : [], `${name}, ${includeUnroutable}`);
  }
});

Deno.test("audit() asks the name server itself if there is a proxy, and has it dial nothing of its own network", async () => {
  const { io, asked, dialled } = network("10.1.0.1");
  const proxy = { host: "127.0.0.1", port: 9050 };
  const nameServer = { ipAddr: "127.0.0.1", port: 53 };
  await Array.fromAsync(audit(["a.example"], { io, proxy, nameServer, includeUnroutable: true }));
  assertEquals([asked.has("a.example."), dialled], [true, []]);
});

Deno.test("audit() dials no address that the option dials refuses", async () => {
  const { io, dialled } = network("30.1.0.1", "31.1.0.1");
  await Array.fromAsync(audit(["a.example"], { io, dials: ({ host }) => host !== "31.1.0.1" }));
  assertEquals(dialled, ["30.1.0.1"]);
});
