import { assert, assertEquals, assertRejects } from "@std/assert";
import { denoIo, handshake, recordOf } from "../../../src/mod.ts";
import { HOSTILE_CLOCK, startHostilePeer } from "../../../src/sim.ts";
import { message, verack, version } from "../../../src/sim/hostile/parts.ts";
import {
  damaged,
  decoy,
  firstOf,
  garbage,
  key,
  OPENING,
  plain,
  speaking,
  terminator,
  v2Message,
  type V2Part,
  V2Speaker,
  versionPacket,
} from "../../../src/sim/hostile/v2_parts.ts";
import { ascii, hex } from "../../support/bytes.ts";
import type { ReadStep } from "../../support/scripted_io.ts";
import { scriptedLink } from "../../support/scripted_link.ts";

const theVersion = v2Message("version", version());
const theVerack = v2Message("verack", verack);

/** What comes of a handshake in v2 with a peer that sends these, and ends its stream. */
async function outcomeOf(parts: readonly V2Part[]): Promise<string> {
  const script = speaking(parts, async (link) => (await link.finish(), await link.waitForClose()));
  await using peer = await startHostilePeer({ script });
  const io = { ...denoIo, clock: HOSTILE_CLOCK };
  const { success, verack, messages, error, timeoffset } = recordOf(
    await handshake(peer.target, { transport: "v2", io }),
  );
  return success && timeoffset === 0 ? `${messages} ${verack}` : `${messages} ${error?.code}`;
}

Deno.test("speaking() shakes hands in v2, with garbage and decoys wherever they may be", async () => {
  const messages = [theVersion, v2Message("inv", message("inv", hex("00"))), theVerack];
  const all = "version,inv,verack true";
  assertEquals(await outcomeOf([...OPENING, ...messages]), all);
  assertEquals(await outcomeOf([key, terminator, versionPacket, ...messages]), all);
  assertEquals(await outcomeOf([key, garbage(4095), terminator, decoy(), versionPacket, decoy(9), ...messages]), all);
  assertEquals(await outcomeOf([key, plain(new Uint8Array(4095 + 16))]), " v2_protocol_error");
});

Deno.test("speaking() leaves the end to whoever it is told", async () => {
  const { link, connection } = scriptedLink(new Uint8Array(64));
  const ends: unknown[] = [];
  await speaking([plain("a"), plain("b")], (one) => void ends.push(one === link, ...connection.written))(link);
  assertEquals(ends, [true, ...ascii("ab")]);
});

Deno.test("What is cut or damaged does not pass for what it was", async () => {
  const broken = "v2_protocol_error";
  assertEquals(await outcomeOf([...OPENING, theVersion, firstOf(-1, theVerack)]), "version false");
  assertEquals(await outcomeOf([...OPENING, theVersion, firstOf(0, theVerack)]), "version false");
  assertEquals(await outcomeOf([...OPENING, damaged(theVersion, -1), theVerack]), ` ${broken}`);
  assertEquals(await outcomeOf([...OPENING, theVersion, damaged(theVerack, 3, 7)]), `version ${broken}`);
  assertEquals(await outcomeOf([key, damaged(garbage(50), 7), terminator, versionPacket]), ` ${broken}`);
});

/** A speaker that has heard this. */
const speakerOf = (...heard: readonly ReadStep[]): Promise<V2Speaker> => V2Speaker.meet(scriptedLink(...heard).link);

Deno.test("V2Speaker has keys of its own once it has heard 64 bytes, in however many pieces they come", async () => {
  const theirs = Uint8Array.from({ length: 70 }, (_, i) => i);
  const speaker = await speakerOf(theirs.subarray(0, 1), theirs.subarray(1, 40), theirs.subarray(40));
  const other = await speakerOf(theirs);
  assertEquals([speaker.key.length, speaker.terminator.length, speaker.now], [64, 16, 1_700_000_000n]);
  assert(speaker.key.toHex() !== other.key.toHex() && speaker.terminator.toHex() !== other.terminator.toHex());
  for (const length of [0, 63]) {
    await assertRejects(() => speakerOf(theirs.subarray(0, length), "end"), Deno.errors.UnexpectedEof, "no key");
  }
});

Deno.test("A part is cut or damaged where it is told to be, from its end with a negative place", async () => {
  const speaker = await speakerOf(new Uint8Array(64));
  const bytes = hex("00ff0f");
  const cases: [part: V2Part, bytes: Uint8Array][] = [
    [plain("bö"), ascii("bö")],
    [plain(bytes), bytes],
    [firstOf(2, plain(bytes)), hex("00ff")],
    [firstOf(-1, plain(bytes)), hex("00ff")],
    [damaged(plain(bytes), 0), hex("01ff0f")],
    [damaged(plain(bytes), 1), hex("00fe0f")],
    [damaged(plain(bytes), -1), hex("00ff0e")],
    [damaged(plain(bytes), -2, 7), hex("007f0f")],
    [garbage(3), hex("676767")],
  ];
  for (const [part, expected] of cases) assertEquals(await part(speaker), expected);
  assertEquals(bytes, hex("00ff0f"));
});

Deno.test("A packet is as long as its contents, and 20 bytes more", async () => {
  const speaker = await speakerOf(new Uint8Array(64));
  const lengthOf = async (part: V2Part) => (await part(speaker)).length;
  assertEquals([await lengthOf(versionPacket), await lengthOf(decoy()), await lengthOf(decoy(9))], [20, 20, 29]);
  // The short ID of the message type is a byte of the contents.
  assertEquals(await lengthOf(v2Message("inv", message("inv", hex("0102")))), 23);
});
