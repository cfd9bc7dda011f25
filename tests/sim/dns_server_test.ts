import { assert, assertEquals, assertRejects } from "@std/assert";
import { TYPE_AAAA } from "../../src/sim/dns_message.ts";
import type { DnsServer } from "../../src/sim/dns_server.ts";
import type { DnsZoneEntry } from "../../src/sim/dns_zone.ts";
import { startDns } from "../support/dns.ts";

function resolve(server: DnsServer, name: string, type: "A" | "AAAA", signal?: AbortSignal): Promise<string[]> {
  const { host, port } = server.address;
  return Deno.resolveDns(name, type, { nameServer: { ipAddr: host, port }, ...signal && { signal } });
}

const manyIpv4 = Array.from({ length: 300 }, (_, i) => `127.1.${i >> 8}.${i & 0xff}`);
const manyIpv6 = Array.from({ length: 300 }, (_, i) => `2001:db8::${(i + 1).toString(16)}`);

/** A standard query for seed.example, with an id that tells nothing. */
const query = (type = 1, recordClass = 1): Uint8Array<ArrayBuffer> =>
  Uint8Array.fromHex(
    `abcd01000001000000000000${"04736565640765"}78616d706c6500` +
      [type, recordClass].map((value) => value.toString(16).padStart(4, "0")).join(""),
  );

/** What stands in the first twelve bytes. */
function header(message: Uint8Array): { id: number; code: number; answers: number } {
  const view = new DataView(message.buffer, message.byteOffset);
  return { id: view.getUint16(0), code: view.getUint16(2) & 0xf, answers: view.getUint16(6) };
}

/** Bytes after their length, as over TCP. */
const framed = (message: Uint8Array): Uint8Array<ArrayBuffer> =>
  Uint8Array.of(message.length >> 8, message.length & 0xff, ...message);

function connect({ address: { host, port } }: DnsServer): Promise<Deno.TcpConn> {
  return Deno.connect({ hostname: host, port });
}

async function readExactly(connection: Deno.TcpConn, length: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(length);
  for (let filled = 0; filled < length;) {
    const count = await connection.read(bytes.subarray(filled));
    assert(count !== null, "the server closed the connection");
    filled += count;
  }
  return bytes;
}

async function readFrame(connection: Deno.TcpConn): Promise<Uint8Array> {
  const [high = 0, low = 0] = await readExactly(connection, 2);
  return await readExactly(connection, high << 8 | low);
}

Deno.test("DnsServer answers A and AAAA queries of Deno.resolveDns over UDP and records them", async () => {
  await using server = await startDns({
    "seed.example": { a: ["127.0.0.2", "127.0.0.3"], aaaa: ["::1", "2001:db8::2"] },
  });
  assertEquals(await resolve(server, "seed.example", "A"), ["127.0.0.2", "127.0.0.3"]);
  assertEquals(await resolve(server, "seed.example", "AAAA"), ["::1", "2001:db8::2"]);
  assertEquals(server.queries, [
    { name: "seed.example", type: "A", transport: "udp" },
    { name: "seed.example", type: "AAAA", transport: "udp" },
  ]);
});

Deno.test("DnsServer knows names in any case, with and without a trailing dot", async () => {
  await using server = await startDns({ "seed.example": { a: ["127.0.0.2"] } });
  for (const name of ["SEED.Example", "seed.example."]) assertEquals(await resolve(server, name, "A"), ["127.0.0.2"]);
});

Deno.test("DnsServer gives 300 addresses of each family over TCP after a truncated answer over UDP", async () => {
  await using server = await startDns({ "seed.example": { a: manyIpv4, aaaa: manyIpv6 } });
  assertEquals(await resolve(server, "seed.example", "A"), manyIpv4);
  assertEquals(await resolve(server, "seed.example", "AAAA"), manyIpv6);
  assertEquals(server.queries.map(({ transport }) => transport), ["udp", "tcp", "udp", "tcp"]);
});

Deno.test("DnsServer answers many queries at once", async () => {
  const names = Array.from({ length: 64 }, (_, i) => `x${i}.seed.example`);
  await using server = await startDns(Object.fromEntries(names.map((name, i) => [name, { a: [`127.0.1.${i}`] }])));
  const answers = await Promise.all(names.map((name) => resolve(server, name, "A")));
  assertEquals(answers, names.map((_, i) => [`127.0.1.${i}`]));
});

const ABSENT: [what: string, name: string, entry: DnsZoneEntry][] = [
  ["an unknown name", "other.example", {}],
  ["a family that is absent", "seed.example", { aaaa: ["::1"] }],
  ["a family without addresses", "seed.example", { a: [] }],
  ["nxdomain", "seed.example", { a: "nxdomain" }],
  ["servfail", "seed.example", { a: "servfail" }],
  ["refused", "seed.example", { a: "refused" }],
];

