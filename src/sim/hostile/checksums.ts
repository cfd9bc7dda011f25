/**
 * Messages with a wrong checksum: fatal if the handshake is waiting for the message, otherwise dropped.
 *
 * @module
 */

import { message, nonceBytes, verack, version, VERSION_SIZE } from "./parts.ts";
import { fails, type HostilePeer, peer, succeeds } from "./steps.ts";

const bad = { badChecksum: true };

/** Wrong checksums. */
export const CHECKSUMS: readonly HostilePeer[] = [
  peer(
    "sends a version with a wrong checksum",
    [version({}, bad), verack],
    fails("bad_checksum", "version", { version: null, messages: ["version"] }),
  ),
  // Bitcoin Core checks the checksum first.
  peer(
    "sends a truncated version with a wrong checksum",
    [version({ size: 45 }, bad), verack],
    fails("bad_checksum", "version", { version: null }),
  ),
  peer(
    "sends an obsolete version with a wrong checksum",
    [version({ protocolVersion: 1 }, bad), verack],
    fails("bad_checksum", "version", { version: null }),
  ),
  peer(
    "sends a version with a wrong checksum, then a right one",
    [version({}, bad), version(), verack],
    fails("bad_checksum", "version", { version: null }),
  ),
  peer(
    "sends a version with a length one too short",
    [version({}, { size: VERSION_SIZE - 1 }), verack],
    fails("bad_checksum", "version", { version: null }),
  ),
  peer(
    "sends a verack with a wrong checksum",
    [version(), message("verack", undefined, bad)],
    fails("bad_checksum", "verack", { version: 70016, messages: ["version", "verack"] }),
  ),
  peer(
    "sends a verack with a payload and a wrong checksum",
    [version(), message("verack", new Uint8Array(1), bad)],
    fails("bad_checksum", "verack", { version: 70016 }),
  ),
  // Dropped like any message before the version.
  peer(
    "sends a verack with a wrong checksum before its version",
    [message("verack", undefined, bad), version(), verack],
    succeeds(["verack", "version", "verack"]),
  ),
  peer(
    "sends an ignored message with a wrong checksum",
    [version(), message("inv", nonceBytes(1n), bad), verack],
    succeeds(["version", "inv", "verack"]),
  ),
  peer(
    "sends a pong with a wrong checksum",
    [version(), message("pong", nonceBytes(1n), bad), verack],
    succeeds(["version", "pong", "verack"]),
  ),
  peer(
    "sends a message with a wrong checksum before its version",
    [message("ping", nonceBytes(1n), bad), version(), verack],
    succeeds(["ping", "version", "verack"]),
  ),
];
