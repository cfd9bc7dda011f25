/** Asking over real sockets: in both transports, directly, through a proxy and a bridge. */

import { assertEquals } from "@std/assert";
import { formatAddress, ipAddress, type PeerAddress } from "../../src/address/address.ts";
import { Initiator, type InitiatorSettings } from "../../src/net/initiator.ts";
import { type Connection, denoIo, type Io } from "../../src/net/io.ts";
import type { HandshakeOutcome } from "../../src/net/outcome.ts";
import { withDefaults } from "../../src/scan/settings.ts";
import { nodeScript, SimulatedPeer, SimulatedSamBridge, SimulatedSocks5Proxy } from "../../src/sim.ts";
import { type AddrEntry, addrMessage } from "../../src/wire/addr.ts";
import { ONE_OF_EACH } from "../support/addresses.ts";

type Transport = InitiatorSettings["transport"];

const KNOWN: readonly AddrEntry[] = Array.from({ length: 1000 }, (_, i) => ({
  time: 1_700_000_000,
  services: 0xc09n,
  address: ipAddress(`203.0.${113 + (i >> 8)}.${i & 255}`, 8333),
}));

/** A node that knows a thousand addresses, and gives its own before them. */
const node = (services = 0xc09n) =>
  nodeScript({
    services,
    answer: ({ wantsAddrV2 }) => {
      const type = wantsAddrV2 ? "addrv2" : "addr";
      return [addrMessage(type, KNOWN.slice(0, 1)), addrMessage(type, KNOWN)];
    },
  });

/** Asks a peer, and says in which transport the handshake went, which messages came, and how it answered. */
async function ask(address: PeerAddress, settings: Partial<InitiatorSettings>, transport?: Transport, io: Io = denoIo) {
  using initiator = new Initiator({ ...withDefaults({ timeout: 5000 }), addrWait: 5000, ...settings }, io);
  const outcomes: HandshakeOutcome[] = [];
  const messages: string[] = [];
  const answer = await initiator.ask(address, {
    onHandshake: (outcome) => void outcomes.push(outcome),
    onAddresses: ({ type, count }) => void messages.push(`${type} ${count}`),
  }, transport === undefined ? {} : { transport });
  return [...outcomes.map(({ error, transport }) => error?.code ?? transport), ...messages, answer?.outcome];
}

for (const transport of ["v1", "v2", "auto"] as const) {
  Deno.test(`Initiator.ask() gets all addresses over ${transport}`, async () => {
    await using peer = new SimulatedPeer(node());
    const used = transport === "auto" ? "v2" : transport;
    assertEquals(await ask(peer.address, { transport }), [used, "addrv2 1", "addrv2 1000", "answered"]);
  });
}

Deno.test("Initiator.ask() asks once when it falls back to v1, and not over v2 when told not to", async () => {
  await using peer = new SimulatedPeer(node(9n));
  const answer = ["addrv2 1", "addrv2 1000", "answered"];
  assertEquals(await ask(peer.address, { transport: "auto" }), ["v1", ...answer]);
  assertEquals(await ask(peer.address, { transport: "auto" }, "v1"), ["v1", ...answer]);
  assertEquals(await ask(peer.address, { transport: "auto" }, "v2"), ["v2_not_supported", undefined]);
});

for (const size of [1, 2, 63, 1000]) {
  Deno.test(`Initiator.ask() gets the same if at most ${size} bytes come at once`, async () => {
    await using peer = new SimulatedPeer(node());
    const io = {
      ...denoIo,
      connect: async (...args: Parameters<Io["connect"]>) => slow(await denoIo.connect(...args), size),
    };
    for (const transport of ["v1", "v2"] as const) {
      assertEquals(await ask(peer.address, { transport }, transport, io), [
        transport,
        "addrv2 1",
        "addrv2 1000",
        "answered",
      ]);
    }
  });
}

/** The connection, but each read returns at most `size` bytes. */
function slow(connection: Connection, size: number): Connection {
  return {
    read: (buffer) => connection.read(buffer.subarray(0, size)),
    write: (bytes) => connection.write(bytes),
    close: () => connection.close(),
  };
}

Deno.test("Initiator.ask() reads addr of an old node", async () => {
  const answer = [addrMessage("addr", KNOWN)];
  await using peer = new SimulatedPeer(
    nodeScript({ protocolVersion: 70015, answer: ({ wantsAddrV2 }) => wantsAddrV2 ? [] : answer }),
  );
  assertEquals(await ask(peer.address, {}), ["v1", "addr 1000", "answered"]);
});

Deno.test("Initiator.ask() asks peers of every network", async () => {
  await using peer = new SimulatedPeer(node());
  const targets = new Map(ONE_OF_EACH.map((address) => [formatAddress(address), peer.target]));
  await using tor = new SimulatedSocks5Proxy({ targets });
  await using bridge = new SimulatedSamBridge({ targets });
  const settings = { proxy: tor.address, i2psam: bridge.address, cjdns: true };
  for (const address of ONE_OF_EACH.filter(({ host }) => !host.includes("%"))) {
    for (const transport of ["v1", "v2"] as const) {
      const result = await ask(address, { ...settings, transport });
      assertEquals(result, [transport, "addrv2 1", "addrv2 1000", "answered"], address.network);
    }
  }
});

Deno.test("Initiator.ask() keeps its place at a proxy until the answer is over", async () => {
  const [onion] = ONE_OF_EACH.filter(({ network }) => network === "onion");
  if (onion === undefined) throw new Error("no onion address");
  const patience = Promise.withResolvers<void>();
  const shaken = Promise.withResolvers<void>();
  await using peer = new SimulatedPeer(nodeScript({
    answer: async () => {
      await patience.promise;
      return [addrMessage("addrv2", KNOWN)];
    },
  }));
  await using tor = new SimulatedSocks5Proxy({ targets: new Map([[formatAddress(onion), peer.target]]) });
  using initiator = new Initiator({ ...withDefaults({ onion: [tor.address] }), addrWait: 5000 }, denoIo);
  const { limit } = initiator.routes.to("onion");
  let handshakes = 0;
  const listener = { onHandshake: () => ++handshakes === limit && shaken.resolve(), onAddresses() {} };
  const answers = Array.from({ length: limit }, () => initiator.ask(onion, listener));
  await shaken.promise;
  assertEquals(initiator.routes.to("onion").hasRoom, false);
  patience.resolve();
  assertEquals(new Set((await Promise.all(answers)).map((answer) => answer?.outcome)), new Set(["answered" as const]));
  assertEquals(initiator.routes.to("onion").hasRoom, true);
});
