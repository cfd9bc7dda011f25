/**
 * Answers that come late, slowly, in pieces, without end, or not at all, and what else a peer can do instead.
 *
 * @module
 */

import { filler, first, message, ping, times, verack, version } from "../parts.ts";
import { finish, hear, pause, say, sayForever, sayInPieces, script, scriptThatResets } from "../steps.ts";
import {
  answers,
  answersAndCloses,
  answersBy,
  answersForever,
  asked,
  counted,
  type HostileAnswer,
  nothing,
} from "./answer.ts";
import { addr, addrV2, entryV2, ipv4, manyV1, manyV2 } from "./entries.ts";

/** Longer than a reader takes to read what has come, in milliseconds. */
const MOMENT = 50;

const MEBIBYTE = 1024 * 1024;

const inv = message("inv", Uint8Array.of(0));
const itself = addrV2([entryV2(ipv4(0))]);

const WITHOUT: readonly HostileAnswer[] = [
  answersBy("never answers", [], nothing("silent")),
  answersForever("never answers, but pings all the time", [sayForever(MOMENT, ping(1n))], nothing("silent")),
  answersForever("never answers, but announces something all the time", [sayForever(MOMENT, inv)], nothing("silent")),
  answersBy("asks us for addresses instead", [say(message("getaddr"))], nothing("silent")),
  answersBy("sends sendaddrv2 and its verack again instead", [say(message("sendaddrv2"), verack)], nothing("silent")),
  answers(
    "answers with a wrong checksum",
    [message("addrv2", Uint8Array.from([2, ...manyV2(2).flat()]), { badChecksum: true })],
    nothing("silent"),
  ),
  answers(
    "sends 16 MiB of something else, and then names 1,000 addresses",
    [...filler(5, 16 * MEBIBYTE), addrV2(manyV2(1000))],
    nothing("silent"),
  ),
  {
    name: "names 1,000 addresses before its version, and none when it is asked",
    script: script(
      hear("version"),
      say(addrV2(manyV2(1000)), version(), message("sendaddrv2"), verack),
      hear("sendaddrv2", "verack", "getaddr"),
    ),
    expected: nothing("silent"),
  },
  answersForever(
    "names 1,000 addresses so slowly that it never ends",
    [sayInPieces(1, MOMENT, addrV2(manyV2(1000)))],
    nothing("silent"),
  ),
  answers("names nobody", [addrV2([])], nothing("self_only", 1)),
  answers("names nobody, a hundred times", times(100, addrV2([])), nothing("self_only", 100)),
  answers("names only itself", [itself], counted({ ipv4: 1 }, { outcome: "self_only" })),
  answersForever("names only itself, again and again", [sayForever(MOMENT, itself)], {
    outcome: "self_only",
    skipped: 0,
  }),
];

const CLOSED: readonly HostileAnswer[] = [
  answersAndCloses("closes when it is asked", [], nothing("closed")),
  answersBy("ends its stream when it is asked", [finish], nothing("closed")),
  answersBy("names nobody, and ends its stream", [say(addrV2([])), finish], nothing("closed", 1)),
  answersBy(
    "rejects our request, and ends its stream",
    [say(message("reject", Uint8Array.of(7, ...new TextEncoder().encode("getaddr"), 0x10, 0))), finish],
    nothing("closed"),
  ),
  answersBy(
    "ends its stream in the middle of 1,000 addresses",
    [say(first(-1, addrV2(manyV2(1000)))), finish],
    nothing("closed"),
  ),
  answersBy(
    "names only itself, and ends its stream",
    [say(itself), finish],
    counted({ ipv4: 1 }, { outcome: "self_only" }),
  ),
  answersBy("names two addresses, and ends its stream", [say(addrV2(manyV2(2))), finish], counted({ ipv4: 2 })),
  {
    name: "ends its stream instead of its verack",
    script: script(hear("version"), say(version()), hear("sendaddrv2", "verack", "getaddr"), finish),
    expected: nothing("closed"),
  },
  {
    name: "resets when it is asked",
    script: scriptThatResets(...asked()),
    resets: true,
    expected: nothing("closed"),
  },
  {
    name: "names two addresses, and resets",
    // What has not been read when a reset comes is lost.
    script: scriptThatResets(...asked(), say(addrV2(manyV2(2))), pause(2 * MOMENT)),
    resets: true,
    expected: counted({ ipv4: 2 }),
  },
];

