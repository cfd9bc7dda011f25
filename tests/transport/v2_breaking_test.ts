/** Whatever is done to a peer's stream, no message comes of it that the peer did not send there. */

import { assert, assertEquals, assertThrows } from "@std/assert";
import { TransportError } from "../../src/transport/errors.ts";
import type { Frame } from "../../src/transport/transport.ts";
import { V2Transport } from "../../src/transport/v2.ts";
import { v1Beginning } from "../../src/transport/v1_beginning.ts";
import { CHAINS, MAINNET } from "../../src/wire/chains.ts";
import { ascii, concat, hex, splits } from "../support/bytes.ts";
import { WIKI_VERSION_MESSAGE } from "../support/published.ts";
import { Random } from "../support/random.ts";
import { framesOf, receiveAll } from "../support/v1.ts";
import { connectTester, opening, seededBytes, startTransport, type V2Tester } from "../support/v2_tester.ts";

const NOTHING = hex("");
const GARBAGE = new Random(1).bytes(12);
const PING = hex("12 0102030405060708");
const PONG = hex("13 0102030405060708");

/** Enough bytes to end all waiting: no garbage or packet is that long. */
const MUCH = new Uint8Array(4_000_100);

/** A whole stream of a tester's, in the parts that a test may tamper with. */
interface Stream {
  readonly key: Uint8Array<ArrayBuffer>;
  readonly garbage: Uint8Array<ArrayBuffer>;
  readonly terminator: Uint8Array<ArrayBuffer>;
  readonly versionPacket: Uint8Array<ArrayBuffer>;
  readonly ping: Uint8Array<ArrayBuffer>;
  readonly pong: Uint8Array<ArrayBuffer>;
}

const PARTS = ["key", "garbage", "terminator", "versionPacket", "ping", "pong"] as const;

/** A transport, always the same one, and what its peer sends it. */
function connect(initiating: boolean): { transport: V2Transport; tester: V2Tester; stream: Stream } {
  const { transport, tester } = connectTester({ initiating });
  const stream = {
    key: tester.key.slice(),
    garbage: GARBAGE,
    terminator: tester.terminator,
    versionPacket: tester.packet(NOTHING, { associated: GARBAGE }),
    ping: tester.packet(PING),
    pong: tester.packet(PONG),
  };
  return { transport, tester, stream };
}

const bytesOf = (stream: Stream): Uint8Array<ArrayBuffer> => concat(...PARTS.map((part) => stream[part]));
const types = (frames: readonly Frame[]): string[] => frames.map(({ messageType }) => messageType);

/** The result of a stream, and the result with many more bytes after it. */
function outcome(
  bytes: Uint8Array,
  initiating: boolean,
): { types: string[]; error: string | null; atLast: string | null } {
  const transport = startTransport({ initiating });
  const { frames, error } = receiveAll(transport, [bytes]);
  const behind = receiveAll(transport, [MUCH]);
  assertEquals(behind.frames, []);
  if (error !== null) assertEquals(behind.error, error);
  return { types: types(frames), error, atLast: behind.error };
}

