import { assert, assertEquals, assertGreaterOrEqual } from "@std/assert";
import { HOSTILE_PROXIES, type HostileProxy, startHostileProxy } from "../../src/sim.ts";
import { ascii, concat, hex } from "../support/bytes.ts";
import { RawClient } from "../support/raw_client.ts";

const titleOf = ({ protocol, name }: HostileProxy): string => `${protocol}: ${name}`;

const proxyNamed = (title: string): HostileProxy => {
  const proxy = HOSTILE_PROXIES.find((one) => titleOf(one) === title);
  assert(proxy !== undefined, `no proxy ${title}`);
  return proxy;
};

Deno.test("Every hostile proxy has a unique name, and a consistent expectation", () => {
  assertGreaterOrEqual(HOSTILE_PROXIES.length, 60);
  assertEquals(new Set(HOSTILE_PROXIES.map(titleOf)).size, HOSTILE_PROXIES.length);
  for (const proxy of HOSTILE_PROXIES) assertEquals(proxy.expected.error === null, proxy.expected.success, proxy.name);
});

Deno.test("A hostile proxy sends the bytes that its name tells of", async () => {
  const request = concat(hex("050100 05010003 01"), ascii("x"), hex("208d"));
  for (
    const [title, heard] of [
      ["socks5: replies 0xf0 for an onion name", hex("0500 05f00001 00000000 0000")],
      ["socks5: replies in version 4", hex("0500 04000001 00000000 0000")],
      ["socks5: wants as login none of those offered", hex("05ff")],
      ["socks5: ends its stream after byte 3 of its reply", hex("0500 050000")],
      ["socks5: replies 0x05, bound to a name", concat(hex("0500 05050003 0d"), ascii("proxy.invalid"), hex("0000"))],
      ["socks5: replies 0x05, bound to an IPv6 address", hex("0500 05050004 00000000000000000000000000000001 0000")],
    ] as const
  ) {
    await using running = await startHostileProxy(proxyNamed(title));
    using client = await RawClient.connect(running.address);
    await client.say(request);
    await client.finish();
    assertEquals(await client.rest(), heard, title);
  }
});

Deno.test("A hostile bridge answers wrong where its name says, and well elsewhere", async () => {
  await using running = await startHostileProxy(proxyNamed("sam: does not know the session at first"));
  using client = await RawClient.connect(running.address);
  await client.say("HELLO VERSION MIN=3.1 MAX=3.1\n");
  await client.hear("HELLO REPLY RESULT=OK VERSION=3.1\n");
  await client.say("STREAM CONNECT ID=a DESTINATION=AAAA\n");
  await client.hear("STREAM STATUS RESULT=INVALID_ID\n");
  await client.say("STREAM CONNECT ID=b DESTINATION=AAAA\n");
  await client.hear("STREAM STATUS RESULT=OK\n");
});
