import { assertEquals } from "@std/assert";
import type { Network } from "../../src/address/network.ts";
import type { Ways } from "../../src/net/ways.ts";
import { PeerQueue } from "../../src/scan/peer_queue.ts";
import { turns } from "../support/scripted_io.ts";

interface Item {
  readonly network: Network | null;
  readonly text: string;
}

/** A way with so much room, which takes a while to be ready if it has to be made. */
function newWays(room: number, making: Promise<void> | null = null) {
  let left = making;
  making?.then(() => left = null);
  const ways = {
    limit: room,
    room,
    get hasRoom() {
      return this.room > 0;
    },
    ready: () => left,
  };
  return ways as unknown as Ways & { room: number };
}

/** A queue in which IPv4 and IPv6 go one way, and onion another. */
function newQueue(internet: Ways, tor: Ways) {
  let rooms = 0;
  const to = (network: Network | null) => network === "onion" ? tor : internet;
  const timeout = (network: Network | null) => network === "onion" ? 60_000 : 10_000;
  const queue = new PeerQueue<Item>({ to, timeout }, 100, () => rooms++);
  const push = (network: Network, ...texts: readonly string[]) =>
    texts.forEach((text) => queue.push({ network, text }));
  const takeAll = () => {
    let taken = "";
    for (let item; (item = queue.take()) !== undefined;) taken += item.text;
    return taken;
  };
  return { queue, push, takeAll, rooms: () => rooms };
}

Deno.test("PeerQueue serves the ways in turn, and each first come, first served", () => {
  const { queue, push, takeAll } = newQueue(newWays(9), newWays(9));
  push("ipv4", "a", "b");
  push("ipv6", "c");
  push("onion", "1", "2");
  assertEquals([queue.size, takeAll(), queue.size], [5, "a1b2c", 0]);
  assertEquals(queue.take(), undefined);
});

Deno.test("PeerQueue holds up no way for another that has no room", () => {
  const tor = newWays(0);
  const { queue, push, takeAll } = newQueue(newWays(9), tor);
  push("onion", "1", "2");
  push("ipv4", "a", "b");
  assertEquals([takeAll(), queue.size], ["ab", 2]);
  tor.room = 1;
  assertEquals([takeAll(), queue.size], ["12", 0]);
});

Deno.test("PeerQueue waits for a way that has to be made, and says when it is there", async () => {
  const making = Promise.withResolvers<void>();
  const { queue, push, takeAll, rooms } = newQueue(newWays(9), newWays(9, making.promise));
  push("onion", "1", "2");
  push("ipv4", "a");
  assertEquals([takeAll(), rooms(), queue.preparing], ["a", 0, true]);
  queue.clear();
  assertEquals(queue.preparing, false);
  push("onion", "1");
  assertEquals(queue.preparing, true);
  push("onion", "2");
  making.resolve();
  await turns();
  assertEquals([rooms(), queue.preparing, takeAll()], [1, false, "12"]);
});

Deno.test("PeerQueue forgets what waits when it is told to", () => {
  const { queue, push } = newQueue(newWays(9), newWays(9));
  push("onion", "1");
  push("ipv4", "a");
  queue.clear();
  assertEquals([queue.size, queue.take()], [0, undefined]);
});

Deno.test("PeerQueue says how long the slowest way takes, with what is in flight and what waits", () => {
  const { queue, push } = newQueue(newWays(9), newWays(2));
  assertEquals(queue.timeLeft(0), { milliseconds: 0, estimated: false });
  push("ipv4", "a");
  assertEquals(queue.timeLeft(0).milliseconds, 10_000);
  push("onion", "1", "2", "3");
  assertEquals(queue.timeLeft(0).milliseconds, 2 * 60_000);
  const item = queue.take();
  const other = queue.take();
  if (item === undefined || other === undefined) throw new Error("nothing waits");
  const started = [queue.start(item, 0), queue.start(other, 0)] as const;
  queue.end(item, 5, started[0]);
  queue.clear();
  assertEquals(queue.timeLeft(10_000).milliseconds, 50_000);
  queue.end(other, 10_000, started[1]);
  assertEquals(queue.timeLeft(10_000).milliseconds, 0);
});

Deno.test("PeerQueue tells the time of the slowest way in whatever order they came, and of the slowest network of each", () => {
  const { queue, push } = newQueue(newWays(9), newWays(9));
  push("onion", "1");
  push("ipv4", "a");
  assertEquals(queue.timeLeft(0).milliseconds, 60_000);
  const both = newWays(9);
  const timeout = (network: Network | null) => network === "onion" ? 60_000 : 10_000;
  const shared = new PeerQueue<Item>({ to: () => both, timeout }, 100, () => {});
  shared.push({ network: "ipv4", text: "a" });
  assertEquals(shared.timeLeft(0).milliseconds, 60_000);
});
