import { assert, assertEquals, assertNotEquals, assertRejects } from "@std/assert";
import { startDns } from "../support/dns.ts";
import { replaced } from "../support/replaced.ts";

Deno.test("DnsServer listens on a free port by default", async () => {
  await using first = await startDns({});
  await using second = await startDns({});
  assertNotEquals(first.address.port, second.address.port);
});

/** A UDP socket on a free port of 127.0.0.1, and that port. */
async function udpSocket(): Promise<AsyncDisposable & { readonly port: number }> {
  const { createSocket } = await import("node:dgram");
  const socket = createSocket("udp4");
  await new Promise<void>((resolve) => socket.bind(0, "127.0.0.1", resolve));
  const { port } = socket.address();
  const close = () => new Promise<void>((resolve) => socket.close(() => resolve()));
  if (isFreeForTcp(port)) return { port, [Symbol.asyncDispose]: close };
  await close();
  return await udpSocket();
}

/** Another program may have a connection on this port. */
function isFreeForTcp(port: number): boolean {
  try {
    Deno.listen({ hostname: "127.0.0.1", port }).close();
    return true;
  } catch {
    return false;
  }
}

Deno.test("DnsServer.start() throws AddrInUse, and leaves nothing open, when TCP or UDP has the port", async () => {
  await using server = await startDns({});
  await assertRejects(() => startDns({}, { port: server.address.port }), Deno.errors.AddrInUse);
  await using socket = await udpSocket();
  const { port } = socket;
  await assertRejects(() => startDns({}, { port }), Deno.errors.AddrInUse);
  Deno.listen({ hostname: "127.0.0.1", port }).close();
});

Deno.test("DnsServer.start() tries another port when UDP has the one that it was given, some times", async () => {
  await using socket = await udpSocket();
  const { listen } = Deno;
  for (const [taken, isFound] of [[2, true], [Infinity, false]] as const) {
    let tried = 0;
    using _ = replaced<{ listen: unknown }>(Deno, {
      listen: (options: Deno.TcpListenOptions) => {
        assertEquals(options.port, 0);
        assert(tried < 100);
        return listen(tried++ < taken ? { ...options, port: socket.port } : options);
      },
    });
    if (isFound) await (await startDns({})).close();
    else await assertRejects(() => startDns({}), Deno.errors.AddrInUse);
    assert(tried > 2);
  }
});

Deno.test("DnsServer.start() refuses invalid addresses, and those of the other family", async () => {
  for (const entry of [{ a: ["::1"] }, { aaaa: ["127.0.0.1"] }, { a: ["127.0.0.256"] }, { aaaa: ["seed.example"] }]) {
    await assertRejects(() => startDns({ "seed.example": entry }), TypeError, "Cannot use");
  }
});
