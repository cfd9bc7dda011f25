import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { TransportError } from "../../src/transport/errors.ts";
import { type Frame, MAX_PAYLOAD_SIZE } from "../../src/transport/transport.ts";
import { encodeV1, HEADER_SIZE, V1Transport } from "../../src/transport/v1.ts";
import { CHAINS, MAINNET } from "../../src/wire/chains.ts";
import { FOREIGN_CHAINS } from "../../src/wire/foreign_chains.ts";
import { MAX_KEPT_PAYLOAD, payloadLimit, type PayloadLimits, tracedPayloadLimit } from "../../src/wire/messages.ts";
import { ascii, chunks, concat, hex, splits } from "../support/bytes.ts";
import { VERACK_MESSAGE, WIKI_VERSION_MESSAGE } from "../support/published.ts";
import { as } from "../support/untyped.ts";
import { framesOf, receiveAll, v1Message } from "../support/v1.ts";

const EMPTY = 0x5df6e0e2;
const NONCE = hex("0102030405060708");

/** A stream as a node may send it: kept payloads, skipped ones, empty ones. */
const STREAM = concat(
  WIKI_VERSION_MESSAGE,
  v1Message("wtxidrelay"),
  v1Message("sendcmpct", hex("000200000000000000"), { checksum: 0x01020304 }),
  v1Message("ping", NONCE, { checksum: 0xffffffff }),
  v1Message("xyz", hex("f9beb4d9")),
  VERACK_MESSAGE,
);
const STREAM_FRAMES: readonly Frame[] = [
  { messageType: "version", size: 100, payload: WIKI_VERSION_MESSAGE.slice(24), checksum: 0x358d4932 },
  { messageType: "wtxidrelay", size: 0, payload: null, checksum: EMPTY },
  { messageType: "sendcmpct", size: 9, payload: null, checksum: 0x01020304 },
  { messageType: "ping", size: 8, payload: NONCE, checksum: 0xffffffff },
  { messageType: "xyz", size: 4, payload: null, checksum: EMPTY },
  { messageType: "verack", size: 0, payload: new Uint8Array(), checksum: EMPTY },
];

const receive = (...parts: Uint8Array[]) => receiveAll(new V1Transport(MAINNET), parts);
const types = (frames: readonly Frame[]): string[] => frames.map(({ messageType }) => messageType);

/** The error that the bytes lead to at once. */
const errorOf = (bytes: Uint8Array): TransportError =>
  assertThrows(() => [...framesOf(new V1Transport(MAINNET), bytes)], TransportError);

Deno.test("A stream gives the same frames whole, byte by byte and split anywhere", () => {
  for (const [name, parts] of splits(STREAM)) {
    const { frames, error } = receive(...parts);
    assertEquals([frames, error], [[...STREAM_FRAMES], null], name);
  }
});

Deno.test("A frame comes with its last byte, not before", () => {
  const transport = new V1Transport(MAINNET);
  let received = 0;
  const ends: number[] = [];
  for (const byte of chunks(STREAM, 1)) {
    received++;
    for (const _ of framesOf(transport, byte)) ends.push(received);
  }
  assertEquals(ends, [124, 148, 181, 213, 241, 265]);
});

Deno.test("Nothing received is nothing yielded", () => {
  assertEquals(receive(new Uint8Array(), new Uint8Array()), { frames: [], error: null });
  assertEquals(receive(STREAM.subarray(0, HEADER_SIZE - 1)), { frames: [], error: null });
});

Deno.test("A kept payload is a copy", () => {
  const message = v1Message("ping", NONCE);
  const transport = new V1Transport(MAINNET);
  const [first] = [...framesOf(transport, message)];
  message.fill(0xaa, HEADER_SIZE);
  const [second] = [...framesOf(transport, message)];
  assertEquals([first?.payload, second?.payload], [NONCE, new Uint8Array(8).fill(0xaa)]);
});

