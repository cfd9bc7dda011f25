import { assert, assertEquals } from "@std/assert";
import type { HostileProxy } from "../../../src/sim/hostile/proxy_steps.ts";
import { TURNING_PROXIES } from "../../../src/sim/hostile/turning.ts";
import type { PeerScript } from "../../../src/sim/peer.ts";
import { ascii, hex } from "../../support/bytes.ts";
import { scriptedLink } from "../../support/scripted_link.ts";

function proxyNamed(protocol: HostileProxy["protocol"], name: string): HostileProxy {
  const proxy = TURNING_PROXIES.find((one) => one.protocol === protocol && one.name === `${name}, after 3 handshakes`);
  assert(proxy !== undefined);
  return proxy;
}

/** What a proxy sends to a client that says this and ends its stream. */
async function sentBy(script: PeerScript, said: Uint8Array): Promise<string> {
  const { link, connection } = scriptedLink(said, "end");
  await script(link).catch(() => {});
  return Uint8Array.from(connection.written).toHex();
}

Deno.test("A SOCKS5 proxy that turns hostile does so with the fourth connection, each time that it is started", async () => {
  const { script, served } = proxyNamed("socks5", "replies 0x05");
  assertEquals(served, 3);
  for (let i = 0; i < 2; i++) {
    const started = script();
    const sent: string[] = [];
    for (let i = 0; i < 5; i++) sent.push(await sentBy(started, hex("050100 05010003 01 78 208d")));
    const granted = sent.map((bytes) => bytes.startsWith("050005000001000000000000f9beb4d9"));
    assertEquals(granted, [true, true, true, false, false]);
    assertEquals(new Set(sent.slice(3)), new Set(["050005050001000000000000"]));
  }
});

Deno.test("A SAM bridge that turns hostile does so with the fifth connection: the first one is its session's", async () => {
  const { script, served } = proxyNamed("sam", "closes at HELLO");
  assertEquals(served, 3);
  const started = script();
  const sent: string[] = [];
  for (let i = 0; i < 6; i++) sent.push(await sentBy(started, ascii("HELLO VERSION MIN=3.1 MAX=3.1\n")));
  const reply = ascii("HELLO REPLY RESULT=OK VERSION=3.1\n").toHex();
  assertEquals(sent, [reply, reply, reply, reply, "", ""]);
});
