/**
 * Peers that send `reject` (BIP 61), and close the connection or go on.
 *
 * @module
 */

import { message, type Part, utf8, verack, version, zeros } from "./parts.ts";
import { fails, finish, hear, type HostilePeer, peer, say, script, scriptThatResets, succeeds } from "./steps.ts";

const reject = rejectFor("Version must be 70100 or greater");

/** What a peer has sent when it ends the connection, the message types, and what we are then waiting for. */
const REFUSALS: readonly (readonly [
  name: string,
  sent: readonly Part[],
  messages: readonly string[],
  phase: "version" | "verack",
])[] = [
  ["a reject", [reject], ["reject"], "version"],
  ["a reject and its version", [reject, version()], ["reject", "version"], "verack"],
  ["its version and a reject", [version(), reject], ["version", "reject"], "verack"],
  ["a reject without payload", [message("reject")], ["reject"], "version"],
  ["a reject that is cut short", [message("reject", Uint8Array.of(7, 0x76))], ["reject"], "version"],
  ["a reject with a reason of 112 bytes", [rejectFor("x".repeat(112))], ["reject"], "version"],
  ["a reject of 5,000 bytes", [zeros("reject", 5000)], ["reject"], "version"],
  ["a reject that clears a terminal", [rejectFor("\x1b[2J\r\n")], ["reject"], "version"],
];

/** Peers that send `reject`. */
export const REJECTIONS: readonly HostilePeer[] = [
  ...REFUSALS.flatMap(([name, sent, messages, phase]): HostilePeer[] => [
    {
      name: `sends ${name}, and ends its stream`,
      script: script(hear("version"), say(...sent), finish),
      expected: fails("rejected", phase, { messages }),
    },
    {
      name: `sends ${name}, and resets`,
      script: scriptThatResets(hear("version"), say(...sent), ...phase === "verack" ? [hear("verack")] : []),
      expected: fails("rejected", phase, {}),
      resets: true,
    },
  ]),
  {
    name: "sends a reject with a wrong checksum, and ends its stream",
    script: script(hear("version"), say(rejectFor("", { badChecksum: true })), finish),
    expected: fails("connection_closed", "version", { messages: ["reject"] }),
  },
  {
    name: "sends a reject, and falls silent",
    script: script(hear("version"), say(reject)),
    expected: fails("timeout", "version", { messages: ["reject"] }),
  },
  peer(
    "sends rejects, but shakes hands all the same",
    [reject, version(), reject, verack],
    succeeds(["reject", "version", "reject", "verack"]),
  ),
];

/** A `reject` of a version as obsolete (BIP 61). */
function rejectFor(reason: string, faults?: Parameters<typeof message>[2]): Part {
  return message("reject", utf8(`\x07version\x11${String.fromCharCode(reason.length)}${reason}`), faults);
}
