/** Properties of the v1 transport: bytes to frames, however they are split. */

import { assert, assertEquals, assertThrows } from "@std/assert";
import { checksum } from "../../src/crypto/checksum.ts";
import { TransportError } from "../../src/transport/errors.ts";
import type { Frame } from "../../src/transport/transport.ts";
import { encodeV1, V1Transport } from "../../src/transport/v1.ts";
import { CHAINS, MAINNET } from "../../src/wire/chains.ts";
import { ascii, chunks, concat } from "../support/bytes.ts";
import type { Random } from "../support/random.ts";
import { framesOf, isIntact, receiveAll, v1Message } from "../support/v1.ts";
import { allocations } from "./allocations.ts";
import { assertBytes, withBitFlipped } from "./expect.ts";
import type { Properties } from "./property.ts";
import { anyStreamEnd, anyStreamMessage, MAX_PAYLOAD_SIZE, type StreamEnd, type StreamMessage } from "./streams.ts";
import { unescapeBytes } from "./texts.ts";

const HEADER_SIZE = 24;

const PRINTABLE = Array.from({ length: 0x5f }, (_, i) => String.fromCharCode(0x20 + i)).join("");

const receive = (parts: Iterable<Uint8Array>) => receiveAll(new V1Transport(MAINNET), parts);

/** The ways to split a stream: whole, byte by byte unless it is long, and twice at random. */
function cuts(random: Random, bytes: Uint8Array): Uint8Array[][] {
  const single = bytes.length <= 4096 ? [chunks(bytes, 1)] : [];
  return [[bytes], random.pieces(bytes), random.pieces(bytes), ...single];
}

function checkFrame(frame: Frame | undefined, { type, size, payload, checksum }: StreamMessage): void {
  assert(frame !== undefined);
  assertBytes(unescapeBytes(frame.messageType), type);
  assert(frame.size === size && frame.checksum === checksum, "size and checksum are the header's");
  assertEquals(frame.payload === null, payload === null, `a payload of ${size} bytes`);
  if (payload !== null) assertBytes(frame.payload, payload);
}

function checkStream(random: Random, messages: readonly StreamMessage[], end: StreamEnd): void {
  for (const parts of cuts(random, concat(...messages.map(({ bytes }) => bytes), end.bytes))) {
    const { frames, error } = receive(parts);
    assertEquals([frames.length, error], [messages.length, end.error]);
    for (const [i, message] of messages.entries()) checkFrame(frames[i], message);
  }
}

/** What a transport makes of a stream of any bytes, as text. */
function summary(parts: Iterable<Uint8Array>): string {
  const { frames, error } = receive(parts);
  const texts = frames.map(({ messageType, size, payload, checksum }) =>
    `${messageType} ${size} ${payload?.toHex()} ${checksum}`
  );
  return [...texts, error].join("\n");
}