for (const [what, name, entry] of ABSENT) {
  Deno.test(`Deno.resolveDns finds nothing, at once, for ${what}`, async () => {
    await using server = await startDns({ "seed.example": entry });
    await assertRejects(() => resolve(server, name, "A"), Deno.errors.NotFound);
    assertEquals(server.queries, [{ name, type: "A", transport: "udp" }]);
  });
}

const UNANSWERED = ["silent", "garbage", "wrong_id"] as const;

for (const fault of UNANSWERED) {
  Deno.test(`Deno.resolveDns still waits after ${fault}, and can be aborted`, async () => {
    const received = Promise.withResolvers<void>();
    await using server = await startDns({ "seed.example": { a: fault, aaaa: ["::1"] } }, {
      onQuery: () => received.resolve(),
    });
    const abort = new AbortController();
    const pending = resolve(server, "seed.example", "A", abort.signal);
    await received.promise;
    // An answer to a later query shows that the one before had its time.
    assertEquals(await resolve(server, "seed.example", "AAAA"), ["::1"]);
    abort.abort(new RangeError("enough"));
    await assertRejects(() => pending, RangeError, "enough");
  });
}

Deno.test("DnsServer passes onQuery each query after recording it", async () => {
  const told: unknown[] = [];
  await using server: DnsServer = await startDns({ "seed.example": { a: ["127.0.0.2"] } }, {
    onQuery: (received) => told.push([received, server.queries.length]),
  });
  await resolve(server, "seed.example", "A");
  assertEquals(told, [[{ name: "seed.example", type: "A", transport: "udp" }, 1]]);
});

for (const hostname of ["127.0.0.1", "127.0.0.53", "::1"]) {
  Deno.test({
    name: `DnsServer listens on ${hostname}, over UDP and TCP`,
    ignore: !isBindable(hostname),
    fn: async () => {
      await using server = await startDns({ "seed.example": { a: manyIpv4 } }, { hostname });
      assertEquals(server.address.host, hostname);
      assertEquals(await resolve(server, "seed.example", "A"), manyIpv4);
    },
  });
}

/** Not every system has IPv6, or more of 127.0.0.0/8 than 127.0.0.1. */
function isBindable(hostname: string): boolean {
  try {
    Deno.listen({ hostname, port: 0 }).close();
    return true;
  } catch {
    return false;
  }
}

Deno.test("DnsServer answers several queries over one TCP connection, split and joined at will", async () => {
  await using server = await startDns({ "seed.example": { a: ["127.0.0.2"] } });
  using connection = await connect(server);
  const two = Uint8Array.of(...framed(query()), ...framed(query(TYPE_AAAA)));
  for (const byte of two) await connection.write(Uint8Array.of(byte));
  assertEquals(header(await readFrame(connection)), { id: 0xabcd, code: 0, answers: 1 });
  assertEquals(header(await readFrame(connection)), { id: 0xabcd, code: 0, answers: 0 });
  await connection.write(two);
  assertEquals(header(await readFrame(connection)).answers, 1);
});

Deno.test("DnsServer answers nothing for record types that are not in the zone, and refuses other classes", async () => {
  await using server = await startDns({ "seed.example": { a: ["127.0.0.2"] } });
  using connection = await connect(server);
  await connection.write(framed(query(16)));
  assertEquals(header(await readFrame(connection)), { id: 0xabcd, code: 0, answers: 0 });
  await connection.write(framed(query(1, 3)));
  assertEquals(header(await readFrame(connection)), { id: 0xabcd, code: 5, answers: 0 });
  assertEquals(server.queries.map(({ type }) => type), ["TYPE16", "A"]);
});

Deno.test("DnsServer sends its faults over TCP too", async () => {
  await using server = await startDns({ "seed.example": { a: "garbage", aaaa: "wrong_id" } });
  using connection = await connect(server);
  await connection.write(framed(query()));
  assertEquals(await readFrame(connection), new Uint8Array(16).fill(0xff));
  await connection.write(framed(query(TYPE_AAAA)));
  assertEquals(header(await readFrame(connection)), { id: 0xabcc, code: 0, answers: 1 });
});

/** Datagrams and TCP messages that are no query. */
const MALFORMED = [
  new Uint8Array(),
  Uint8Array.of(1),
  new Uint8Array(12),
  new Uint8Array(600).fill(0xff),
  query().subarray(0, 20),
  Uint8Array.fromHex("abcd01000001000000000000c00c00010001"),
];

/** Sends datagrams, and resolves to the first one that comes back. */
async function exchange({ address: { host, port } }: DnsServer, messages: readonly Uint8Array[]): Promise<Uint8Array> {
  const { createSocket } = await import("node:dgram");
  const socket = createSocket("udp4");
  try {
    const answer = new Promise<Uint8Array>((resolve) => socket.once("message", resolve));
    for (const message of messages) socket.send(message, port, host);
    return await answer;
  } finally {
    await new Promise<void>((resolve) => socket.close(() => resolve()));
  }
}

