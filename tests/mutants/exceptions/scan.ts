import type { Exception } from "../exception.ts";

/** The mutants of `src/scan/` that may survive. */
export const SCAN: readonly Exception[] = [
  {
    file: "src/scan/lookups.ts",
    place: "Lookups.#resolve",
    changes: ["!this.#signal.aborted -> false"],
    reason: "what is thrown here otherwise would be a bug of ours, and none is known",
  },
  {
    file: "src/scan/overlay.ts",
    place: "i2pPort",
    changes: ["I2P_PORT -> 0"],
    reason: "that is its value",
  },
  {
    file: "src/scan/pasted.ts",
    place: "hostAndPort",
    changes: ["PLAIN.test(text) -> false"],
    reason: "a shortcut for what most targets are: the rest leaves them as they are",
  },
  {
    file: "src/scan/peer_queue.ts",
    place: "PeerQueue.take",
    changes: [
      "this.#lines.length > 1 -> true",
      "this.#lines.length > 1 -> this.#lines.length >= 1",
      "1 -> 0 #1",
    ],
    reason: "a shortcut: the only line stays the last",
  },
  {
    file: "src/scan/peer_queue.ts",
    place: "PeerQueue.timeLeft",
    changes: ["b.milliseconds > a.milliseconds -> b.milliseconds >= a.milliseconds"],
    reason: "of two equal times either will do",
  },
  {
    file: "src/scan/scan.ts",
    place: "Scan.#lastSuccess",
    reason: "a success sets it, before a connection is held",
  },
  {
    file: "src/scan/scan.ts",
    place: "Scan.constructor",
    changes: [
      "io.randomNonce() & 0xffff_ffffn -> io.randomNonce() | 0xffff_ffffn",
      "0xffff_ffffn -> 0x100000000n",
      "0xffff_ffffn -> 0xfffffffen",
    ],
    reason: "any number that peers cannot guess will do",
  },
  {
    file: "src/scan/scan.ts",
    place: "Scan.progress",
    changes: ["names.milliseconds > peers.milliseconds -> names.milliseconds >= peers.milliseconds"],
    reason: "of two equal times either will do",
  },
  {
    file: "src/scan/scan.ts",
    place: "Scan.#read",
    changes: ["full !== undefined -> true"],
    reason: "a shortcut: to wait for nothing takes no time",
  },
  {
    file: "src/scan/scan.ts",
    place: "Scan.#shakeHands",
    changes: ["!this.#signal.aborted -> false"],
    reason: "what is thrown here otherwise would be a bug of ours, and none is known",
  },
  {
    file: "src/scan/scan.ts",
    place: "Scan.#stop",
    changes: ["this.#names.clear()", "this.#peers.clear()"],
    reason: "a shortcut: what begins after the end ends at once",
  },
  {
    file: "src/scan/scan.ts",
    place: "Scan.#finishIfIdle",
    changes: ['this.#signal.removeEventListener("abort", this.#stop)'],
    reason: "this lets go of a scan that is over, where the caller's signal lives on",
  },
  {
    file: "src/scan/suggest.ts",
    place: "editDistance",
    changes: ["1 -> 2 #1", "j < b.length -> j <= b.length"],
    reason: "one more number at the end of a row is not used",
  },
];
