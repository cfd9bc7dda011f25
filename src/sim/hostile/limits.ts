/**
 * Every limit, exactly and exceeded by one.
 *
 * @module
 */

import { HEADER_SIZE } from "../../transport/v1.ts";
import { filler, header, message, times, verack, version, VERSION_SIZE, zeros } from "./parts.ts";
import { fails, type HostilePeer, peer, say, sayForever, scriptThatCloses, succeeds } from "./steps.ts";

// The limits are repeated here as numbers, to verify the program's constants.
const MAX_PAYLOAD_SIZE = 4_000_000;
const MAX_VERSION_SIZE = 4096;
const MAX_HANDSHAKE_MESSAGES = 1000;
const MAX_HANDSHAKE_BYTES = 16 * 1024 * 1024;
/** Maximum number of bytes that may be kept of one connection. */
const MAX_BUFFERED = 64 * 1024;

/** How long megabytes may take on a busy machine, in milliseconds. */
const PATIENT = { timeout: 30_000 };

const VERSION_MESSAGE_SIZE = HEADER_SIZE + VERSION_SIZE;

/** How many bytes fit between a version and its verack. */
const ROOM = MAX_HANDSHAKE_BYTES - VERSION_MESSAGE_SIZE - HEADER_SIZE;

/** How many messages may come between a version and its verack, which does not count. */
const BETWEEN = MAX_HANDSHAKE_MESSAGES - 1;

const inv = message("inv", Uint8Array.of(0));
const known = { version: 70016, subver: "/hostile:1.0/" };
const unknown = { version: null, messages: [] };

const SIZES: readonly HostilePeer[] = [
  peer("announces a message of 4,000,001 bytes", [version(), header("block", MAX_PAYLOAD_SIZE + 1)], {
    ...fails("oversized_message", "verack", { ...known, messages: ["version"] }),
    bytesrecv: VERSION_MESSAGE_SIZE + HEADER_SIZE,
  }),
  peer(
    "announces a message of 4,000,001 bytes before its version",
    [header("block", MAX_PAYLOAD_SIZE + 1)],
    fails("oversized_message", "version", { ...unknown, bytesrecv: HEADER_SIZE }),
  ),
  peer("announces 4 GiB", [version(), header("inv", 0xffff_ffff)], fails("oversized_message", "verack", known)),
  peer("announces 2 GiB", [header("inv", 0x8000_0000)], fails("oversized_message", "version", unknown)),
  peer(
    "announces a version of 4,000,001 bytes",
    [header("version", MAX_PAYLOAD_SIZE + 1)],
    fails("oversized_message", "version", unknown),
  ),
  peer(
    "announces a version of 4,097 bytes and sends none of them",
    [header("version", MAX_VERSION_SIZE + 1)],
    fails("malformed_message", "version", { ...unknown, bytesrecv: HEADER_SIZE }),
  ),
  peer(
    "announces a version of 4,096 bytes and sends none of them",
    [header("version", MAX_VERSION_SIZE)],
    fails("timeout", "version", unknown),
  ),
  peer(
    "announces a message of 4,000,000 bytes and sends none of them",
    [version(), header("block", MAX_PAYLOAD_SIZE)],
    fails("timeout", "verack", { ...known, messages: ["version"] }),
  ),
  peer("sends a verack with a payload", [version(), zeros("verack", 1)], succeeds(["version", "verack"])),
  // A verack's payload is accepted and ignored, whatever its length.
  peer("sends a verack of 65,536 bytes", [version(), zeros("verack", MAX_BUFFERED)], succeeds(["version", "verack"])),
  peer(
    "sends a verack of 65,537 bytes",
    [version(), zeros("verack", MAX_BUFFERED + 1)],
    succeeds(["version", "verack"]),
  ),
  ...["addr", "ping", "pong"].map((type) =>
    peer(
      `sends a ${type} of 65,537 bytes`,
      [version(), zeros(type, MAX_BUFFERED + 1), verack],
      succeeds(["version", type, "verack"]),
    )
  ),
  peer(
    "announces a verack of 4,000,001 bytes",
    [version(), header("verack", MAX_PAYLOAD_SIZE + 1)],
    fails("oversized_message", "verack", known),
  ),
  peer(
    "announces a verack of 4,000,000 bytes and sends none of them",
    [version(), header("verack", MAX_PAYLOAD_SIZE)],
    fails("timeout", "verack", { ...known, messages: ["version"] }),
  ),
  {
    ...peer(
      "sends an ignored message of 4,000,000 bytes",
      [version(), zeros("block", MAX_PAYLOAD_SIZE), verack],
      succeeds(["version", "block", "verack"]),
    ),
    settings: PATIENT,
  },
  {
    ...peer(
      "sends an ignored message of 4,000,000 bytes before its version",
      [zeros("block", MAX_PAYLOAD_SIZE), version(), verack],
      succeeds(["block", "version", "verack"]),
    ),
    settings: PATIENT,
  },
];

