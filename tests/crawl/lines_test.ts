import { assertEquals } from "@std/assert";
import type { Network } from "../../src/address/network.ts";
import { Lines } from "../../src/crawl/lines.ts";
import type { Way } from "../../src/net/route.ts";
import { Ways } from "../../src/net/ways.ts";
import { ONION } from "../support/overlays.ts";
import { until } from "../support/scripted_io.ts";

/** A way that is ready, and can lead to any number of peers, except for `fields`. */
const way = (fields: Partial<Way> = {}): Way => ({
  isProxy: false,
  limit: Infinity,
  isLost: false,
  ready: () => null,
  lead: () => () => Promise.reject(new Error("not dialled")),
  ...fields,
});

/** The lines to some networks, those of IP over one way and each other one over its own. */
function linesTo(networks: readonly Network[], { concurrency = undefined as number | undefined, others = way() } = {}) {
  const [ip, onion, i2p] = [new Ways(way()), new Ways(others), new Ways(way({ limit: 32 }))];
  const routes = { to: (network: Network | null) => network === "onion" ? onion : network === "i2p" ? i2p : ip };
  let readied = 0;
  const lines = new Lines(routes, { networks, concurrency, now: 0, random: () => 0, onReady: () => readied++ });
  const line = (network: Network) => {
    const found = [...lines].find(({ networks }) => networks.includes(network));
    if (found === undefined) throw new TypeError(`No line to ${network}`);
    return found;
  };
  return { lines, line, readied: () => readied };
}

Deno.test("Lines are one for each way, to the networks that are wanted", () => {
  const { lines } = linesTo(["ipv4", "ipv6", "onion", "cjdns"]);
  assertEquals(Array.from(lines, ({ networks, hasNames }) => [networks, hasNames]), [
    [["ipv4", "ipv6", "cjdns"], true],
    [["onion"], false],
  ]);
});

Deno.test("Lines have 1,024 peers in flight each, or as many as the way allows, or as are allowed in all", () => {
  const { line } = linesTo(["ipv4", "i2p"]);
  assertEquals([line("ipv4").limit, line("i2p").limit], [1024, 32]);
  const { lines, line: boundLine } = linesTo(["ipv4", "i2p"], { concurrency: 2 });
  assertEquals([boundLine("ipv4").limit, boundLine("i2p").limit], [2, 2]);
  lines.begin(boundLine("ipv4"));
  lines.begin(boundLine("i2p"));
  assertEquals([lines.inFlight, lines.hasRoom(boundLine("ipv4"))], [2, false]);
  lines.end(boundLine("i2p"));
  assertEquals([lines.inFlight, lines.hasRoom(boundLine("ipv4"))], [1, true]);
});

Deno.test("Lines have no room when as many are in flight as theirs allows, or its way has none, whatever the others have", () => {
  const { lines, line } = linesTo(["ipv4", "i2p"]);
  const hasRoom = () => [lines.hasRoom(line("ipv4")), lines.hasRoom(line("i2p"))];
  for (let i = 0; i < 31; i++) lines.begin(line("i2p"));
  assertEquals([...hasRoom(), line("i2p").inFlight], [true, true, 31]);
  lines.begin(line("i2p"));
  assertEquals([...hasRoom(), line("i2p").inFlight, line("ipv4").inFlight], [true, false, 32, 0]);
  lines.end(line("i2p"));
  assertEquals([...hasRoom(), line("i2p").inFlight], [true, true, 31]);
  const full = linesTo(["ipv4", "onion"], { others: way({ limit: 1 }) });
  // Somebody else is on the way.
  full.line("onion").ways.lead({ network: "onion", host: ONION, port: 1 }, 1, () => new Promise(() => {}));
  assertEquals([full.lines.hasRoom(full.line("ipv4")), full.lines.hasRoom(full.line("onion"))], [true, false]);
});

Deno.test("Lines are served in turn: the one served last comes last", () => {
  const { lines, line } = linesTo(["ipv4", "onion", "i2p"]);
  const order = () => Array.from(lines, ({ networks: [first] }) => first);
  assertEquals(order(), ["ipv4", "onion", "i2p"]);
  lines.begin(line("ipv4"));
  assertEquals(order(), ["onion", "i2p", "ipv4"]);
  lines.begin(line("i2p"));
  lines.begin(line("i2p"));
  assertEquals(order(), ["onion", "ipv4", "i2p"]);
});

Deno.test("Lines ask for a way once, when it is needed, and say when it is ready", async () => {
  const ready = Promise.withResolvers<void>();
  let asked = 0;
  const others = way({ ready: () => (asked++, ready.promise) });
  const { lines, line, readied } = linesTo(["ipv4", "onion"], { others });
  assertEquals([asked, lines.isReady(line("ipv4")), asked], [0, true, 0]);
  assertEquals(lines.preparing, false);
  assertEquals([lines.isReady(line("onion")), lines.isReady(line("onion")), asked], [false, false, 1]);
  assertEquals(lines.preparing, true);
  lines.begin(line("ipv4"));
  assertEquals(lines.preparing, false);
  ready.resolve();
  await until(() => readied() > 0);
  assertEquals([lines.isReady(line("onion")), readied(), asked], [true, 1, 1]);
});

Deno.test("Lines are lost with their way, and when they are cut off", () => {
  const { lines, line } = linesTo(["ipv4", "onion"], { others: way({ isLost: true }) });
  assertEquals([lines.isLost(line("ipv4")), lines.isLost(line("onion"))], [false, true]);
  line("ipv4").isCutOff = true;
  assertEquals(lines.isLost(line("ipv4")), true);
});