for (const initiating of [true, false]) {
  const role = initiating ? "An initiator" : "A responder";

  Deno.test(`${role} gets both messages of a stream that nobody tampers with`, () => {
    const { types, error, atLast } = outcome(bytesOf(connect(initiating).stream), initiating);
    assertEquals([types, error, atLast], [["ping", "pong"], null, "v2_protocol_error"]);
  });

  for (const [i, part] of PARTS.entries()) {
    Deno.test(`${role} gets no message after a flipped bit in the peer's ${part}`, () => {
      const { stream } = connect(initiating);
      for (let bit = 0; bit < 8 * stream[part].length; bit += part === "key" ? 5 : 1) {
        const damaged = stream[part].slice();
        damaged[bit >> 3] = (damaged[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        const { types, error, atLast } = outcome(bytesOf({ ...stream, [part]: damaged }), initiating);
        assertEquals(types, part === "pong" ? ["ping"] : [], `bit ${bit}`);
        assertEquals(atLast, "v2_protocol_error", `bit ${bit}`);
        // A damaged key or terminator is waited for; so is the end of a packet that seems to be longer.
        const waits = part === "key" || part === "terminator" || (i >= 3 && bit < 24);
        assert(error === "v2_protocol_error" || (waits && error === null), `bit ${bit}: ${error}`);
      }
    });

    Deno.test(`${role} gets no message when the peer's ${part} is missing, comes twice, or lacks a byte`, () => {
      const { stream } = connect(initiating);
      const whole = stream[part];
      const shorter = [whole.slice(1), whole.slice(0, -1)];
      for (const [what, changed] of [[NOTHING], [whole, whole], ...shorter.map((bytes) => [bytes])].entries()) {
        const { types, error, atLast } = outcome(bytesOf({ ...stream, [part]: concat(...changed) }), initiating);
        const expected = part === "pong"
          ? what === 1 ? ["ping", "pong"] : ["ping"]
          : part === "ping" && what === 1
          ? ["ping"]
          : [];
        assertEquals(types, expected, `${what}`);
        assert(error === null || error === "v2_protocol_error");
        assertEquals(atLast, "v2_protocol_error");
      }
    });
  }

  Deno.test(`${role} gets a message only in its place: no order but the peer's`, () => {
    const { stream } = connect(initiating);
    const { versionPacket, ping, pong } = stream;
    const orders: readonly (readonly [order: Uint8Array[], types: string[]])[] = [
      [[versionPacket, pong, ping], []],
      [[ping, versionPacket, pong], []],
      [[pong], []],
      [[versionPacket, ping, ping], ["ping"]],
      [[versionPacket, ping, versionPacket], ["ping"]],
      [[versionPacket, versionPacket, ping], []],
    ];
    for (const [order, types] of orders) {
      const bytes = concat(stream.key, stream.garbage, stream.terminator, ...order);
      const result = outcome(bytes, initiating);
      assertEquals([result.types, result.atLast], [types, "v2_protocol_error"]);
    }
  });

  Deno.test(`${role} waits wherever the peer's stream stops`, () => {
    const { stream } = connect(initiating);
    const bytes = bytesOf(stream);
    for (let size = 0; size < bytes.length; size++) {
      const transport = startTransport({ initiating });
      const { frames, error } = receiveAll(transport, [bytes.subarray(0, size)]);
      assertEquals([types(frames), error], [size < bytes.length - stream.pong.length ? [] : ["ping"], null], `${size}`);
      transport[Symbol.dispose]();
    }
  });

  Deno.test(`${role} gets nothing of its own stream when that is sent back`, () => {
    for (const garbageSize of [0, 12, 4095]) {
      const transport = new V2Transport({ chain: MAINNET, initiating, randomBytes: seededBytes(3, garbageSize) });
      transport.send("ping", PING.slice(1));
      assertEquals(receiveAll(transport, [transport.takeOutput()]), { frames: [], error: null });
      // Both ends have the same secret now, but the terminators and keys of the two directions differ.
      const { frames, error } = receiveAll(transport, [transport.takeOutput(), MUCH]);
      assertEquals([frames, error, transport.sessionId], [[], "v2_protocol_error", null]);
    }
  });

  Deno.test(`${role} gets nothing of packets that were sent to another connection with the same peer key`, () => {
    const { stream } = connect(initiating);
    const other = connectTester({ initiating, seed: 9 });
    const { frames, error } = receiveAll(other.transport, [bytesOf(stream), MUCH]);
    assertEquals([frames, error], [[], "v2_protocol_error"]);
  });
}

Deno.test("A packet that claims another length gives no message", () => {
  for (const length of [0, 8, 10, 100, 4_000_013, 4_000_014, 2 ** 24 - 1]) {
    const { transport, tester } = connectTester();
    const bytes = concat(opening(tester), tester.packet(PING, { length }), tester.packet(PONG));
    const { frames, error } = receiveAll(transport, [bytes]);
    assertEquals(frames, []);
    // Shorter, and the tag is found in the contents; longer, and the rest is waited for, unless it is over the limit.
    assertEquals(error, length < 30 || length > 4_000_013 ? "v2_protocol_error" : null, `${length}`);
  }
});

Deno.test("Garbage is authenticated by the first packet, be it a decoy, and by no later one", () => {
  const first = (tester: V2Tester, associated: Uint8Array) => [tester.decoy(3, associated), tester.packet(NOTHING)];
  const second = (
    tester: V2Tester,
    associated: Uint8Array,
  ) => [tester.decoy(3), tester.packet(NOTHING, { associated })];
  const both = (tester: V2Tester, associated: Uint8Array) => [
    tester.decoy(3, associated),
    tester.packet(NOTHING, { associated }),
  ];
  for (const [packets, error] of [[first, null], [second, "v2_protocol_error"], [both, "v2_protocol_error"]] as const) {
    const { transport, tester } = connectTester();
    const bytes = concat(tester.key, GARBAGE, tester.terminator, ...packets(tester, GARBAGE), tester.packet(PING));
    assertEquals(receiveAll(transport, [bytes]).error, error);
    assertEquals(transport.sessionId, error === null ? tester.sessionId : null);
  }
});

Deno.test("4095 bytes of garbage are waited out, one more is v2_protocol_error", () => {
  for (const [size, expected] of [[4095, null], [4096, "v2_protocol_error"]] as const) {
    const { transport, tester } = connectTester();
    const { error } = receiveAll(transport, [opening(tester, new Random(4).bytes(size))]);
    assertEquals(error, expected);
  }
});

Deno.test("Nodes on different chains wait for each other, as long as there may be garbage", () => {
  for (const [i, chain] of CHAINS.entries()) {
    const transport = new V2Transport({ chain, initiating: true, randomBytes: seededBytes(i, 100) });
    const otherChain = CHAINS.at(i - 1) ?? MAINNET;
    const other = new V2Transport({ chain: otherChain, initiating: false, randomBytes: seededBytes(~i, 100) });
    assertEquals(receiveAll(other, [transport.takeOutput()]), { frames: [], error: null }, chain.name);
    assertEquals(receiveAll(transport, [other.takeOutput()]), { frames: [], error: null }, chain.name);
    assertEquals(receiveAll(other, [transport.takeOutput()]), { frames: [], error: null }, chain.name);
    assertEquals([transport.sessionId, other.sessionId], [null, null]);
    assertEquals(receiveAll(transport, [MUCH]).error, "v2_protocol_error");
  }
});

Deno.test("A v1 version is told from a key: ours is v2_not_supported, any other what it is in v1", () => {
  for (const initiating of [true, false]) {
    for (const [name, parts] of splits(WIKI_VERSION_MESSAGE)) {
      const { transport } = connectTester({ initiating });
      assertEquals(receiveAll(transport, parts), { frames: [], error: "v2_not_supported" }, name);
    }
    for (const chain of [...CHAINS.slice(1), { ...MAINNET, magic: 0x01020304 }]) {
      const { transport } = connectTester({ initiating });
      const { error } = receiveAll(transport, [v1Beginning(chain).subarray(0, 15), v1Beginning(chain).subarray(15)]);
      assertEquals(error, chain.name === "mainnet" ? "not_bitcoin" : "wrong_network");
    }
  }
});

Deno.test("Other protocols are not_bitcoin as soon as they cannot be a key", () => {
  for (const text of ["HTTP/1.1 400 Bad Request\r\n\r\n", "SSH-2.0-OpenSSH_9.6\r\n", "\x15\x03\x01\x00\x02\x02F"]) {
    for (const [name, parts] of splits(ascii(text))) {
      assertEquals(receiveAll(connectTester().transport, parts), { frames: [], error: "not_bitcoin" }, name);
    }
  }
});

Deno.test("What cannot be told from a key is read until the garbage terminator is overdue", () => {
  const { transport } = connectTester();
  assertEquals(receiveAll(transport, [ascii("hello?\r\n")]), { frames: [], error: null });
  assertEquals(receiveAll(transport, [MUCH]).error, "v2_protocol_error");
});

Deno.test("An error is final: nothing is received or sent after it", () => {
  const { transport, tester } = connectTester();
  const damaged = tester.packet(NOTHING).map((byte, i) => i === 19 ? byte ^ 1 : byte);
  const receive = (bytes: Uint8Array) => assertThrows(() => [...framesOf(transport, bytes)], TransportError);
  const error = receive(concat(tester.key, tester.terminator, damaged));
  assertEquals(error.code, "v2_protocol_error");
  assertEquals(receive(tester.packet(NOTHING)), error);
  for (const send of [() => transport.send("ping", NOTHING), () => transport.sendDecoy(1)]) {
    assertThrows(send, TransportError);
  }
});
