import type { Exception } from "../exception.ts";

/** The mutants of `src/net/` that may survive. */
export const NET: readonly Exception[] = [
  {
    file: "src/net/attempt.ts",
    place: "Attempt.run",
    changes: ["settings.trace === undefined && this.#request === null -> false", "isPlain -> false"],
    reason: "a shortcut: where there is nobody to tell, no event is told to anybody",
  },
  {
    file: "src/net/attempt.ts",
    place: "Attempt.#explain",
    changes: ["0 -> 1"],
    reason: "of an error without a session the number of bytes decides nothing",
  },
  {
    file: "src/net/deadline.ts",
    place: "Deadlines.#latestStart",
    reason: "the first deadline sets it, before it is used",
  },
  {
    file: "src/net/deadline.ts",
    place: "Deadlines.#start",
    changes: ["this.#running.delete(deadline)"],
    reason: "this lets go of a deadline that is over, to which nothing can happen any more",
  },
  {
    file: "src/net/dns.ts",
    place: "resolveName",
    changes: ["0 -> 1 #1"],
    reason: "the addresses are told apart by their hosts alone, so any port will do",
  },
  {
    file: "src/net/initiator.ts",
    place: "READ_BUFFER_SIZE",
    reason: "a buffer of another size takes other pieces of the same bytes",
  },
  {
    file: "src/net/initiator.ts",
    place: "ASKING_READ_BUFFER_SIZE",
    operator: "number",
    reason: "a buffer of another size takes other pieces of the same bytes",
  },
  {
    file: "src/net/initiator.ts",
    place: "load",
    changes: ["asks -> true #3", "asks -> false #3"],
    reason: "a buffer of another size takes other pieces of the same bytes",
  },
  {
    file: "src/net/initiator.ts",
    place: "load",
    changes: ["trace === undefined -> false"],
    reason: "payloads that are kept for nobody cost memory alone",
  },
  {
    file: "src/net/initiator.ts",
    place: "load",
    changes: ['transport === "v1" -> false'],
    reason: "v2 that is loaded and not used costs time alone",
  },
  {
    file: "src/net/io.ts",
    place: "NONCE",
    changes: ["1 -> 2"],
    reason: "a second number is not used",
  },
  {
    file: "src/net/io.ts",
    place: "denoIo",
    operator: "boolean",
    reason: "a single IP address is connected to either way, and a name too; this only takes fewer steps",
  },
  {
    file: "src/net/linger.ts",
    place: "UNUSED",
    reason: "how much is read at once of what is not used does not matter",
  },
  {
    file: "src/net/negotiation.ts",
    place: "BUFFERS",
    reason: "a buffer of another size takes other pieces of the same bytes",
  },
  {
    file: "src/net/negotiation.ts",
    place: "negotiate",
    changes: ["BUFFERS.giveBack(buffer)"],
    reason: "a buffer that is not given back is replaced by a new one, which costs memory alone",
  },
  {
    file: "src/net/pump.ts",
    place: "Pump.run",
    changes: ["room < buffer.length -> true", "room < buffer.length -> room <= buffer.length"],
    reason: "a shortcut: a buffer is no longer than the whole of itself",
  },
  {
    file: "src/net/sam_bridge.ts",
    place: "UNREAD",
    reason: "how much is read at once of what is not used does not matter",
  },
  {
    file: "src/net/socks5.ts",
    place: "Socks5.receive",
    changes: ["0 -> 1"],
    reason: "each answer has two bytes or more",
  },
  {
    file: "src/net/ways.ts",
    place: "Ways.lead",
    changes: ["limit === Infinity -> false"],
    reason: "a shortcut: without a limit it does not matter how many there are",
  },
  {
    file: "src/net/ways.ts",
    place: "Ways.#choose",
    changes: ["1 -> 0"],
    reason: "the first is not less loaded than itself",
  },
];