Deno.test("A kept payload grows to its whole size, in whatever parts it comes", () => {
  const payload = Uint8Array.from({ length: 4096 }, (_, i) => i * 7 + (i >> 8));
  for (const type of ["ping", "pong", "verack"]) {
    const message = v1Message(type, payload);
    for (const size of [7, 255, 256, 257, 2048, message.length]) {
      const { frames } = receive(...chunks(message, size));
      assertEquals(frames.length, 1);
      // Compared as hex, which is many times as fast here as element by element.
      assert(frames[0]?.payload?.toHex() === payload.toHex(), `${type} in parts of ${size}`);
    }
  }
});

Deno.test("A message is read up to its own limit; one byte more is a fault, or skipped", () => {
  const cases: readonly (readonly [type: string, limit: number, beyond: "skipped" | "malformed_message"])[] = [
    ["version", 4096, "malformed_message"],
    ["verack", 4096, "skipped"],
    ["ping", 4096, "skipped"],
    ["pong", 4096, "skipped"],
  ];
  for (const [type, limit, beyond] of cases) {
    assertEquals(receive(v1Message(type, new Uint8Array(limit))).frames[0]?.payload?.length, limit, type);
    const { frames, error } = receive(v1Message(type, new Uint8Array(limit + 1)), VERACK_MESSAGE);
    const skipped = beyond === "skipped";
    assertEquals(error, skipped ? null : beyond);
    assertEquals(types(frames), skipped ? [type, "verack"] : []);
    if (skipped) assertEquals(frames[0], { messageType: type, size: limit + 1, payload: null, checksum: EMPTY });
  }
});

Deno.test("A payload over 4,000,000 bytes is refused at its header, whatever its type", () => {
  for (const type of ["block", "ping", "version", "verack"]) {
    for (const size of [MAX_PAYLOAD_SIZE + 1, 0x7fff_ffff, 0xffff_ffff]) {
      const error = errorOf(v1Message(type, new Uint8Array(), { size }));
      assertEquals(error.code, "oversized_message");
      assertStringIncludes(error.message, `at most 4000000 bytes, but the header of ${type} announces ${size}`);
    }
  }
  assertEquals(receive(v1Message("block", new Uint8Array(), { size: MAX_PAYLOAD_SIZE })), { frames: [], error: null });
});

Deno.test("An ignored payload of 4,000,000 bytes is skipped", () => {
  const bytes = concat(v1Message("block", new Uint8Array(MAX_PAYLOAD_SIZE)), VERACK_MESSAGE);
  for (const parts of [[bytes], chunks(bytes, 65_536)]) {
    const { frames, error } = receive(...parts);
    assertEquals([types(frames), error], [["block", "verack"], null]);
    assertEquals(frames[0], { messageType: "block", size: MAX_PAYLOAD_SIZE, payload: null, checksum: EMPTY });
  }
});

Deno.test("Each chain's transport reads that chain's messages", () => {
  for (const chain of CHAINS) {
    const { frames, error } = receiveAll(new V1Transport(chain), [v1Message("verack", undefined, chain)]);
    assertEquals([types(frames), error], [["verack"], null], chain.name);
  }
});

Deno.test("Another chain's magic is wrong_network at its fourth byte, and that chain is named", () => {
  for (const ours of CHAINS) {
    for (const theirs of [...CHAINS, ...FOREIGN_CHAINS].filter((chain) => chain !== ours)) {
      const transport = new V1Transport(ours);
      const bytes = v1Message("version", undefined, theirs);
      assertEquals([...framesOf(transport, bytes.subarray(0, 3))], []);
      const error = assertThrows(() => [...framesOf(transport, bytes.subarray(3, 4))], TransportError);
      assertEquals(error.code, "wrong_network");
      assertStringIncludes(error.message, `Expected the magic of ${ours.name}, `);
      assertStringIncludes(error.message, `got that of ${theirs.name}, `);
    }
  }
});

