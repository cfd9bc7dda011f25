import { assertEquals, assertMatch } from "@std/assert";
import { ipAddress } from "../../src/address/address.ts";
import { Deadline } from "../../src/net/deadline.ts";
import { type Socks5Proxy, SocksProxy } from "../../src/net/socks_proxy.ts";
import { hex } from "../support/bytes.ts";
import { osError, ScriptedConnection, scriptedIo } from "../support/scripted_io.ts";

const PEER = ipAddress("192.0.2.7", 8333);
const PROXY: Socks5Proxy = { host: "127.0.0.1", port: 9050 };

/** The logins that a proxy is given by the connections of peers; each peer makes so many. */
async function logins(proxy: Socks5Proxy, ...connectionsOfPeers: readonly number[]): Promise<string[][]> {
  const connections: ScriptedConnection[] = [];
  const io = scriptedIo({
    connect: () => {
      const connection = new ScriptedConnection(hex("0502"), hex("0100"), hex("05000001 00000000 0000"));
      connections.push(connection);
      return Promise.resolve(connection);
    },
  });
  const way = new SocksProxy(proxy, io, () => {});
  const all: string[][] = [];
  for (const count of connectionsOfPeers) {
    const open = way.lead(PEER);
    for (let i = 0; i < count; i++) await open(new Deadline(1000));
    all.push(connections.splice(0).map(({ written }) => loginIn(Uint8Array.from(written))));
  }
  return all;
}

/** Name and password, which follow the four bytes of the greeting. */
function loginIn(written: Uint8Array): string {
  const length = written[5] ?? 0;
  const text = (start: number, length: number) => new TextDecoder().decode(written.subarray(start, start + length));
  return `${text(6, length)}:${text(7 + length, written[6 + length] ?? 0)}`;
}

Deno.test("SocksProxy gives each peer a random login, the same for all of its connections", async () => {
  const [[a, b], [c], [d]] = await logins(PROXY, 2, 1, 1) as [[string, string], [string], [string]];
  assertEquals(a, b);
  assertEquals(new Set([a, c, d]).size, 3);
  for (const login of [a, c, d]) assertMatch(login, /^[0-9a-f]{16}:[0-9a-f]{16}$/);
});

Deno.test("SocksProxy has a login of its own when it is given one", async () => {
  const login = { user: "alice", password: "secret" };
  assertEquals(await logins({ ...PROXY, login }, 1, 1), [["alice:secret"], ["alice:secret"]]);
});

Deno.test("SocksProxy is a proxy with a limit, and lost when nobody listens", async () => {
  const warnings: string[] = [];
  const io = scriptedIo({ connect: () => Promise.reject(osError("ECONNREFUSED")) });
  const way = new SocksProxy(PROXY, io, (warning) => warnings.push(warning));
  assertEquals([way.isProxy, way.limit, way.ready(), way.isLost], [true, 32, null, false]);
  await way.lead(PEER)(new Deadline(1000)).catch(() => {});
  assertEquals([way.isLost, warnings.length], [true, 1]);
});
