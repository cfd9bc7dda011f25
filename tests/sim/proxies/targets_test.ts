import { assertEquals, assertThrows } from "@std/assert";
import { LinkReader } from "../../../src/sim/proxies/link_reader.ts";
import { parseTargets, relay } from "../../../src/sim/proxies/targets.ts";
import { PeerLink } from "../../../src/sim.ts";
import { systemClock } from "../../../src/net/io.ts";
import { concat } from "../../support/bytes.ts";
import { RawClient } from "../../support/raw_client.ts";

Deno.test("parseTargets() takes hosts with ports, each with an IP address and a port", () => {
  assertEquals(
    parseTargets(new Map([["node.example:8333", "127.0.0.1:1"], ["[2001:db8::1]:0", "[::1]:2"]])),
    new Map([
      ["node.example:8333", { network: "ipv4", host: "127.0.0.1", port: 1 }],
      ["[2001:db8::1]:0", { network: "ipv6", host: "::1", port: 2 }],
    ]),
  );
});

Deno.test("parseTargets() refuses a host without a port, and anything but an IP address and a port", () => {
  const onion = "pg6mmjiyjmcrsslvykfwnntlaru7p5svn6y2ymmju6nubxndf4pscryd.onion:8333";
  for (
    const [name, text, message] of [
      ["node.example", "127.0.0.1:1", "Invalid target: expected a host and a port, got node.example"],
      ["node.example:1x", "127.0.0.1:1", "Invalid target: expected a host and a port, got node.example:1x"],
      ["a:1", "127.0.0.1", "Invalid address of target a:1: expected an IP address and a port, got 127.0.0.1"],
      ["a:1", "b:1", "Invalid address of target a:1: expected an IP address and a port, got b:1"],
      ["a:1", onion, `Invalid address of target a:1: expected an IP address and a port, got ${onion}`],
    ] as const
  ) {
    assertThrows(() => parseTargets(new Map([[name, text]])), RangeError, message);
  }
});

/** Two ends of a connection. */
async function pair(): Promise<readonly [RawClient, Deno.TcpConn]> {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { hostname, port } = listener.addr;
  const client = RawClient.connect({ network: "ipv4", host: hostname, port });
  return [await client, await listener.accept()];
}

Deno.test("relay() forwards both ways as much as comes, and ends each stream when the other end has ended its own", async () => {
  const [near, nearConnection] = await pair();
  const [far, farConnection] = await pair();
  using client = near;
  using peer = far;
  using accepted = nearConnection;
  using dialled = farConnection;
  const link = new PeerLink(accepted, systemClock, new AbortController().signal);
  const reader = new LinkReader(link);
  const there = Uint8Array.from({ length: 300_000 }, (_, i) => i % 251);
  const back = Uint8Array.from({ length: 200_000 }, (_, i) => i % 241);
  let isOver = false;
  // What the client sent before belongs to the stream too.
  await client.say(concat(Uint8Array.of(0), there.subarray(0, 9)));
  await reader.take(1);
  const relaying = relay(link, reader, dialled).then(() => isOver = true);
  const sent = client.say(there.subarray(9)).then(() => client.finish());
  assertEquals(await peer.rest(), there);
  await sent;
  assertEquals(isOver, false);
  const answered = peer.say(back).then(() => peer.finish());
  assertEquals(await client.rest(), back);
  await Promise.all([answered, relaying]);
});
