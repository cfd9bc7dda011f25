import { assertEquals, assertRejects } from "@std/assert";
import { formatAddress, type PeerAddress } from "../../src/address/address.ts";
import { Deadline } from "../../src/net/deadline.ts";
import { DialError } from "../../src/net/errors.ts";
import type { Endpoint } from "../../src/net/endpoint.ts";
import type { RouteSettings } from "../../src/net/reach.ts";
import { Routes } from "../../src/net/routes.ts";
import { ONE_OF_EACH } from "../support/addresses.ts";
import { ascii } from "../support/bytes.ts";
import { ScriptedConnection, scriptedIo, turns } from "../support/scripted_io.ts";

const PROXY = { host: "127.0.0.1", port: 1 };
const TOR = { host: "127.0.0.1", port: 2 };
const OTHER_TOR = { host: "127.0.0.1", port: 3 };
const BRIDGE = { host: "127.0.0.1", port: 4 };
const NAME: PeerAddress = { network: null, host: "seed.example", port: 8333 };
const EACH: readonly PeerAddress[] = [...ONE_OF_EACH.filter(({ host }) => !host.includes("%")), NAME];

/** Where a peer's connection goes first: to itself, or to the port of a proxy; `null` where there is no way. */
async function destinations(settings: RouteSettings): Promise<(number | "direct" | null)[]> {
  const dialled: Endpoint[] = [];
  const io = scriptedIo({
    connect: (endpoint) => {
      dialled.push(endpoint);
      return Promise.resolve(new ScriptedConnection("end"));
    },
  });
  using routes = new Routes(settings, io);
  const found: (number | "direct" | null)[] = [];
  for (const address of EACH) {
    const ready = routes.to(address.network).ready();
    await ready;
    await routes.lead(address, ({ open }) => open(new Deadline(1000))).catch(() => {});
    const [endpoint] = dialled.splice(0);
    const isDirect = endpoint !== undefined && endpoint.host === address.host;
    found.push(isDirect ? "direct" : endpoint?.port ?? null);
  }
  return found;
}

Deno.test("Routes lead each network its way", async () => {
  assertEquals(EACH.map(({ network }) => network), ["ipv4", "ipv6", "onion", "i2p", "cjdns", null]);
  assertEquals(await destinations({}), ["direct", "direct", null, null, null, null]);
  assertEquals(await destinations({ cjdns: true }), ["direct", "direct", null, null, "direct", null]);
  assertEquals(await destinations({ onion: [TOR] }), ["direct", "direct", 2, null, null, null]);
  assertEquals(await destinations({ i2psam: BRIDGE }), ["direct", "direct", null, 4, null, null]);
  assertEquals(await destinations({ proxy: PROXY }), [1, 1, 1, null, null, 1]);
  const all = { proxy: PROXY, onion: [TOR, OTHER_TOR], i2psam: BRIDGE, cjdns: true };
  assertEquals(await destinations(all), [1, 1, 2, 4, 1, 1]);
});

Deno.test("Routes say that there is no way", async () => {
  using routes = new Routes({}, scriptedIo({}));
  for (const address of EACH.filter(({ network }) => network === "onion" || network === "i2p")) {
    const error = await assertRejects(
      () => routes.lead(address, ({ open }) => open(new Deadline(1000))),
      DialError,
      `no route to ${address.host}`,
    );
    assertEquals(error.code, "host_unreachable");
  }
});

Deno.test("Routes to a network without a way are lost from the start, and let peers in, so that they fail at once", () => {
  using routes = new Routes({}, scriptedIo({}));
  const lost = EACH.map(({ network }) => [network, routes.to(network).isLost, routes.to(network).hasRoom]);
  assertEquals(lost, EACH.map(({ network }) => [network, network !== "ipv4" && network !== "ipv6", true]));
});

Deno.test("Routes that are disposed of end the session with the bridge", async () => {
  const control = new ScriptedConnection(
    ascii("HELLO REPLY RESULT=OK VERSION=3.1\n"),
    ascii("SESSION STATUS RESULT=OK DESTINATION=AAAA\n"),
  );
  const routes = new Routes({ i2psam: BRIDGE }, scriptedIo({ connect: () => Promise.resolve(control) }));
  await routes.to("i2p").ready();
  assertEquals(control.closed, 0);
  routes[Symbol.dispose]();
  assertEquals(control.closed, 1);
});

Deno.test("Routes share onion services out among Tor's proxies", async () => {
  const ports: number[] = [];
  const io = scriptedIo({
    connect: ({ port }) => {
      ports.push(port);
      return Promise.resolve(new ScriptedConnection());
    },
  });
  using routes = new Routes({ onion: [TOR, OTHER_TOR] }, io);
  const [onion] = EACH.filter(({ network }) => network === "onion");
  await routes.to("onion").ready();
  for (let i = 0; i < 4; i++) {
    routes.lead(onion ?? NAME, async ({ open }) => {
      open(new Deadline(1000)).catch(() => {});
      await new Promise(() => {});
    });
  }
  await turns();
  assertEquals(ports, [2, 3, 2, 3]);
  assertEquals([routes.to("onion").limit, routes.to("ipv4").limit], [64, Infinity]);
});

Deno.test("Routes give a peer the time of its network, and what its connections need", async () => {
  const io = scriptedIo({});
  const settings = { proxy: PROXY, i2psam: BRIDGE };
  const given = async (timeout?: number) => {
    using routes = new Routes({ ...settings, timeout }, io);
    const led = EACH.map((address) => routes.lead(address, (route) => Promise.resolve(route)));
    return (await Promise.all(led)).map(({ address, timeout, isProxy }) => [formatAddress(address), timeout, isProxy]);
  };
  const times = [10_000, 10_000, 60_000, 120_000, 10_000, 10_000];
  const isProxied = [true, true, true, true, false, true];
  assertEquals(await given(), EACH.map((address, i) => [formatAddress(address), times[i], isProxied[i]]));
  assertEquals(await given(5), EACH.map((address, i) => [formatAddress(address), 5, isProxied[i]]));
});

Deno.test("Routes that lead over one proxy have one limit together", () => {
  using routes = new Routes({ proxy: PROXY, onion: [TOR] }, scriptedIo({}));
  assertEquals(routes.to("ipv4"), routes.to(null));
  assertEquals([routes.to("ipv4").limit, routes.to("onion").limit], [32, 32]);
  assertEquals(routes.to("ipv4") === routes.to("onion"), false);
});
