/**
 * Scripts for simulated peers: nodes of all kinds, and peers that are not nodes.
 *
 * @module
 */

import { nextEvent } from "../net/pump.ts";
import { Session } from "../session/session.ts";
import { checkOptions, HOLD } from "../scan/rules.ts";
import { arrayOf, FUNCTION, INT32, objectWith, oneOf, type Rule, rule, STRING } from "../wire/argument.ts";
import { CHAIN, type Chain, MAINNET } from "../wire/chains.ts";
import type { Transport } from "../transport/transport.ts";
import { V1Transport } from "../transport/v1.ts";
import type { OtherMessage } from "../wire/messages.ts";
import { UNSPECIFIED_ADDRESS } from "../wire/network_address.ts";
import { SERVICES } from "../wire/services.ts";
import { USER_AGENT } from "../wire/user_agent.ts";
import type { VersionMessage } from "../wire/version.ts";
import { type GetaddrAnswer, GetaddrResponder } from "./getaddr.ts";
import type { PeerLink } from "./link.ts";
import type { PeerScript } from "./peer.ts";

/** Options of a simulated node; the defaults are those of Bitcoin Core 31. */
export interface NodeScriptOptions {
  /** The chain it is on. */
  readonly chain?: Chain;
  /**
   * The transports that it speaks; by default both if its services include v2, otherwise v1 alone. It closes when it
   * receives anything else, as Bitcoin Core does.
   */
  readonly transport?: "v1" | "v2" | "both";
  /** The chain whose v1 messages it reads, its own by default; it closes when it receives any other's. */
  readonly reads?: Chain;
  /** Its protocol version. */
  readonly protocolVersion?: number;
  /** Its service bits. */
  readonly services?: bigint;
  /** Its user agent. */
  readonly userAgent?: string;
  /** The height of its best chain. */
  readonly startHeight?: number;
  /** Whether it wants transactions; `null` for a node from before BIP 37, which does not say. */
  readonly relay?: boolean | null;
  /** Its clock minus the system's, in seconds. */
  readonly timeOffset?: number;
  /** Messages it sends between `version` and `verack`. */
  readonly negotiation?: readonly OtherMessage[];
  /** Messages it sends once the handshake is over. */
  readonly greeting?: readonly OtherMessage[];
  /** How long it waits before its verack, in milliseconds. */
  readonly verackDelay?: number;
  /** What it does instead of sending its verack: nothing more, or close. */
  readonly instead?: "stay silent" | "close";
  /** Its answer to `getaddr`, which it gives once, as Bitcoin Core does; by default it does not answer. */
  readonly answer?: GetaddrAnswer;
}

/** A message without a codec, by type and payload. */
export function otherMessage(messageType: string, ...payload: number[]): OtherMessage {
  return { type: "other", messageType, payload: Uint8Array.from(payload) };
}

/** What Bitcoin Core sends before its verack to a peer with protocol version 70016. */
export const CORE_NEGOTIATION: readonly OtherMessage[] = [otherMessage("wtxidrelay"), otherMessage("sendaddrv2")];

/** What Bitcoin Core sends first after a handshake: `sendcmpct` version 2, without high bandwidth (BIP 152). */
export const CORE_GREETING: readonly OtherMessage[] = [otherMessage("sendcmpct", 0, 2, 0, 0, 0, 0, 0, 0, 0)];

/** NETWORK, WITNESS, NETWORK_LIMITED and P2P_V2: the default services of Bitcoin Core 31. */
const CORE_SERVICES = 0xc09n;

const P2P_V2 = 1n << 11n;

const MESSAGES = arrayOf(objectWith("a message", { type: STRING }), { empty: true });

const RULES: { readonly [N in keyof Required<NodeScriptOptions>]: Rule } = {
  chain: CHAIN,
  transport: oneOf("v1", "v2", "both"),
  reads: CHAIN,
  protocolVersion: INT32,
  services: SERVICES,
  userAgent: USER_AGENT,
  startHeight: INT32,
  relay: rule("true, false or null", (value) => value === null || typeof value === "boolean"),
  timeOffset: INT32,
  negotiation: MESSAGES,
  greeting: MESSAGES,
  verackDelay: HOLD,
  instead: oneOf("stay silent", "close"),
  answer: FUNCTION,
};

