import { assertEquals } from "@std/assert";
import { Fleet } from "../../bench/harness/fleet.ts";
import { CORE_ANSWER, CORE_GREETING, joined, VERACK_ALONE, VERSION } from "../../bench/ready.ts";
import { lastAddresses } from "../support/gossip.ts";

/** Where a peer of a fleet is; systems but Linux and Windows have one loopback address. */
const HOSTNAMES = Deno.build.os === "darwin" ? ["127.0.0.1", "127.0.0.1"] : ["127.1.0.0", "127.9.8.7"];

async function read(connection: Deno.TcpConn): Promise<Uint8Array | null> {
  const buffer = new Uint8Array(1024);
  const length = await connection.read(buffer);
  return length === null ? null : buffer.subarray(0, length);
}

/** Reads as many bytes as the segments have in total. */
async function readAll(connection: Deno.TcpConn, segments: readonly Uint8Array[]): Promise<Uint8Array> {
  const expected = joined(segments).length;
  const parts: Uint8Array[] = [];
  while (joined(parts).length < expected) {
    const part = await read(connection);
    if (part === null) break;
    parts.push(part);
  }
  return joined(parts);
}

/** The addresses that a node of a network gives out. */
async function addressesKnownAt(hostname: string, port: number): Promise<string[]> {
  using connection = await Deno.connect({ hostname, port });
  await connection.write(VERSION);
  await readAll(connection, CORE_ANSWER);
  await connection.write(VERACK_ALONE);
  await connection.closeWrite();
  return await lastAddresses(joined(await Array.fromAsync(connection.readable)));
}

/** The fleet on the sockets that are best here, and on Deno's own. */
for (const flags of [[], ["--sockets"]]) {
  const name = ["A fleet", ...flags].join(" ");

  for (const roundTrip of [0, 1]) {
    Deno.test(`${name} answers as Bitcoin Core does on all addresses, ${roundTrip} ms away`, async () => {
      await using fleet = await Fleet.start({ roundTrip }, ...flags);
      using stack = new DisposableStack();
      for (const hostname of HOSTNAMES) {
        const connection = stack.use(await Deno.connect({ hostname, port: fleet.port }));
        await connection.write(VERSION);
        assertEquals(await readAll(connection, CORE_ANSWER), joined(CORE_ANSWER));
        await connection.write(VERACK_ALONE);
        assertEquals(await readAll(connection, CORE_GREETING), joined(CORE_GREETING));
      }
      assertEquals(await fleet.end(), HOSTNAMES.length);
    });
  }

  Deno.test(`${name} that is silent accepts and says nothing, until the other side closes`, async () => {
    await using fleet = await Fleet.start({ silent: true }, ...flags);
    using connection = await Deno.connect({ hostname: "127.0.0.1", port: fleet.port });
    await connection.write(VERSION);
    await connection.closeWrite();
    assertEquals([await read(connection), await fleet.end()], [null, 1]);
  });

  Deno.test(`${name} of a network knows 1,000 addresses of it, others at each address`, async () => {
    await using fleet = await Fleet.start({ universe: { live: 3000, dead: 1000 } }, ...flags);
    const answers = await Promise.all(HOSTNAMES.map((hostname) => addressesKnownAt(hostname, fleet.port)));
    assertEquals(answers.map(({ length }) => length), HOSTNAMES.map(() => 1000));
    assertEquals(new Set(answers.map(([first]) => first)).size, new Set(HOSTNAMES).size);
  });

  Deno.test(`${name} counts connections that are open at once, not all there were`, async () => {
    await using fleet = await Fleet.start({}, ...flags);
    for (let i = 0; i < 3; i++) {
      using connection = await Deno.connect({ hostname: "127.0.0.1", port: fleet.port });
      await connection.closeWrite();
      assertEquals(await read(connection), null);
    }
    assertEquals(await fleet.end(), 1);
  });
}
