import { assert, assertEquals, assertThrows } from "@std/assert";
import { TransportError } from "../../src/transport/errors.ts";
import type { Frame } from "../../src/transport/transport.ts";
import { MAX_DECOYS, V2Transport } from "../../src/transport/v2.ts";
import { CHAINS, MAINNET } from "../../src/wire/chains.ts";
import type { PayloadLimits } from "../../src/wire/messages.ts";
import { allocations } from "../generated/allocations.ts";
import { ascii, chunks, concat, hex, splits } from "../support/bytes.ts";
import { WIKI_VERSION_MESSAGE } from "../support/published.ts";
import { Random } from "../support/random.ts";
import { as } from "../support/untyped.ts";
import { framesOf, receiveAll } from "../support/v1.ts";
import { connectTester, establish, IGNORE, opening, seededBytes, startTransport } from "../support/v2_tester.ts";

const NOTHING = hex("");
const NONCE = hex("0102030405060708");
const VERSION = WIKI_VERSION_MESSAGE.slice(24);

const ROLES: readonly (readonly [name: string, initiating: boolean])[] = [["initiator", true], ["responder", false]];
const GARBAGE_SIZES = [0, 1, 4095];

/** The contents of a message with a type of 12 bytes. */
const contents = (messageType: string, payload = NOTHING): Uint8Array<ArrayBuffer> =>
  concat(hex("00"), ascii(messageType.padEnd(12, "\0")), payload);
const PING = concat(hex("12"), NONCE);
const PING_FRAME: Frame = { messageType: "ping", size: 8, payload: NONCE, checksum: null };

const types = (frames: readonly Frame[]): string[] => frames.map(({ messageType }) => messageType);

/** Feeds what a tester has to send, and checks that it leads to no error. */
function feed(transport: V2Transport, ...parts: readonly Uint8Array[]): Frame[] {
  const { frames, error } = receiveAll(transport, parts);
  assertEquals(error, null);
  return frames;
}

for (const [name, initiating] of ROLES) {
  Deno.test(`The first output of the ${name} is its key and its garbage, whatever waits to be sent`, () => {
    for (const garbageSize of GARBAGE_SIZES) {
      const randomBytes = seededBytes(1, garbageSize);
      const transport = new V2Transport({ chain: MAINNET, initiating, randomBytes });
      transport.send("version", VERSION);
      transport.sendDecoy(10);
      assertEquals(transport.takeOutput().length, 64 + garbageSize);
      assertEquals(transport.takeOutput(), NOTHING);
    }
  });

  Deno.test(`With the last byte of a key the ${name} sends everything else in one write, whatever garbage it waits for`, () => {
    for (const garbageSize of GARBAGE_SIZES) {
      const { transport, tester } = connectTester({ initiating, garbageSize });
      transport.send("version", VERSION);
      transport.send("ping", NONCE);
      feed(transport, tester.key.subarray(0, 63));
      assertEquals(transport.takeOutput(), NOTHING);
      feed(transport, tester.key.subarray(63));
      const output = transport.takeOutput();
      assertEquals(output.subarray(0, 16), tester.theirTerminator);
      tester.hear(output);
      const garbage = tester.takeGarbage();
      assertEquals(garbage.length, garbageSize);
      assertEquals(tester.takePackets(garbage), [
        { header: 0, contents: NOTHING },
        { header: 0, contents: contents("version", VERSION) },
        { header: 0, contents: PING },
      ]);
    }
  });

  Deno.test(`The ${name} reads the same messages however they are split`, () => {
    const garbage = new Random(7).bytes(20);
    const { tester } = connectTester({ initiating });
    const stream = concat(
      opening(tester, garbage),
      tester.packet(contents("version", VERSION)),
      tester.decoy(0),
      tester.packet(contents("wtxidrelay")),
      tester.decoy(30),
      tester.packet(PING),
      tester.packet(contents("verack")),
    );
    for (const [cut, parts] of splits(stream)) {
      // The same seed: what this transport sends is what the tester above has heard.
      const transport = startTransport({ initiating });
      const frames = feed(transport, ...parts);
      assertEquals(types(frames), ["version", "wtxidrelay", "ping", "verack"], cut);
      assertEquals(frames[0], { messageType: "version", size: 100, payload: VERSION, checksum: null });
      assertEquals(frames[2], PING_FRAME);
      assertEquals(transport.sessionId, tester.sessionId, cut);
    }
  });

  Deno.test(`Queued decoys of the ${name} go before the version packet, and the first authenticates the garbage`, () => {
    const { transport, tester } = connectTester({ initiating });
    transport.send("ping", NONCE);
    transport.sendDecoy(3);
    transport.sendDecoy(0);
    feed(transport, tester.key);
    transport.sendDecoy(1);
    tester.hear(transport.takeOutput());
    assertEquals(tester.takePackets(tester.takeGarbage()), [
      { header: IGNORE, contents: new Uint8Array(3) },
      { header: IGNORE, contents: NOTHING },
      { header: 0, contents: NOTHING },
      { header: 0, contents: PING },
      { header: IGNORE, contents: new Uint8Array(1) },
    ]);
  });
}

