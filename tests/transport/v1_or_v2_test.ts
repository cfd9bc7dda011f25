import { assert, assertEquals, assertThrows } from "@std/assert";
import { encodeV1 } from "../../src/transport/v1.ts";
import { v1Beginning } from "../../src/transport/v1_beginning.ts";
import { DetectingTransport } from "../../src/transport/v1_or_v2.ts";
import { CHAINS, MAINNET } from "../../src/wire/chains.ts";
import { chunks, concat, hex, splits } from "../support/bytes.ts";
import { WIKI_VERSION_MESSAGE } from "../support/published.ts";
import { as } from "../support/untyped.ts";
import { framesOf, receiveAll } from "../support/v1.ts";
import { opening, seededBytes, V2Tester } from "../support/v2_tester.ts";

const NONCE = hex("0102030405060708");

const newTransport = (chain = MAINNET): DetectingTransport =>
  new DetectingTransport({ chain, randomBytes: seededBytes(1) });

Deno.test("A v1 connection is read as v1, however it is split", () => {
  const ping = encodeV1(MAINNET, "ping", NONCE, 0x01020304);
  for (const [name, parts] of splits(concat(WIKI_VERSION_MESSAGE, ping))) {
    const transport = newTransport();
    const { frames, error } = receiveAll(transport, parts);
    assertEquals([frames.map(({ messageType }) => messageType), error], [["version", "ping"], null], name);
    assertEquals([transport.type, transport.sessionId], ["v1", null]);
    transport.send("ping", NONCE, 0x01020304);
    assertEquals(transport.takeOutput(), ping);
  }
});

Deno.test("A v2 connection is answered at the first byte that v1 would not have sent", () => {
  const beginning = v1Beginning(MAINNET);
  for (let same = 0; same < 16; same++) {
    const transport = newTransport();
    assertEquals([...framesOf(transport, beginning.subarray(0, same))], []);
    assertEquals([transport.type, transport.takeOutput()], [null, new Uint8Array()]);
    assertEquals([...framesOf(transport, Uint8Array.of((beginning[same] ?? 0) ^ 1))], []);
    assertEquals(transport.type, "v2");
    assert(transport.takeOutput().length >= 64, `after ${same}`);
    transport[Symbol.dispose]();
  }
});

Deno.test("A v2 connection gives its messages, however it is split", () => {
  for (const size of [1, 3, 16, 17, 64, 100_000]) {
    const transport = newTransport();
    const tester = new V2Tester(true);
    const early = chunks(tester.key, size);
    assertEquals(receiveAll(transport, early), { frames: [], error: null });
    tester.hear(transport.takeOutput());
    tester.takeKey();
    const garbage = tester.takeGarbage();
    assertEquals(tester.takePackets(garbage).map(({ contents }) => contents), [hex("")]);
    const rest = concat(opening(tester).subarray(64), tester.packet(concat(hex("12"), NONCE)));
    const { frames, error } = receiveAll(transport, chunks(rest, size));
    assertEquals([frames.map(({ messageType, payload }) => [messageType, payload]), error], [[["ping", NONCE]], null]);
    assertEquals(transport.type, "v2");
    assertEquals(transport.sessionId, tester.sessionId);
    transport.send("pong", NONCE, null);
    tester.hear(transport.takeOutput());
    assertEquals(tester.takePacket().contents, concat(hex("13"), NONCE));
  }
});

Deno.test("Another chain's v1 is wrong_network after its 16 bytes", () => {
  for (const chain of CHAINS.slice(1)) {
    for (const parts of [[v1Beginning(chain)], chunks(v1Beginning(chain), 1)]) {
      assertEquals(receiveAll(newTransport(), parts).error, "wrong_network", chain.name);
    }
  }
});

Deno.test("Nothing can be sent before the initiator has spoken, and there are no secrets", () => {
  const transport = newTransport();
  assertThrows(() => transport.send("ping", NONCE, 0), TypeError, "the initiator must speak first");
  transport[Symbol.dispose]();
});

Deno.test("A disposed transport receives nothing", () => {
  const transport = newTransport();
  assertEquals([...framesOf(transport, hex("00"))], []);
  transport[Symbol.dispose]();
  assertThrows(() => [...framesOf(transport, hex("00"))], TypeError, "has been disposed of");
});

Deno.test("DetectingTransport refuses invalid options", () => {
  const valid = { chain: MAINNET, randomBytes: seededBytes(1) };
  const start = (options: unknown) => new DetectingTransport({ ...valid, ...as<object>(options) });
  assertThrows(() => start({ chain: undefined }), TypeError, "Invalid chain: expected a chain, as MAINNET is");
  assertThrows(() => start({ randomBytes: null }), TypeError, "Invalid randomBytes: expected a function");
});
