/**
 * A network in virtual time whose nodes know each other, without sockets.
 *
 * @module
 */

import { type Address, formatAddress, parseAddress } from "../../src/address/address.ts";
import { Crawl } from "../../src/crawl/crawl.ts";
import { withCrawlDefaults } from "../../src/crawl/api.ts";
import type { AddressResult, AddrsResult, CrawlResult, CrawlSummaryResult } from "../../src/crawl/result.ts";
import type { CrawlSettings } from "../../src/crawl/settings.ts";
import type { Endpoint } from "../../src/net/endpoint.ts";
import type { Io } from "../../src/net/io.ts";
import type { PeerResult } from "../../src/scan/result.ts";
import { withDefaults } from "../../src/scan/settings.ts";
import { parseTarget } from "../../src/scan/target.ts";
import { type AddrEntry, addrMessage } from "../../src/wire/addr.ts";
import { versionMessage } from "./messages.ts";
import { osError, type ReadStep, ScriptedConnection, scriptedIo, untilAborted } from "./scripted_io.ts";
import { stream } from "./stream.ts";
import { VirtualClock } from "./virtual_clock.ts";

/** The time at which the clock begins, in seconds since 1970. */
export const NOW = 1_700_000_000;

/** What a node names: an address, or that with more about it. */
export type Named = string | (Partial<AddrEntry> & { readonly host: string });

/** A node: what it names in one message before it closes, or what it does instead. */
export type Node = readonly Named[] | "refuses" | "is silent" | readonly ReadStep[];

/** Nodes by their addresses. */
export type Nodes = { readonly [address: string]: Node };

/** An address as text. */
export function addressOf(text: string): Address {
  const address = parseAddress(text, { cjdns: true });
  if (address === undefined) throw new TypeError(`Cannot parse ${text}`);
  return address;
}

/** Addresses as entries of a message. */
export function entriesOf(named: readonly Named[]): AddrEntry[] {
  return named.map((one) => {
    const { host, ...fields } = typeof one === "string" ? { host: one } : one;
    return { time: NOW, services: 9n, address: addressOf(host), ...fields };
  });
}

/** What a node sends that names these addresses: all up to its `verack`, and its answer. */
export async function answering(named: readonly Named[]): Promise<Uint8Array> {
  return await stream([versionMessage(), { type: "verack" }, addrMessage("addrv2", entriesOf(named))]);
}

/** A network of nodes; nobody listens at any other address. */
export async function gossip(nodes: Nodes, options: { readonly resolve?: Io["resolve"] } = {}) {
  const clock = new VirtualClock(BigInt(NOW));
  const scripts = new Map<string, readonly ReadStep[] | "refuses" | "is silent">();
  for (const [text, node] of Object.entries(nodes)) {
    scripts.set(text, typeof node === "string" ? node : await stepsOf(node));
  }
  /** Every connection that was begun, in order. */
  const dialled: string[] = [];
  const dialledAt: number[] = [];
  const connections: ScriptedConnection[] = [];
  const connect = ({ host, port }: Endpoint, signal: AbortSignal) => {
    const text = formatAddress(addressOf(host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`));
    dialled.push(text);
    dialledAt.push(clock.now());
    const script = scripts.get(text) ?? "refuses";
    if (script === "refuses") return Promise.reject(osError("ECONNREFUSED"));
    if (script === "is silent") return untilAborted(signal);
    const connection = new ScriptedConnection(...script);
    connections.push(connection);
    return Promise.resolve(connection);
  };
  return { io: scriptedIo({ clock, connect, ...options }), clock, dialled, dialledAt, connections };
}

async function stepsOf(node: readonly Named[] | readonly ReadStep[]): Promise<readonly ReadStep[]> {
  const isSteps = (node: readonly unknown[]): node is readonly ReadStep[] =>
    node.some((step) => step === "end" || step instanceof Uint8Array || step instanceof Error);
  return isSteps(node) ? node : [await answering(node as readonly Named[]), "end"];
}

/** The settings of a crawl in which every address counts as routable, except for `settings`. */
export function settingsOf(settings: Partial<CrawlSettings> = {}): CrawlSettings {
  const { concurrency: _, ...scan } = settings;
  return withCrawlDefaults(withDefaults(scan), { includeUnroutable: true, rate: 0, ...settings });
}

/** Starts a crawl. */
export function start(targets: readonly string[], io: Io, settings: Partial<CrawlSettings> = {}, signal?: AbortSignal) {
  const { networks } = settingsOf(settings);
  return new Crawl(targets.map((target) => parseTarget(target, { networks })), settingsOf(settings), io, signal);
}

/** The results by their kinds. */
export function sorted(results: readonly CrawlResult[]) {
  const peers = results.filter((result): result is PeerResult => result.type === "peer");
  const answers = results.filter((result): result is AddrsResult => result.type === "addrs");
  const addresses = results.filter((result): result is AddressResult => result.type === "address");
  const last = results.at(-1);
  if (last === undefined || !("crawl" in last)) throw new TypeError("The last result is no summary of a crawl");
  const summary: CrawlSummaryResult = last;
  return { peers, answers, addresses, summary, crawl: summary.crawl };
}

/** Crawls to the end, which must come without the clock. */
export async function crawled(
  targets: readonly string[],
  io: Io,
  settings: Partial<CrawlSettings> = {},
  signal?: AbortSignal,
) {
  return sorted(await Array.fromAsync(start(targets, io, settings, signal)));
}