Deno.test("Two transports speak with each other, whatever garbage and decoys they send, and in pieces of any size", () => {
  const random = new Random(1);
  for (const chain of [MAINNET, ...CHAINS.slice(4, 5)]) {
    for (const sizes of GARBAGE_SIZES.flatMap((a) => GARBAGE_SIZES.map((b) => [a, b] as const))) {
      for (const decoys of [[[], []], [[0], []], [[], [5000]], [[1, 2, 3], [0, 0]]] as const) {
        const ends = sizes.map((size, i) =>
          new V2Transport({ chain, initiating: i === 0, randomBytes: seededBytes(random.uint32(), size) })
        );
        const frames: Frame[][] = [[], []];
        const [initiator, responder] = ends;
        assert(initiator && responder);
        for (const [i, end] of ends.entries()) {
          for (const size of decoys[i] ?? []) end.sendDecoy(size);
          end.send(i === 0 ? "ping" : "pong", NONCE);
        }
        for (let turn = 0; turn < 4; turn++) {
          const [from, to] = turn % 2 === 0 ? [initiator, responder] : [responder, initiator];
          frames[turn % 2]?.push(...feed(to, ...random.pieces(from.takeOutput())));
          assertEquals(initiator.sessionId === null, turn < 1);
          assertEquals(responder.sessionId === null, turn < 2);
        }
        assertEquals(frames, [[PING_FRAME], [{ ...PING_FRAME, messageType: "pong" }]], `${sizes}`);
        assertEquals(initiator.sessionId, responder.sessionId);
        assertEquals(initiator.sessionId?.length, 64);
      }
    }
  }
});

Deno.test("The session has an ID once the peer has proved that it has the keys", () => {
  const { transport, tester } = connectTester();
  const stream = opening(tester);
  feed(transport, stream.subarray(0, -1));
  assertEquals(transport.sessionId, null);
  feed(transport, stream.subarray(-1));
  assertEquals(transport.sessionId, tester.sessionId);
});

Deno.test("A message comes with its last byte, and what follows it in the same read is not read before", () => {
  const { transport, tester } = establish();
  const first = tester.packet(PING);
  const bytes = concat(first, tester.packet(PING).map((byte, i) => i === 28 ? byte ^ 1 : byte));
  assertEquals(feed(transport, bytes.subarray(0, 28)), []);
  const frames = framesOf(transport, bytes.subarray(28));
  assertEquals(frames.next().value, PING_FRAME);
  assertEquals(assertThrows(() => frames.next(), TransportError).code, "v2_protocol_error");
});

Deno.test("The version packet may contain anything, of any length", () => {
  for (const size of [1, 13, 1000, 4_000_013]) {
    const { transport, tester } = connectTester();
    feed(transport, tester.key, tester.terminator, ...chunks(tester.packet(new Uint8Array(size)), 65_536));
    assertEquals(transport.sessionId, tester.sessionId);
    assertEquals(feed(transport, tester.packet(PING)), [PING_FRAME]);
  }
  const { transport, tester } = connectTester();
  feed(transport, tester.key, tester.terminator, tester.packet(contents("version", VERSION)));
  assertEquals(feed(transport, tester.packet(PING)), [PING_FRAME]);
});

Deno.test("Decoys are skipped before and after the version packet, of any length", () => {
  for (const size of [0, 1, 100, 4109, 100_000, 4_000_013]) {
    const { transport, tester } = connectTester();
    const garbage = new Random(size).bytes(9);
    feed(transport, tester.key, garbage, tester.terminator, tester.decoy(size, garbage), tester.decoy(1));
    assertEquals(transport.sessionId, null);
    const frames = feed(transport, tester.packet(NOTHING), tester.decoy(size), tester.packet(PING), tester.decoy(size));
    assertEquals(frames, [PING_FRAME]);
  }
});

Deno.test("Only the ignore bit of the header counts", () => {
  const { transport, tester } = establish();
  for (const header of [0x01, 0x40, 0x7f]) assertEquals(feed(transport, tester.packet(PING, { header })), [PING_FRAME]);
  for (const header of [0x80, 0x81, 0xff]) assertEquals(feed(transport, tester.packet(PING, { header })), []);
});

