import { type Mutant, mutantsOf } from "../mutant.ts";

/** Mutants of `src/sim/`. */
export const SIM: readonly Mutant[] = [
  ...mutantsOf("sim/demo.ts", [
    ["demo-late-verack-too-late", "LATE_VERACK = 500", "LATE_VERACK = 5000"],
    [
      "demo-refuses-by-silence",
      "script === null ? await refusingAddress(peer, started) : peer.address",
      "peer.address",
    ],
    ["demo-without-the-missing-name", "  targets.push(parseTarget(`no-such-name.${DOMAIN}`));\n", ""],
    ["demo-stray-node-on-our-chain", "{ chain: otherChain, reads: chain }", "{ chain, reads: chain }"],
    ["demo-on-mainnet-alone", "node({ chain, ...options })", "node(options)"],
  ]),
  ...mutantsOf("sim/dns_message.ts", [
    ["dns-message-answers-answers", "(FLAGS.response | FLAGS.opcode)", "FLAGS.opcode"],
    ["dns-message-two-questions", "if (questions !== 1) throw", "if (questions === 0) throw"],
    ["dns-message-label-of-64", "MAX_LABEL_LENGTH = 63", "MAX_LABEL_LENGTH = 64"],
    ["dns-message-name-of-256", "at + length - offset > MAX_NAME_LENGTH", "at + length - offset > MAX_NAME_LENGTH + 1"],
    ["dns-message-case-kept", "character.toLowerCase()", "character"],
    ["dns-message-tc-bit-missing", "(fitting.length < addresses.length ? FLAGS.truncated : 0)", "0"],
    ["dns-message-rd-bit-missing", "(query.recursionDesired ? FLAGS.recursionDesired : 0)", "0"],
    [
      "dns-message-record-type-swapped",
      "address.length === 4 ? TYPE_A : TYPE_AAAA",
      "address.length === 4 ? TYPE_AAAA : TYPE_A",
    ],
    [
      "dns-message-one-byte-over-the-limit",
      "(used += addressRecordLength(address)) > room",
      "(used += addressRecordLength(address)) > room + 1",
    ],
    ["dns-message-edns-under-512", "Math.max(UDP_LIMIT, view.getUint16(end + 2))", "view.getUint16(end + 2)"],
    ["dns-message-soa-missing", `code === "noerror" || code === "nxdomain"`, `code === "nxdomain"`],
    ["dns-message-rcode-swapped", "servfail: 2, nxdomain: 3", "servfail: 3, nxdomain: 2"],
    ["dns-message-reads-past-the-end", "if (missing > 0)", "if (missing > 1)"],
  ]),
  ...mutantsOf("sim/dns_server.ts", [
    ["dns-server-wrong-id-is-right", "id: query.id ^ 1", "id: query.id"],
    ["dns-server-any-class", "if (query.class !== CLASS_IN)", "if (false)"],
    [
      "dns-server-unknown-name-empty",
      `if (entry === undefined) return { code: "nxdomain"`,
      `if (entry === undefined) return { code: "noerror"`,
    ],
    ["dns-server-udp-without-limit", "Math.min(query.udpPayloadSize ?? UDP_LIMIT, EDNS_UDP_LIMIT)", "TCP_LIMIT"],
    [
      "dns-server-edns-without-limit",
      "Math.min(query.udpPayloadSize ?? UDP_LIMIT, EDNS_UDP_LIMIT)",
      "query.udpPayloadSize ?? UDP_LIMIT",
    ],
    ["dns-server-queries-unrecorded", "    this.#queries.push(received);\n", ""],
    ["dns-server-one-query-a-connection", "for (let open = true; open;)", "for (let open = true; open; open = false)"],
    ["dns-server-zone-of-any-family", ` || text.includes(":") !== (type === TYPE_AAAA)`, ""],
    ["dns-server-frame-little-endian", "setUint16(0, message.length)", "setUint16(0, message.length, true)"],
    ["dns-server-tells-nobody", "    this.#onQuery(received);\n", ""],
    ["dns-server-leaves-connections", "for (const [connection] of connections) connection.close();", ""],
  ]),
  ...mutantsOf("sim/link.ts", [
    [
      "link-writes-once",
      "sent += await this.#connection.write(bytes.subarray(sent));",
      "sent = Math.max(bytes.length, await this.#connection.write(bytes));",
    ],
    ["link-buffer-shared", "buffer.slice(0, length)", "buffer.subarray(0, length)"],
    [
      "link-wait-outlives-the-peer",
      `this.#closed.addEventListener("abort", () => (cancel(), stop()), { once: true });`,
      "",
    ],
  ]),
  ...mutantsOf("sim/peer.ts", [
    ["peer-leaves-connections", "for (const connection of this.#connections.keys()) this.#close(connection);", ""],
    ["peer-connection-not-closed", "    } finally {\n      this.#close(connection);\n    }", "    }"],
    ["peer-goes-on-listening", "    this.#listener.close();\n    await this.#accepting;\n", ""],
  ]),
  ...mutantsOf("sim/scripts.ts", [
    ["node-greets-every-time", "        greeted = true;\n", ""],
    ["node-without-greeting", "for (const message of greeting) await link.send(chain, message);", ""],
    ["node-verack-at-once", "if (verackDelay > 0) await link.wait(verackDelay);", ""],
    [
      "node-closes-silently-not",
      `if (options.instead === "close") return;`,
      `if (options.instead === "close") continue;`,
    ],
    ["node-stays-not-silent", `if (options.instead === "stay silent") continue;`, ""],
    ["node-clock-right", "timestamp: link.now + BigInt(options.timeOffset ?? 0)", "timestamp: link.now"],
    ["node-reads-its-own-chain-alone", "link.messages(options.reads ?? chain)", "link.messages(chain)"],
    ["node-does-not-see-us", "{ ...UNSPECIFIED_ADDRESS, ...link.remote }", "UNSPECIFIED_ADDRESS"],
    ["answer-before-the-question", "    await link.bytes().next();\n", ""],
  ]),
  ...mutantsOf("sim/seed_zone.ts", [
    ["seed-zone-behind-by-144", "HEIGHT - 145", "HEIGHT - 144"],
    ["seed-zone-other-chain-on-ours", "node({ chain: otherChain, reads: chain })", "node({ chain })"],
    ["seed-zone-all-with-witness", "services: 0x401n", "services: 0x409n"],
    ["seed-zone-no-crowd", "i % 3 === 2", "i % 2 === 1"],
    ["seed-zone-nothing-shared", "seed.shared ?? 0", "0"],
    ["seed-zone-nothing-besides", ", ...seed.besides ?? []", ""],
    ["seed-zone-on-mainnet-alone", "port: chain.port", "port: 8333", "its peers are found by address alone"],
    [
      "seed-zone-dials-for-real",
      "if (place !== undefined)",
      "if (place === undefined) return denoIo.connect('127.0.0.1', 1, signal); else",
    ],
    ["seed-zone-old-says-it-is-new", `userAgent: "/Satoshi:0.21.2/", services`, "services"],
    ["seed-zone-family-ignored", "family === undefined ? i % 2 === 1 : family", `i % 2 === 1 || false && family`],
  ]),
];