/** The properties, by name. */
export const FRAMING_PROPERTIES: Properties = {
  "framing-stream": {
    says: "A stream of messages of any kind, broken in any way, gives the same frames and error however it is cut",
    weight: 50,
    check(random) {
      const messages = random.list(0, 8, () => anyStreamMessage(random, false));
      checkStream(random, messages, anyStreamEnd(random, messages.length));
    },
  },
  "framing-large": {
    says: "A stream with messages at the limits of what is kept gives the same frames and error however it is cut",
    weight: 15,
    check(random) {
      const messages = random.list(1, 3, () => anyStreamMessage(random, random.chance(0.7)));
      checkStream(random, messages, anyStreamEnd(random, messages.length));
    },
  },
  "framing-garbage": {
    says: "Any bytes give the same frames and TransportError however they are cut, and no other error",
    weight: 20,
    check(random) {
      const stream = concat(...random.list(1, 4, () => anyStreamMessage(random, false).bytes));
      const bytes = random.chance(0.3) ? random.bytes(random.below(200)) : random.damaged(stream);
      if (bytes.length >= 4 && random.chance(0.5)) new DataView(bytes.buffer).setUint32(0, MAINNET.magic);
      const whole = summary([bytes]);
      for (const parts of cuts(random, bytes)) assertEquals(summary(parts), whole);
    },
  },
  "framing-lazy": {
    says: "What follows a message in the same read cannot spoil it, and what it was cut from is not kept",
    weight: 20,
    check(random) {
      const messages = random.list(1, 4, () => anyStreamMessage(random, false));
      const stream = concat(...messages.map(({ bytes }) => bytes), random.bytes(40));
      const frames = framesOf(new V1Transport(MAINNET), stream);
      const received = messages.map(() => frames.next().value ?? undefined);
      stream.fill(0xaa);
      for (const [i, message] of messages.entries()) checkFrame(received[i], message);
    },
  },
  "framing-bits": {
    says: "Of a message with one bit flipped, checksum and header tell what was",
    weight: 10,
    async check(random) {
      const payload = random.bytes(random.integer(1, 300));
      const chain = random.pick(CHAINS);
      const message = encodeV1(chain, random.pick(["ping", "pong", "verack"]), payload, await checksum(payload));
      const bit = random.chance(0.5) ? random.below(8 * HEADER_SIZE) : random.below(8 * message.length);
      const transport = new V1Transport(chain);
      const { frames, error } = receiveAll(transport, random.pieces(withBitFlipped(message, bit)));
      const [frame] = frames;
      const byte = bit >> 3;
      if (byte < 4) return assert(error === "not_bitcoin" || error === "wrong_network", `got ${error}`);
      if (byte < 16) {
        return assert(frame !== undefined && error === null && !/^(ping|pong|verack)$/.test(frame.messageType));
      }
      if (byte >= 20) return assertEquals([error, frame && await isIntact(frame)], [null, false]);
      const shorter = frame !== undefined && frame.size < payload.length && !await isIntact(frame);
      assert(shorter || frame === undefined, "a wrong length is no intact message");
    },
  },
  "framing-encode": {
    says: "A message that is encoded is received intact, of any type of 1 to 12 ASCII characters and of no other",
    weight: 8,
    async check(random) {
      const chain = random.pick(CHAINS);
      const messageType = random.pick(["version", "verack", "ping", random.text(PRINTABLE, 1, 12)]);
      const payload = random.bytes(random.below(random.pick([1, 20, 400])));
      const message = encodeV1(chain, messageType, payload, await checksum(payload));
      const transport = new V1Transport(chain);
      const { frames: [frame], error } = receiveAll(transport, random.pieces(message));
      assert(frame !== undefined && error === null && await isIntact(frame));
      assertBytes(unescapeBytes(frame.messageType), ascii(messageType));
      if (frame.payload !== null) assertBytes(frame.payload, payload);
      const bad = random.pick(["", random.text(PRINTABLE, 13, 20), "a\0", "\u00e9", "\n", "\x7f"]);
      assertThrows(() => encodeV1(chain, bad, payload, 0), RangeError);
    },
  },
  "framing-memory": {
    says: "A transport makes room for what came of a message, not for what it announces, and never over 4 KiB",
    weight: 10,
    check(random) {
      const size = random.integer(0, random.pick([4096, MAX_PAYLOAD_SIZE, 0xffff_ffff]));
      const came = new Uint8Array(Math.min(size, random.below(random.pick([10, 1000, 9000]))));
      const message = v1Message(random.pick(["version", "verack", "ping", "pong", "block"]), came, { size });
      const pieces = random.pieces(message);
      const transport = new V1Transport(MAINNET);
      let received = 0;
      for (const piece of pieces) {
        received += piece.length;
        const sizes = allocations(() => {
          try {
            for (const _ of framesOf(transport, piece));
          } catch (error) {
            if (!(error instanceof TransportError)) throw error;
          }
        });
        for (const each of sizes) {
          assert(each <= Math.min(4096, Math.max(256, 2 * received)), `room for ${each} bytes`);
        }
      }
    },
  },
};
