/**
 * Answers over the v2 transport.
 *
 * @module
 */

import type { PeerLink } from "../../link.ts";
import { message, type Part, verack, version } from "../parts.ts";
import { damaged, decoy, firstOf, OPENING, speaking, v2Message, type V2Part } from "../v2_parts.ts";
import { counted, type ExpectedAnswer, type HostileAnswer, nothing } from "./answer.ts";
import { addr, addrV2, manyV1, manyV2 } from "./entries.ts";

const V2 = { transport: "v2" } as const;

const waits = (link: PeerLink): Promise<void> => link.waitForClose();
const ends = async (link: PeerLink): Promise<void> => (await link.finish(), await link.waitForClose());

const named = (type: string, part: Part): V2Part => v2Message(type, part);

/** A peer that shakes hands and answers in one go: by the time we read its answer, we have asked. */
function answersInV2(
  name: string,
  parts: readonly V2Part[],
  expected: ExpectedAnswer,
  end: (link: PeerLink) => Promise<void> = waits,
): HostileAnswer {
  const handshake = [named("version", version()), named("sendaddrv2", message("sendaddrv2")), named("verack", verack)];
  return {
    name: `in v2, ${name}`,
    script: speaking([...OPENING, ...handshake, ...parts], end),
    settings: V2,
    expected,
  };
}

const thousand = named("addrv2", addrV2(manyV2(1000)));
const two = named("addrv2", addrV2(manyV2(2)));

/** Answers over the v2 transport. */
export const V2_ANSWERS: readonly HostileAnswer[] = [
  answersInV2("names 1,000 addresses", [thousand], counted({ ipv4: 1000 })),
  answersInV2("names 1,000 addresses in addr", [named("addr", addr(manyV1(1000)))], counted({ ipv4: 1000 })),
  answersInV2("names 1,000 addresses among decoys", [decoy(9), thousand, decoy(9)], counted({ ipv4: 1000 })),
  answersInV2("names 1,001 addresses", [named("addrv2", addrV2(manyV2(1001)))], nothing("malformed")),
  answersInV2("never answers", [], nothing("silent")),
  answersInV2("never answers, but sends decoys of 16 MB", Array<V2Part>(5).fill(decoy(3_400_000)), nothing("silent")),
  answersInV2("ends its stream when it is asked", [], nothing("closed"), ends),
  answersInV2("ends its stream in the middle of 1,000 addresses", [firstOf(-1, thousand)], nothing("closed"), ends),
  answersInV2("damages its answer", [damaged(thousand, 100)], nothing("malformed")),
  answersInV2(
    "names two addresses, and damages its next message",
    [two, damaged(thousand, -1)],
    counted({ ipv4: 2 }, { outcome: "malformed" }),
  ),
];
