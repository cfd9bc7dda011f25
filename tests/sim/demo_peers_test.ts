import { assertEquals } from "@std/assert";
import { denoIo, handshake, recordOf } from "../../src/mod.ts";
import { type DemoPeer, demoPeers } from "../../src/sim/demo_peers.ts";
import { patientIo } from "../../src/sim/patient_io.ts";
import { SimulatedPeer } from "../../src/sim/peer.ts";
import { type Chain, findChain, MAINNET } from "../../src/wire/chains.ts";

const REGTEST = findChain("regtest") ?? MAINNET;

/** The peers of the demo that work, by the end of their name where the whole is an address, and their network. */
const WORKING = [
  ["core-31", "ipv4"],
  ["core-31-filters", "ipv6"],
  ["core-30", "ipv6"],
  ["core-28-pruned", "ipv4"],
  ["core-22", "ipv4"],
  ["core-next", "ipv6"],
  ["knots", "ipv4"],
  ["btcd", "ipv4"],
  ["old", "ipv4"],
  ["late-verack", "ipv4"],
  [".onion", "onion"],
  [".b32.i2p", "i2p"],
] as const;

/** Those that do not, with their fault and the error of a handshake; `null` where the verack alone is missing. */
const FAULTY = [
  ["closes-after-version", "ipv4", "closes after its version", null],
  ["no-verack", "ipv6", "never sends its verack", "timeout"],
  ["obsolete", "ipv4", "an obsolete protocol version", "obsolete_version"],
  ["other-chain", "ipv4", "a node on mainnet", "wrong_network"],
  ["refuses", "ipv4", "nothing is listening", undefined],
  [".onion", "onion", "Tor knows no such service", undefined],
  ["silent", "ipv4", "never sends anything", "timeout"],
  ["mirror", "ipv4", "echoes what it receives", "self_connection"],
  ["web-server", "ipv4", "a web server", "not_bitcoin"],
] as const;

const nameOf = ({ name }: DemoPeer): string => /\.(?:onion|b32\.i2p)$/.exec(name)?.[0] ?? name;

/** The error of a handshake with a peer, `null` if it succeeds, `undefined` if nothing listens; and whether it is over. */
async function outcomeOf({ script }: DemoPeer, chain: Chain) {
  if (script === null) return { code: undefined, verack: false };
  await using peer = new SimulatedPeer(script);
  const io = patientIo(denoIo);
  const { verack, error } = recordOf(await handshake(peer.target, { chain, transport: "auto", timeout: 500, io }));
  return { code: error?.code ?? null, verack };
}

Deno.test("demoPeers() are those that work and then those that do not, each with its fault", () => {
  const peers = demoPeers(REGTEST).map((peer) => [nameOf(peer), peer.network, peer.fault]);
  assertEquals<unknown>(peers, [
    ...WORKING.map(([name, network]) => [name, network, undefined]),
    ...FAULTY.map(([name, network, fault]) => [name, network, fault]),
  ]);
  assertEquals(demoPeers(MAINNET).find(({ name }) => name === "other-chain")?.fault, "a node on testnet3");
});

Deno.test("demoPeers() shake hands on their chain, or fail as they should", async () => {
  const outcomes = await Promise.all(demoPeers(REGTEST).map((peer) => outcomeOf(peer, REGTEST)));
  assertEquals<unknown>(outcomes, [
    ...WORKING.map(() => ({ code: null, verack: true })),
    ...FAULTY.map(([, , , code]) => ({ code, verack: false })),
  ]);
});

Deno.test("demoPeers() in Tor and I2P have names that are valid, and no two have the same", () => {
  const names = demoPeers(MAINNET).map(({ name }) => name);
  assertEquals(new Set(names).size, names.length);
  for (const name of names) {
    if (name.endsWith(".onion")) assertEquals(/^[a-z2-7]{56}\.onion$/.test(name), true);
    if (name.endsWith(".i2p")) assertEquals(/^[a-z2-7]{52}\.b32\.i2p$/.test(name), true);
  }
});