Deno.test("No chain's magic is not_bitcoin at its fourth byte", () => {
  const beginnings: readonly (readonly [bytes: Uint8Array, shown: string])[] = [
    [ascii("HTTP/1.1 400 Bad Request\r\n"), '0x48545450 ("HTTP")'],
    [ascii("SSH-2.0-OpenSSH"), '("SSH-")'],
    [hex("15030100020246"), '0x15030100 ("\\x15\\x03\\x01\\x00")'], // a TLS alert
    [hex("00000000"), '0x00000000 ("\\x00\\x00\\x00\\x00")'],
    [hex("ffffffff"), "0xffffffff"],
    [hex("d9b4bef9"), "0xd9b4bef9"], // mainnet's, in the other byte order
    [hex("f9beb4d8"), "0xf9beb4d8"],
  ];
  for (const [bytes, shown] of beginnings) {
    for (const parts of [[bytes], [bytes.subarray(0, 4)], chunks(bytes, 1)]) {
      assertEquals(receive(...parts), { frames: [], error: "not_bitcoin" });
    }
    assertEquals(receive(bytes.subarray(0, 3)), { frames: [], error: null });
    assertStringIncludes(errorOf(bytes).message, shown);
  }
});

Deno.test("A magic that changes mid-stream is malformed_message, another chain's too", () => {
  for (const magic of ["0b110907", "48545450", "f9beb4d8", "00000000"]) {
    // Behind a message with a payload, one without, and one that is skipped.
    for (const first of [WIKI_VERSION_MESSAGE, VERACK_MESSAGE, v1Message("inv", NONCE)]) {
      for (const [name, parts] of splits(concat(first, hex(magic)))) {
        const { frames, error } = receive(...parts);
        assertEquals([frames.length, error], [1, "malformed_message"], `${magic}, ${name}`);
      }
      assertEquals(receive(first, hex(magic).subarray(0, 3)).error, null);
    }
  }
});

Deno.test("A message is yielded before what follows it is read", () => {
  const behind = [ascii("garbage"), v1Message("block", undefined, { size: MAX_PAYLOAD_SIZE + 1 })];
  for (const garbage of behind) {
    const iterator = framesOf(new V1Transport(MAINNET), concat(VERACK_MESSAGE, garbage));
    assertEquals(iterator.next().value?.messageType, "verack");
    assertThrows(() => iterator.next(), TransportError);
  }
});

Deno.test("A message type is shown without trailing NULs, everything else escaped", () => {
  const cases: readonly (readonly [type: string, shown: string])[] = [
    ["70696e67", "ping"],
    ["6162636465666768696a6b6c", "abcdefghijkl"],
    ["", ""],
    ["00 76657273696f6e", "\\x00version"],
    ["766572 00 73696f6e", "ver\\x00sion"],
    ["76657273696f6e 00 78", "version\\x00x"],
    ["76657273696f6e 00000000 78", "version\\x00\\x00\\x00\\x00x"],
    ["76657273696f6e 20", "version "],
    ["56455253494f4e", "VERSION"],
    ["1b5b324a", "\\x1b[2J"],
    ["61 5c 62", "a\\\\b"],
    ["5c783030", "\\\\x00"],
    ["7f 80 ff", "\\x7f\\x80\\xff"],
    ["ffffffffffffffffffffffff", "\\xff".repeat(12)],
  ];
  for (const [type, shown] of cases) {
    assertEquals(types(receive(v1Message(hex(type), NONCE)).frames), [shown], type);
  }
});

Deno.test("Only the exact name of a message that is read has its payload kept", () => {
  const near = [
    "ping ",
    "Ping",
    "pin",
    "pingg",
    "ping\0x",
    "\0ping",
    "\\ping",
    "toString",
    "constructor",
    "__proto__",
    "",
  ];
  for (const type of near) assertEquals(receive(v1Message(type, NONCE)).frames[0]?.payload, null, type);
  assertEquals(receive(v1Message("ping", NONCE)).frames[0]?.payload, NONCE);
});