/**
 * A node that answers a handshake as the responder.
 *
 * @throws {TypeError} if an option has the wrong type or does not exist.
 * @throws {RangeError} if the value of an option is not allowed.
 */
export function nodeScript(options: NodeScriptOptions = {}): PeerScript {
  checkOptions(options, RULES);
  const { negotiation = CORE_NEGOTIATION, greeting = CORE_GREETING, verackDelay = 0 } = options;
  return async (link) => {
    const version = nodeVersion(options, link);
    const responder = new GetaddrResponder(link, options.answer);
    using session = new Session({ role: "responder", version, negotiation, transport: await responding(options) });
    for await (const bytes of link.bytes()) {
      session.receive(bytes, link.now);
      for (let event; (event = await nextEvent(session)) !== null;) {
        if (event.type === "complete") { for (const message of greeting) session.send(message); }
        if (event.type !== "message") continue;
        if (event.direction === "received") {
          const answer = await responder.receive(event, session.handshake.state === "complete");
          if (answer === null) return;
          for (const message of answer) session.send(message);
          continue;
        }
        if (event.messageType === "verack") {
          if (options.instead === "close") return;
          if (options.instead === "stay silent") return await link.waitForClose();
          if (verackDelay > 0) await link.wait(verackDelay);
        }
        await link.sendBytes(session.takeOutput());
      }
      await link.sendBytes(session.takeOutput());
    }
  };
}

/** A peer that accepts connections and never sends anything. */
export async function silentScript(link: PeerLink): Promise<void> {
  await link.waitForClose();
}

/** A peer that echoes what it receives. */
export async function echoScript(link: PeerLink): Promise<void> {
  for await (const bytes of link.bytes()) await link.sendBytes(bytes);
}

/** A peer that answers the first bytes, whatever they are, with a text, and ends its stream. */
export function answerScript(text: string): PeerScript {
  return async (link) => {
    await link.bytes().next();
    await link.sendBytes(new TextEncoder().encode(text));
    await link.finish();
    // Closing with bytes unread would be a reset, which could overtake our answer.
    await link.waitForClose();
  };
}

/** The transport of a node. What only v2 needs is loaded on demand. */
async function responding({ chain = MAINNET, reads, ...options }: NodeScriptOptions): Promise<Transport> {
  const { services = CORE_SERVICES } = options;
  const { transport = reads === undefined && (services & P2P_V2) !== 0n ? "both" : "v1" } = options;
  if (transport === "v1") return reads === undefined ? new V1Transport(chain) : new MixedTransport(reads, chain);
  const { DetectingTransport } = await import("../transport/v1_or_v2.ts");
  const { V2Transport } = await import("../transport/v2.ts");
  return transport === "v2"
    ? new V2Transport({ chain, initiating: false, randomBytes })
    : new DetectingTransport({ chain, randomBytes });
}

/** Reads v1 messages of one chain and sends those of another. */
class MixedTransport extends V1Transport {
  readonly #outgoing: V1Transport;

  constructor(incoming: Chain, outgoing: Chain) {
    super(incoming);
    this.#outgoing = new V1Transport(outgoing);
  }

  override send(messageType: string, payload: Uint8Array, checksum: number | null): void {
    this.#outgoing.send(messageType, payload, checksum);
  }

  override takeOutput(): Uint8Array<ArrayBuffer> {
    return this.#outgoing.takeOutput();
  }
}

const randomBytes = (length: number): Uint8Array<ArrayBuffer> => crypto.getRandomValues(new Uint8Array(length));

function nodeVersion(options: NodeScriptOptions, link: PeerLink): VersionMessage {
  const { services = CORE_SERVICES, relay = true } = options;
  return {
    type: "version",
    protocolVersion: options.protocolVersion ?? 70016,
    services,
    timestamp: link.now + BigInt(options.timeOffset ?? 0),
    addrRecv: { ...UNSPECIFIED_ADDRESS, ...link.remote },
    addrFrom: { ...UNSPECIFIED_ADDRESS, services },
    nonce: crypto.getRandomValues(new BigUint64Array(1))[0] ?? 0n,
    userAgent: new TextEncoder().encode(options.userAgent ?? "/Satoshi:31.0.0/"),
    startHeight: options.startHeight ?? 940_000,
    relay,
  };
}