Deno.test("1000 messages go in each direction, through four new keys", () => {
  const { transport, tester } = establish();
  for (let i = 0; i < 1000; i++) {
    const payload = new Uint8Array(8);
    new DataView(payload.buffer).setUint32(0, i);
    assertEquals(feed(transport, tester.packet(concat(hex("12"), payload))), [{ ...PING_FRAME, payload }]);
    transport.send("pong", payload);
    tester.hear(transport.takeOutput());
    assertEquals(tester.takePacket().contents, concat(hex("13"), payload));
  }
});

Deno.test("Unreadable messages are not an error", () => {
  const { transport, tester } = establish();
  const frames = feed(
    transport,
    ...[hex(""), hex("00"), hex("ff"), contents("ver\0sion"), concat(hex("00"), ascii("version"))].map((bytes) =>
      tester.packet(bytes)
    ),
    tester.packet(PING),
  );
  assertEquals(types(frames), ["", "\\x00", "\\xff", "ver\\x00sion", "\\x00version", "ping"]);
  assertEquals(frames.filter(({ payload }) => payload !== null), [PING_FRAME]);
});

Deno.test("A payload that is too long is an error when all of it has come", () => {
  const cases: readonly (readonly [contents: Uint8Array, code: string])[] = [
    [contents("version", new Uint8Array(4097)), "malformed_message"],
    [concat(hex("02"), new Uint8Array(4_000_001)), "oversized_message"],
  ];
  for (const [bytes, code] of cases) {
    const { transport, tester } = establish();
    const packet = tester.packet(bytes);
    feed(transport, packet.subarray(0, -1));
    assertEquals(receiveAll(transport, [packet.subarray(-1)]), { frames: [], error: code });
  }
});

Deno.test("A message of 500 KB is kept if its limit allows it, however it is split", () => {
  const payload = Uint8Array.from({ length: 500_000 }, (_, i) => i * 7 + (i >> 8));
  const limits: PayloadLimits = (type) => type === "addrv2" ? { maxSize: 500_000, overlong: "ignored" } : undefined;
  for (const type of [hex("1c"), contents("addrv2")]) {
    const { tester } = connectTester();
    const stream = concat(opening(tester), tester.packet(concat(type, payload)), tester.packet(PING));
    for (const size of [stream.length, 4096, 511]) {
      const { transport } = connectTester({ limits });
      const frames = feed(transport, ...chunks(stream, size));
      assertEquals(types(frames), ["addrv2", "ping"]);
      assert(frames[0]?.payload?.toHex() === payload.toHex(), `in parts of ${size}`);
    }
  }
});

Deno.test("Nothing is kept of ignored messages or the version packet", () => {
  const { transport, tester } = connectTester();
  const version = tester.packet(contents("version", new Uint8Array(4000)), { associated: NOTHING });
  const block = tester.packet(concat(hex("02"), new Uint8Array(1_000_000)));
  feed(transport, tester.key, tester.terminator);
  for (const [packet, most] of [[version, 500], [block, 10_000]] as const) {
    const sizes = allocations(() => feed(transport, ...chunks(packet, most)));
    assert(sizes.every((size) => size <= most), `${sizes.filter((size) => size > most)}`);
  }
});

Deno.test("10,000 decoys are skipped; one more is a flood", () => {
  const { transport, tester } = connectTester();
  feed(transport, tester.key, tester.terminator);
  for (let i = 0; i < 10; i++) feed(transport, tester.decoy(0));
  feed(transport, tester.packet(NOTHING));
  assertEquals(MAX_DECOYS, 10_000);
  feed(transport, ...Array.from({ length: MAX_DECOYS - 10 }, () => tester.decoy(0)));
  assertEquals(feed(transport, tester.packet(PING)), [PING_FRAME]);
  assertEquals(receiveAll(transport, [tester.decoy(0)]).error, "message_flood");
});

Deno.test("V2Transport refuses invalid options", () => {
  const valid = { chain: MAINNET, initiating: true, randomBytes: seededBytes(1) };
  const start = (options: unknown) => new V2Transport({ ...valid, ...as<object>(options) });
  assertThrows(() => start({ chain: "mainnet" }), TypeError, "Invalid chain: expected a chain, as MAINNET is");
  assertThrows(() => start({ initiating: "yes" }), TypeError, "Invalid initiating: expected true or false");
  assertThrows(() => start({ randomBytes: 32 }), TypeError, "Invalid randomBytes: expected a function");
  assertThrows(() => start({ maxDecoys: NaN }), RangeError, "Invalid maxDecoys: expected an integer from 0");
});
