import { type Mutant, mutantsOf } from "../mutant.ts";

/** Mutants of `src/handshake/`. */
export const HANDSHAKE: readonly Mutant[] = mutantsOf("handshake/handshake.ts", [
  ["flood-one-message-early", "++this.#messageCount > MAX_MESSAGES", "++this.#messageCount >= MAX_MESSAGES"],
  ["flood-at-1001-messages", "MAX_MESSAGES = 1000", "MAX_MESSAGES = 1001"],
  ["message-flood-never", "if (++this.#messageCount > MAX_MESSAGES)", "if (false)"],
  [
    "remembers-33-messages",
    "this.#messageTypes.length < MAX_REMEMBERED_MESSAGES",
    "this.#messageTypes.length <= MAX_REMEMBERED_MESSAGES",
  ],
  ["damaged-version-ignored", `message.type === "damaged" && messageType === expected`, "false"],
  ["damaged-message-fatal", `message.type === "damaged" && messageType === expected`, `message.type === "damaged"`],
  ["verack-before-version-counts", `message.type === "verack" && expected === "verack"`, `message.type === "verack"`],
  ["second-version-counts", `message.type === "version" && expected === "version"`, `message.type === "version"`],
  ["ping-before-version-answered", `return expected === "verack" ? pong(message) : NOTHING;`, "return pong(message);"],
  ["ping-not-answered", `return expected === "verack" ? pong(message) : NOTHING;`, "return [];"],
  ["ping-behind-verack-not-answered", `"complete") return pong(message);`, `"complete") return [];`],
  ["ping-without-nonce-answered", ` && message.nonce !== null ? [`, " ? ["],
  ["close-before-version-succeeds", "if (!this.#versionAccepted) {", "if (false) {"],
  ["close-leaves-it-waiting", `    }\n    this.#state = "complete";\n  }`, "    }\n  }"],
  [
    "close-behind-failure-succeeds",
    "  close(): void {\n    if (this.#error !== null) throw this.#error;",
    "  close(): void {",
  ],
  ["failure-not-final", "this.#error = error;", ""],
  ["failure-without-state", `this.#state = "failed";`, ""],
  [
    "obsolete-at-the-limit",
    "version.protocolVersion < MIN_PROTOCOL_VERSION",
    "version.protocolVersion <= MIN_PROTOCOL_VERSION",
  ],
  ["obsolete-accepted", "if (version.protocolVersion < MIN_PROTOCOL_VERSION)", "if (false)"],
  [
    "self-connection-accepted",
    "if (version.nonce !== null && version.nonce === this.#nonce)",
    "if (false)",
  ],
  ["self-connection-code-swapped", `new HandshakeError("self_connection"`, `new HandshakeError("obsolete_version"`],
  [
    "version-of-the-refused-forgotten",
    "    this.#peerVersion = version;\n",
    "    if (version.protocolVersion >= MIN_PROTOCOL_VERSION) this.#peerVersion = version;\n",
  ],
  [
    "time-offset-inverted",
    "(version.timestamp > 0n ? version.timestamp : 0n) - now",
    "now - (version.timestamp > 0n ? version.timestamp : 0n)",
  ],
  ["time-negative", "(version.timestamp > 0n ? version.timestamp : 0n)", "version.timestamp"],
  ["phase-stays-version", `this.#versionAccepted = true;`, ""],
  ["state-stays-awaiting-version", `    this.#state = "awaiting_verack";\n`, ""],
  ["initiator-sends-no-verack", `this.#role === "initiator" ? [VERACK]`, `this.#role === "initiator" ? []`],
  ["responder-negotiates-first", ": [version, ...negotiation];", ": [...negotiation, version];"],
  [
    "responder-speaks-first",
    `this.#role === "initiator" ? this.#takeUnsent()`,
    `this.#role !== "initiator" ? this.#takeUnsent()`,
  ],
  ["verack-not-remembered", "this.#verackReceived = true;", ""],
]);