const shown = (messages: readonly string[]) => messages.slice(0, 32);
const invs = new Array<string>(MAX_HANDSHAKE_MESSAGES).fill("inv");

const COUNTS: readonly HostilePeer[] = [
  peer(
    "sends 1,000 messages before its verack",
    [version(), ...times(BETWEEN, inv), verack],
    succeeds(shown(["version", ...invs])),
  ),
  peer(
    "sends 1,001 messages before its verack",
    [version(), ...times(BETWEEN + 1, inv), verack],
    fails("message_flood", "verack", { ...known, messages: shown(["version", ...invs]) }),
  ),
  peer(
    "sends its version as the 1,000th message",
    [...times(BETWEEN, inv), version(), verack],
    succeeds(shown(invs), known),
  ),
  peer(
    "sends its version as the 1,001st message",
    [...times(MAX_HANDSHAKE_MESSAGES, inv), version(), verack],
    fails("message_flood", "version", { version: null, messages: shown(invs) }),
  ),
  peer(
    "sends 1,001 messages and no version",
    times(MAX_HANDSHAKE_MESSAGES + 1, inv),
    fails("message_flood", "version", { version: null }),
  ),
  peer(
    "sends 1,001 versions",
    times(MAX_HANDSHAKE_MESSAGES + 1, version()),
    fails("message_flood", "verack", { messages: new Array<string>(32).fill("version") }),
  ),
  peer(
    "sends 1,001 veracks and no version",
    times(MAX_HANDSHAKE_MESSAGES + 1, verack),
    fails("message_flood", "version", { messages: new Array<string>(32).fill("verack") }),
  ),
  {
    name: "sends messages forever",
    script: scriptThatCloses(say(version()), sayForever(0, ...times(100, inv))),
    expected: fails("message_flood", "verack", known),
  },
  ...([["many small", BETWEEN], ["a few huge", 5]] as const).flatMap(([name, count]) =>
    [
      peer(
        `sends 16 MiB up to the end of its verack, in ${name} messages`,
        [version(), ...filler(count, ROOM), verack],
        succeeds(shown(["version", ...new Array<string>(count).fill("filler"), "verack"]), {
          bytesrecv: MAX_HANDSHAKE_BYTES,
        }),
      ),
      peer(
        `sends 16 MiB and a byte up to the end of its verack, in ${name} messages`,
        [version(), ...filler(count, ROOM + 1), verack],
        fails("message_flood", "verack", known),
      ),
    ].map((row) => ({ ...row, settings: PATIENT }))
  ),
  {
    ...peer(
      "sends 16 MiB and a byte before its version, in a few huge messages",
      filler(5, MAX_HANDSHAKE_BYTES + 1),
      fails("message_flood", "version", { version: null }),
    ),
    settings: PATIENT,
  },
];

/** Limits. */
export const LIMITS: readonly HostilePeer[] = [...SIZES, ...COUNTS];