Deno.test("encodeV1() lays a message out as published", () => {
  assertEquals(encodeV1(MAINNET, "version", WIKI_VERSION_MESSAGE.slice(24), 0x358d4932), WIKI_VERSION_MESSAGE);
  assertEquals(encodeV1(MAINNET, "verack", new Uint8Array(), EMPTY), VERACK_MESSAGE);
});

Deno.test("What a transport sends, one of the same chain reads, with the checksum that it was given", () => {
  for (const chain of CHAINS) {
    for (const checksum of [0, 0x01020304, 0xffff_ffff]) {
      const transport = new V1Transport(chain);
      transport.send("ping", NONCE, checksum);
      const bytes = transport.takeOutput();
      assertEquals(bytes, encodeV1(chain, "ping", NONCE, checksum));
      const frames = [...framesOf(new V1Transport(chain), bytes)];
      assertEquals(frames, [{ messageType: "ping", size: 8, payload: NONCE, checksum }]);
    }
  }
});

Deno.test("Nothing is sent without a checksum", () => {
  const transport = new V1Transport(MAINNET);
  assertThrows(() => transport.send("ping", NONCE, null), TypeError, "the checksum of its payload");
  assertEquals(transport.takeOutput(), new Uint8Array());
});

Deno.test("encodeV1() takes a type of 1 to 12 printable characters", () => {
  for (const type of ["a", "abcdefghijkl", " ", "~", "\\"]) {
    const bytes = encodeV1(MAINNET, type, new Uint8Array(), EMPTY);
    assertEquals(bytes, v1Message(type), type);
  }
  for (const type of ["", "abcdefghijklm", "\0", "ping\n", "\nping", "\x1f", "\x7f", "é", "\u{1f600}"]) {
    assertThrows(() => encodeV1(MAINNET, type, new Uint8Array(), EMPTY), RangeError, "1 to 12 ASCII characters");
  }
});

Deno.test("Payloads without a codec are kept if they are to be shown, up to a limit", () => {
  const kept = v1Message("inv", new Uint8Array(MAX_KEPT_PAYLOAD));
  const skipped = v1Message("inv", new Uint8Array(MAX_KEPT_PAYLOAD + 1));
  const lengths = (limits: PayloadLimits) =>
    receiveAll(new V1Transport(MAINNET, limits), [kept, skipped]).frames.map(({ payload }) => payload?.length);
  assertEquals(lengths(tracedPayloadLimit), [MAX_KEPT_PAYLOAD, undefined]);
  assertEquals(lengths(payloadLimit), [undefined, undefined]);
});

Deno.test("A message of 500 KB is kept if its limit allows it, however it is split", () => {
  const payload = Uint8Array.from({ length: 500_000 }, (_, i) => i * 7 + (i >> 8));
  const bytes = concat(v1Message("addrv2", payload), VERACK_MESSAGE);
  const limits: PayloadLimits = (type) => type === "addrv2" ? { maxSize: 500_000, overlong: "ignored" } : undefined;
  for (const size of [bytes.length, 4096, 511]) {
    const { frames } = receiveAll(new V1Transport(MAINNET, limits), chunks(bytes, size));
    assertEquals(types(frames), ["addrv2", "verack"]);
    assert(frames[0]?.payload?.toHex() === payload.toHex(), `in parts of ${size}`);
  }
});

Deno.test("V1Transport takes a chain, not the name of one", () => {
  assertThrows(
    () => new V1Transport(as("mainnet")),
    TypeError,
    'Invalid chain: expected a chain, as MAINNET is, got "',
  );
  assertThrows(
    () => new V1Transport({ ...MAINNET, magic: -1 }),
    RangeError,
    "Invalid chain.magic: expected an integer",
  );
});