const SEVERAL: readonly HostileAnswer[] = [
  answersBy("thinks for a while, and names 1,000 addresses", [
    pause(6 * MOMENT),
    say(addrV2(manyV2(1000))),
  ], counted({ ipv4: 1000 })),
  answersBy(
    "names itself, thinks for a while, and names 500 addresses",
    [say(itself), pause(6 * MOMENT), say(addrV2(manyV2(500)))],
    counted({ ipv4: 501 }, { messages: 2 }),
  ),
  answersBy(
    "names 500 addresses and, a moment later, 500 others",
    [say(addrV2(manyV2(500))), pause(MOMENT), say(addrV2(manyV2(500, 500)))],
    counted({ ipv4: 1000 }, { messages: 2 }),
  ),
  answers(
    "names 999 addresses, and then 1,000",
    [addrV2(manyV2(999)), addrV2(manyV2(1000))],
    counted({ ipv4: 1999 }, { messages: 2 }),
  ),
  answers("names 1,000 addresses, and 1,000 others", [
    addrV2(manyV2(1000)),
    addrV2(manyV2(1000, 1000)),
  ], counted({ ipv4: 1000 })),
  answers(
    "names 1,000 addresses, and then answers with no payload",
    [addrV2(manyV2(1000)), message("addrv2")],
    counted({ ipv4: 1000 }),
  ),
  answersForever(
    "names two addresses again and again",
    [sayForever(MOMENT, addrV2(manyV2(2)))],
    { outcome: "answered", skipped: 0 },
  ),
  answersForever(
    "names 999 addresses again and again, as fast as it can",
    [sayForever(0, ...times(20, addrV2(manyV2(999))))],
    { outcome: "answered", skipped: 0 },
  ),
];

const WANTS_SOMETHING: readonly HostileAnswer[] = [
  answersBy(
    "answers only when its ping is answered",
    [say(ping(7n)), hear({ pong: 7n }), say(addrV2(manyV2(1000)))],
    counted({ ipv4: 1000 }),
  ),
  answersBy(
    "answers only when we do not, though it asks us for addresses, headers and more",
    [
      say(...["getaddr", "getheaders", "getdata", "mempool"].map((type) => message(type)), ping(7n)),
      hear({ pong: 7n }),
      say(addrV2(manyV2(1000))),
    ],
    counted({ ipv4: 1000 }),
  ),
  {
    name: "answers before its verack",
    script: script(
      hear("version"),
      say(version()),
      hear("sendaddrv2", "verack", "getaddr"),
      say(addrV2(manyV2(1000))),
      pause(MOMENT),
      say(verack),
    ),
    expected: counted({ ipv4: 1000 }),
  },
  {
    name: "is from before addrv2, and wants no sendaddrv2",
    script: script(...asked({ protocolVersion: 70_015 }), say(addr(manyV1(1000)))),
    expected: counted({ ipv4: 1000 }),
  },
  {
    name: "is from before addrv2, and sends it all the same",
    script: script(...asked({ protocolVersion: 70_015 }), say(addrV2(manyV2(1000)))),
    expected: counted({ ipv4: 1000 }),
  },
  {
    name: "is as old as a node may be",
    script: script(...asked({ protocolVersion: 31_800 }), say(addr(manyV1(2)))),
    expected: counted({ ipv4: 2 }),
  },
];

/** Answers by when and how they come. */
export const ENDINGS: readonly HostileAnswer[] = [...WITHOUT, ...CLOSED, ...SEVERAL, ...WANTS_SOMETHING];