Deno.test("DnsServer survives malformed queries over UDP without answering them", async () => {
  await using server = await startDns({ "seed.example": { a: ["127.0.0.2"] } });
  const answer = await exchange(server, [...MALFORMED, query()]);
  assertEquals(header(answer), { id: 0xabcd, code: 0, answers: 1 });
  assertEquals(server.queries.length, 1);
});

Deno.test("DnsServer sends at most 512 bytes over UDP without EDNS(0), and at most 4,096 with it", async () => {
  await using server = await startDns({ "seed.example": { a: manyIpv4 } });
  const withOpt = Uint8Array.of(...query(), 0, 0, 41, 0xff, 0xff, 0, 0, 0, 0, 0, 0); // 65,535 bytes
  withOpt[11] = 1;
  assertEquals(header(await exchange(server, [query()])).answers, Math.floor((512 - 30) / 16));
  assertEquals(header(await exchange(server, [withOpt])).answers, Math.floor((4096 - 30 - 11) / 16));
});

Deno.test("DnsServer survives malformed queries over TCP without answering them", async () => {
  await using server = await startDns({ "seed.example": { a: ["127.0.0.2"] } });
  using connection = await connect(server);
  for (const message of [...MALFORMED, query()]) await connection.write(framed(message));
  assertEquals(header(await readFrame(connection)), { id: 0xabcd, code: 0, answers: 1 });
  assertEquals(server.queries.length, 1);
});

Deno.test("DnsServer survives clients that leave in the middle of a message", async () => {
  await using server = await startDns({ "seed.example": { a: ["127.0.0.2"] } });
  for (const length of [0, 1, 2, 9]) {
    using connection = await connect(server);
    if (length > 0) await connection.write(framed(query()).subarray(0, length));
  }
  assertEquals(await resolve(server, "seed.example", "A"), ["127.0.0.2"]);
});

Deno.test("DnsServer takes its time over UDP and over TCP where an entry has a delay", async () => {
  await using server = await startDns({
    "slow.example": { a: manyIpv4, delay: 25 },
    "fast.example": { a: ["127.0.0.1"] },
  });
  const begin = performance.now();
  const slow = resolve(server, "slow.example", "A");
  assertEquals(await resolve(server, "fast.example", "A"), ["127.0.0.1"]);
  assertEquals((await slow).length, manyIpv4.length);
  assert(performance.now() - begin >= 50);
});

Deno.test("DnsServer.close() does not wait for pending answers, and gives none", async () => {
  const asked = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const server: DnsServer = await startDns({ "seed.example": { a: ["127.0.0.1"], delay: 60_000 } }, {
    onQuery: () => asked[server.queries.length - 1]?.resolve(),
  });
  using connection = await connect(server);
  await connection.write(framed(query()));
  await asked[0]?.promise;
  const abort = new AbortController();
  const pending = resolve(server, "seed.example", "A", abort.signal);
  await asked[1]?.promise;
  await server.close();
  assertEquals(await connection.read(new Uint8Array(1)), null);
  abort.abort(new RangeError("enough"));
  await assertRejects(() => pending, RangeError, "enough");
});

Deno.test("DnsServer closes a connection whose client has ended its stream", async () => {
  await using server = await startDns({ "seed.example": { a: ["127.0.0.2"] } });
  using connection = await connect(server);
  await connection.write(framed(query()));
  await connection.closeWrite();
  assertEquals(header(await readFrame(connection)), { id: 0xabcd, code: 0, answers: 1 });
  assertEquals(await connection.read(new Uint8Array(1)), null);
});

Deno.test("DnsServer.close() ends open connections, and may be called again", async () => {
  const server = await startDns({ "seed.example": { a: "silent" } });
  using connection = await connect(server);
  await connection.write(framed(query()));
  await Promise.all([server.close(), server.close()]);
  await server.close();
  assertEquals(await connection.read(new Uint8Array(1)).catch(() => null), null);
  await assertRejects(() => connect(server), Deno.errors.ConnectionRefused);
});

Deno.test("DnsServer.close() frees its port for UDP and TCP", async () => {
  const first = await startDns({});
  await first.close();
  await using second = await startDns({ "seed.example": { a: manyIpv4 } }, { port: first.address.port });
  assertEquals(second.address, first.address);
  assertEquals(await resolve(second, "seed.example", "A"), manyIpv4);
});

Deno.test("DnsServer says NXDOMAIN of an unknown name, and gives an empty answer of a known one", async () => {
  for (const [name, code] of [["other.example", 3], ["seed.example", 0]] as const) {
    await using server = await startDns({ [name]: { aaaa: ["::1"] } });
    using connection = await connect(server);
    await connection.write(framed(query()));
    assertEquals(header(await readFrame(connection)), { id: 0xabcd, code, answers: 0 });
  }
});
