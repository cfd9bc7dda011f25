import type { Exception } from "../exception.ts";

const RACE = "only a connection that is accepted at this very moment would be missed";

const SAME = "a promise of nothing is awaited like nothing";

/** The defaults of bytes in SOCKS5 messages, by function. */
const DEFAULTS: Readonly<Record<string, readonly string[]>> = {
  readGreeting: ["0 -> 1"],
  readRequest: ["0 -> 1 #2", "0 -> 1 #3"],
  readHost: ["0 -> 1 #1"],
  readText: ["0 -> 1"],
};

/** The mutants of `src/sim/` that may survive, but those of `src/sim/hostile/`. */
export const SIM: readonly Exception[] = [
  {
    file: "src/sim/demo_peers.ts",
    place: "LATE_VERACK",
    reason: "any delay will do that lets others fail before",
  },
  {
    file: "src/sim/demo_peers.ts",
    place: "I2P_DESTINATION",
    changes: ["1 -> 2", "1 -> 0"],
    reason: "the destination is invented",
  },
  {
    file: "src/sim/demo_peers.ts",
    place: "workingPeers",
    operator: "number",
    reason: "what the nodes of the demo say of themselves is invented",
  },
  {
    file: "src/sim/demo_peers.ts",
    place: "faultyPeers",
    operator: "number",
    reason: "any version below the oldest that is spoken to will do, and any services",
  },
  {
    file: "src/sim/dns_server.ts",
    place: "PORT_ATTEMPTS",
    reason: "one attempt more or less is as good",
  },
  {
    file: "src/sim/dns_server.ts",
    place: "DnsServer.constructor",
    changes: ['this.#udp.on("error", () => {})'],
    reason: "no client on loopback makes the system report that it is gone",
  },
  {
    file: "src/sim/dns_server.ts",
    place: "DnsServer.#close",
    changes: ["await Promise.allSettled([this.#accepting])"],
    reason: RACE,
  },
  {
    file: "src/sim/dns_server.ts",
    place: "DnsServer.#close",
    changes: ["await Promise.all([udpClosed, this.#accepting, ...connections.map(([, served]) => served)])"],
    reason: "what is waited for has been told to end, and does so before a test can look",
  },
  {
    file: "src/sim/dns_server.ts",
    place: "DnsServer.#respond",
    changes: ["error instanceof DnsMessageError -> true", "throw error"],
    reason: "decodeQuery() throws nothing else",
  },
  {
    file: "src/sim/dns_server.ts",
    place: "DnsServer.#respond",
    changes: ["undefined -> Promise.resolve(undefined)"],
    reason: SAME,
  },
  {
    file: "src/sim/dns_server.ts",
    place: "readFrame",
    changes: ["undefined -> Promise.resolve(undefined)"],
    reason: SAME,
  },
  {
    file: "src/sim/dns_server.ts",
    place: "DnsServer.#respond",
    changes: ["answer.delay > 0 -> true", "answer.delay > 0 -> answer.delay >= 0", "0 -> 1"],
    reason: "it decides about a millisecond",
  },
  {
    file: "src/sim/dns_server.ts",
    place: "listen",
    changes: ["1 -> 2", "1 -> 0"],
    reason: "one attempt more or less is as good",
  },
  {
    file: "src/sim/dns_server.ts",
    place: "listen",
    changes: [
      'ipAddress(hostname, port).network === "ipv6" -> true',
      'ipAddress(hostname, port).network === "ipv6" -> false',
    ],
    reason: "a socket of either kind takes addresses of both families in Deno",
  },
  {
    file: "src/sim/dns_server.ts",
    place: "listen",
    changes: ["udp.close()"],
    reason: "a socket that has no address holds nothing that a test can see",
  },
  {
    file: "src/sim/dns_server.ts",
    place: "listen",
    changes: [
      '!(cause instanceof Error && "code" in cause && cause.code === "EADDRINUSE") -> false',
      "cause instanceof Error -> true",
      '"code" in cause -> true',
      'cause.code === "EADDRINUSE" -> true',
    ],
    reason: "where TCP has got the address and the port, UDP can only find the port taken",
  },
  {
    file: "src/sim/dns_server.ts",
    place: "listen",
    changes: ["port !== 0 -> false", "0 -> 1"],
    reason: "trying a port that is taken again comes to the same end",
  },
  {
    file: "src/sim/dns_server.ts",
    place: "writeFrame",
    changes: ["true -> Promise.resolve(true)", "false -> Promise.resolve(false)"],
    reason: "what is promised is awaited",
  },
  {
    file: "src/sim/dns_server.ts",
    place: "writeFrame",
    changes: ["false -> Promise.resolve(true)", "false -> true"],
    reason: "where a write has failed the next read does too",
  },
  {
    file: "src/sim/dns_zone.ts",
    place: "GARBAGE",
    changes: ["16 -> 17", "16 -> 15"],
    reason: "a header of all ones says enough, whatever comes behind it",
  },
  {
    file: "src/sim/link.ts",
    place: "READ_BUFFER_SIZE",
    reason: "it decides only in how many pieces many bytes come",
  },
  {
    file: "src/sim/network/gossip.ts",
    place: "Gossip.#message",
    changes: ["3 -> 4"],
    reason: "the room left is not part of the payload",
  },
  {
    file: "src/sim/network/gossip.ts",
    place: "Gossip.#entry",
    changes: ["known !== undefined -> false", "this.#entries[type].set(planned, entry)"],
    reason: "encoding an entry again only takes longer",
  },
  {
    file: "src/sim/network/invented.ts",
    place: "inventHost",
    changes: ["n >>> 8 -> n >> 8", "n >>> 12 -> n >> 12"],
    reason: "no number is negative",
  },
  {
    file: "src/sim/network/kinds.ts",
    place: "KINDS",
    changes: [
      "710_233 -> 710234",
      "710_233 -> 710232",
      "939_200 -> 939201",
      "939_200 -> 939199",
      "939_998 -> 939999",
      "939_998 -> 939997",
      "150 -> 151",
      "150 -> 149",
      "500 -> 501",
      "500 -> 499",
    ],
    reason: "heights, the size of a small table and a delay are invented",
  },
  {
    file: "src/sim/network/network.ts",
    place: "startNodes",
    changes: ["209 -> 210", "209 -> 208", "1n -> 2n", "1n -> 0n"],
    reason: "any version below the oldest that is spoken to will do, and any services",
  },
  {
    file: "src/sim/network/plan.ts",
    place: "NetworkPlan.table",
    changes: ["0 -> 1 #2"],
    reason: "every node with a table has a place",
  },
  {
    file: "src/sim/network/plan.ts",
    place: "unroutable",
    changes: ["n >>> 8 -> n >> 8"],
    reason: "no number is negative",
  },
  {
    file: "src/sim/network/plan.ts",
    place: "ageOf",
    changes: ["97 -> 98", "97 -> 96"],
    reason: "how the ages lie within their bounds is invented",
  },
  {
    file: "src/sim/network/plan.ts",
    place: "spread",
    changes: ["length * 0.618 -> length / 0.618", "step++ -> step--"],
    reason: "another step brings those of a kind as far apart",
  },
  {
    file: "src/sim/patient_io.ts",
    place: "patientIo",
    changes: ["0 -> 1 #1", "events++ -> events--"],
    reason: "only whether the number changes counts",
  },
  {
    file: "src/sim/peer.ts",
    place: "RETRY_INTERVAL",
    reason: "a wait that is a little longer or shorter is as good",
  },
  {
    file: "src/sim/peer.ts",
    place: "SimulatedPeer.close",
    changes: ["await this.#accepting"],
    reason: RACE,
  },
  {
    file: "src/sim/peer.ts",
    place: "SimulatedPeer.#accept",
    changes: ["this.#closed.signal.aborted -> false"],
    reason: "the loop ends all the same, a moment later",
  },
  ...Object.entries(DEFAULTS).map(([place, changes]): Exception => ({
    file: "src/sim/proxies/socks5_messages.ts",
    place,
    changes,
    reason: "as many bytes have been taken, so the default is not used",
  })),
  {
    file: "src/sim/proxies/targets.ts",
    place: "toClient",
    changes: ["16_384 -> 16385", "16_384 -> 16383"],
    reason: "it decides only in how many pieces many bytes go",
  },
  {
    file: "src/sim/scripts.ts",
    place: "nodeVersion",
    changes: ["1 -> 2"],
    reason: "only the first of the random numbers is used",
  },
  {
    file: "src/sim/seed_zone.ts",
    place: "SIMULATED_SEEDS",
    changes: ["8 -> 7 #2"],
    reason: "the eighth is an IPv6 address, of which nothing is told",
  },
  {
    file: "src/sim/seed_zone.ts",
    place: "startPeers",
    changes: ["145 -> 146", "0x401n -> 0x402n", "0x401n -> 0x400n"],
    reason: "from 145 blocks on a peer is behind, and any services will do that lack WITNESS",
  },
  {
    file: "src/sim/seed_zone.ts",
    place: "plan",
    changes: ["first.length === 0 -> true"],
    reason: "no seed shares more addresses than the first one has",
  },
  {
    file: "src/sim/seed_zone.ts",
    place: "addressOf",
    changes: ["2 -> 1 #1", "1 -> 2 #1", "1 -> 0 #1"],
    reason: "which of three are elsewhere, and the last byte of the others, are invented",
  },
];
