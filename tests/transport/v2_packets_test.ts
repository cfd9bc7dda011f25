import { assert, assertEquals, assertThrows } from "@std/assert";
import type { DirectionKeys } from "../../src/crypto/key_schedule.ts";
import { TransportError } from "../../src/transport/errors.ts";
import {
  type KeepsContents,
  MAX_CONTENTS_SIZE,
  type Packet,
  PacketReader,
  PacketWriter,
} from "../../src/transport/v2_packets.ts";
import { allocations } from "../generated/allocations.ts";
import { PACKET_VECTORS } from "../support/bip324/packets.ts";
import { chunks, concat, hex, splits } from "../support/bytes.ts";
import { countFinals } from "../support/finals.ts";
import { Random } from "../support/random.ts";

const NOTHING = new Uint8Array();
const random = new Random(1);
const [LENGTH_KEY, PACKET_KEY, GARBAGE] = [random.bytes(32), random.bytes(32), random.bytes(30)];

/** Keys that are overwritten when they have been used, and so are made anew for each. */
function newKeys(lengthKey = LENGTH_KEY, packetKey = PACKET_KEY): DirectionKeys {
  return { lengthKey: lengthKey.slice(), packetKey: packetKey.slice(), garbageTerminator: NOTHING };
}

/** A reader that by default keeps contents of up to 5000 bytes. */
function newReader(garbage = GARBAGE, keeps: KeepsContents = (_beginning, size) => size <= 5000): PacketReader {
  const reader = new PacketReader(newKeys(), keeps);
  reader.expectGarbage(garbage);
  return reader;
}

/** All packets in these parts. */
function read(reader: PacketReader, parts: readonly Uint8Array[]): Packet[] {
  const packets: Packet[] = [];
  for (const part of parts) {
    for (let offset = 0; offset < part.length;) {
      offset += reader.take(part.subarray(offset));
      const packet = reader.takeComplete();
      if (packet !== null) packets.push(packet);
    }
  }
  return packets;
}

// Decoys of ours have zeros as contents; the published ones do not.
for (const vector of PACKET_VECTORS.filter(({ decoy }) => !decoy)) {
  Deno.test(`A packet is written as published, after ${vector.index} others`, () => {
    const { index, initiating, contents, times, associated, packetEnd } = vector;
    const keys = initiating ? [vector.initiatorL, vector.initiatorP] : [vector.responderL, vector.responderP];
    const writer = new PacketWriter(newKeys(...keys.map(hex)), hex(associated));
    for (let i = 0; i < index; i++) writer.write([]);
    const part = hex(contents);
    const packet = writer.write(new Array<Uint8Array>(times).fill(part));
    const end = hex(packetEnd);
    assertEquals(packet.length, 20 + times * part.length);
    assertEquals(packet.subarray(-end.length).toHex(), end.toHex());
  });
}

Deno.test("Packets are read as they were written, however they are split", () => {
  const writer = new PacketWriter(newKeys(), GARBAGE);
  const bytes = concat(
    writer.write([]),
    writer.write([hex("01"), hex("0203")]),
    writer.writeDecoy(5),
    writer.write([]),
  );
  const packets = [
    { decoy: false, size: 0, contents: hex("") },
    { decoy: false, size: 3, contents: hex("010203") },
    { decoy: true, size: 5, contents: new Uint8Array(5) },
    { decoy: false, size: 0, contents: hex("") },
  ];
  for (const [name, parts] of splits(bytes)) assertEquals(read(newReader(), parts), packets, name);
});

Deno.test("1000 packets go from one end to the other, through four new keys", () => {
  const writer = new PacketWriter(newKeys(), GARBAGE);
  const reader = newReader();
  for (let i = 0; i < 1000; i++) {
    const contents = random.bytes(random.below(50));
    const packet = i % 7 === 0 ? writer.writeDecoy(i) : writer.write([contents]);
    const [received, ...more] = read(reader, random.pieces(packet));
    assertEquals(more, []);
    assertEquals(received?.decoy, i % 7 === 0);
    if (i % 7 !== 0) assertEquals(received?.contents, contents, `${i}`);
  }
});

Deno.test("Only the first packet authenticates the garbage", () => {
  const writer = new PacketWriter(newKeys(), GARBAGE);
  const [first, second] = [writer.write([]), writer.write([])];
  assertEquals(read(newReader(), [first, second]).length, 2);
  const other = GARBAGE.map((byte, i) => i === 29 ? byte ^ 1 : byte);
  for (const garbage of [NOTHING, other, GARBAGE.subarray(1), concat(GARBAGE, hex("00"))]) {
    const error = assertThrows(() => read(newReader(garbage), [first]), TransportError, "an authentic packet");
    assertEquals(error.code, "v2_protocol_error");
  }
});

Deno.test("Nothing is released before the last byte of the tag", () => {
  const packet = new PacketWriter(newKeys(), GARBAGE).write([hex("010203")]);
  const reader = newReader();
  assertEquals(read(reader, chunks(packet.subarray(0, -1), 1)), []);
  assertEquals(read(reader, [packet.subarray(-1)]).length, 1);
});

Deno.test("Contents are kept if they are wanted, otherwise their first 13 bytes, and all are authenticated", () => {
  const contents = random.bytes(70_000);
  for (const size of [0, 1, 12, 13, 14, 4999, 5000, 5001, 70_000]) {
    const packet = new PacketWriter(newKeys(), GARBAGE).write([contents.subarray(0, size)]);
    const asked: unknown[] = [];
    const keeps: KeepsContents = (beginning, size) => (asked.push([beginning.slice(), size]), size <= 5000);
    const [received] = read(newReader(GARBAGE, keeps), random.pieces(packet));
    assertEquals(received?.size, size);
    assert(received?.contents.toHex() === contents.subarray(0, size <= 5000 ? size : 13).toHex());
    assertEquals(asked, size > 13 ? [[contents.slice(0, 13), size]] : []);
    for (const at of [4, 4200, packet.length - 17].filter((at) => at < packet.length - 16)) {
      const damaged = packet.map((byte, i) => i === at ? byte ^ 0x80 : byte);
      assertThrows(() => read(newReader(), [damaged]), TransportError, "an authentic packet");
    }
  }
});

Deno.test("Of a decoy no more than 13 bytes are kept, wanted or not", () => {
  const [decoy] = read(newReader(), [new PacketWriter(newKeys(), GARBAGE).writeDecoy(1000)]);
  assertEquals([decoy?.decoy, decoy?.size, decoy?.contents.length], [true, 1000, 13]);
});

Deno.test("Contents of 4,000,013 bytes are read, one byte more is refused at the length", () => {
  assertEquals(MAX_CONTENTS_SIZE, 4_000_013);
  const longest = new PacketWriter(newKeys(), GARBAGE).write([new Uint8Array(MAX_CONTENTS_SIZE)]);
  assertEquals(read(newReader(), chunks(longest, 65_536))[0]?.size, MAX_CONTENTS_SIZE);
  for (const size of [MAX_CONTENTS_SIZE + 1, 2 ** 24 - 1]) {
    const beyond = new PacketWriter(newKeys(), GARBAGE).write([new Uint8Array(size)]);
    const reader = newReader();
    assertEquals(read(reader, [beyond.subarray(0, 2)]), []);
    const error = assertThrows(() => reader.take(beyond.subarray(2, 3)), TransportError, `one that announces ${size}`);
    assertEquals(error.code, "v2_protocol_error");
  }
});

Deno.test("Contents of 2^24 bytes cannot be written", () => {
  const writer = new PacketWriter(newKeys(), GARBAGE);
  assertThrows(() => writer.write([new Uint8Array(2 ** 24 - 1), hex("00")]), RangeError, "got 16777216");
});

Deno.test("A reader allocates for what has come, never for what is announced", () => {
  const packet = new PacketWriter(newKeys(), GARBAGE).write([new Uint8Array(4_000_000)]);
  for (const kept of [false, true]) {
    for (const size of [1, 100, 5000]) {
      const reader = newReader(GARBAGE, () => kept);
      const sizes = allocations(() => read(reader, [packet.subarray(0, 4 + size)]));
      assert(sizes.every((each) => each <= Math.max(64, 2 * size)), `${sizes}`);
      // Memory for the first part of what is kept, in addition to what the cipher returns.
      assert(kept || sizes.filter((each) => each > 64).length <= 1, `${sizes}`);
      reader[Symbol.dispose]();
    }
  }
});

Deno.test("A reader ends the decryption that it is in", () => {
  const packet = new PacketWriter(newKeys(), GARBAGE).write([new Uint8Array(100)]);
  for (const [size, finals] of [[2, 0], [3, 1], [50, 1], [packet.length, 1]] as const) {
    const count = () => {
      const reader = newReader();
      read(reader, [packet.subarray(0, size)]);
      reader[Symbol.dispose]();
    };
    assertEquals(countFinals(count), finals, `behind ${size} bytes`);
  }
});

Deno.test("Both ends overwrite their keys", () => {
  for (
    const make of [
      (keys: DirectionKeys) => new PacketWriter(keys, GARBAGE),
      (keys: DirectionKeys) => new PacketReader(keys, () => true),
    ]
  ) {
    const keys = newKeys();
    make(keys)[Symbol.dispose]();
    assertEquals([keys.lengthKey, keys.packetKey], [new Uint8Array(32), new Uint8Array(32)]);
  }
});
