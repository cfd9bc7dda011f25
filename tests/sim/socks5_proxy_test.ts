import { assertEquals, assertThrows } from "@std/assert";
import { denoIo, recordOf, scan } from "../../src/mod.ts";
import { echoScript, nodeScript, SimulatedPeer, SimulatedSocks5Proxy } from "../../src/sim.ts";
import type { Io } from "../../src/net/io.ts";
import { ascii, concat, hex } from "../support/bytes.ts";
import { RawClient } from "../support/raw_client.ts";

const ONION = "pg6mmjiyjmcrsslvykfwnntlaru7p5svn6y2ymmju6nubxndf4pscryd.onion";
const PORT = hex("208d");

/** A request for a name, with port 8333. */
const named = (name: string): Uint8Array => concat(hex("05010003"), Uint8Array.of(name.length), ascii(name), PORT);

const GREETING = hex("05020002");
const GRANTED = hex("05000001 00000000 0000");

/** A login of RFC 1929. */
const login = (user: string, password: string): Uint8Array =>
  concat(Uint8Array.of(1, user.length), ascii(user), Uint8Array.of(password.length), ascii(password));

Deno.test("The proxy leads to what each kind of address stands for, and records what it was asked", async () => {
  await using peer = new SimulatedPeer(echoScript);
  const names = [`${ONION}:8333`, "node.example:8333", "192.0.2.1:8333", "[2001:db8::1]:8333"];
  await using proxy = new SimulatedSocks5Proxy({ targets: new Map(names.map((name) => [name, peer.target])) });
  const requests = [
    named(ONION),
    named("node.example"),
    concat(hex("05010001 c0000201"), PORT),
    concat(hex("05010004 20010db8000000000000000000000001"), PORT),
  ];
  for (const [i, request] of requests.entries()) {
    using client = await RawClient.connect(proxy.address);
    await client.say(GREETING);
    await client.hear(hex("0502"));
    await client.say(login(`user ${i}`, "secret"));
    await client.hear(hex("0100"));
    await client.say(request);
    await client.hear(GRANTED);
    await client.say("there and back");
    await client.finish();
    assertEquals(await client.rest(), ascii("there and back"));
  }
  assertEquals(proxy.requests, [
    { type: "name", host: ONION, port: 8333, login: { user: "user 0", password: "secret" } },
    { type: "name", host: "node.example", port: 8333, login: { user: "user 1", password: "secret" } },
    { type: "ipv4", host: "192.0.2.1", port: 8333, login: { user: "user 2", password: "secret" } },
    { type: "ipv6", host: "2001:db8::1", port: 8333, login: { user: "user 3", password: "secret" } },
  ]);
});

Deno.test("The proxy takes everything at once, and passes on what follows the request", async () => {
  await using peer = new SimulatedPeer(echoScript);
  await using proxy = new SimulatedSocks5Proxy({
    targets: new Map([["node.example:8333", peer.target]]),
    login: "none",
  });
  using client = await RawClient.connect(proxy.address);
  await client.say(concat(GREETING, named("node.example"), ascii("too early")));
  await client.hear(concat(hex("0500"), GRANTED, ascii("too early")));
  assertEquals(proxy.requests[0]?.login, null);
});

Deno.test("The proxy without a login of its own takes a client that has none", async () => {
  await using proxy = new SimulatedSocks5Proxy({ targets: new Map() });
  using client = await RawClient.connect(proxy.address);
  await client.say(hex("050100"));
  await client.hear(hex("0500"));
});

Deno.test("The proxy has no method in common with a client that offers none that it knows", async () => {
  for (const [login, greeting] of [["any", "0501 01"], ["any", "0500"], ["none", "0502 0102"]] as const) {
    await using proxy = new SimulatedSocks5Proxy({ targets: new Map(), login });
    using client = await RawClient.connect(proxy.address);
    await client.say(hex(greeting));
    assertEquals(await client.rest(), hex("05ff"));
  }
});

Deno.test("The proxy with a login refuses any other, and a client that has none", async () => {
  await using proxy = new SimulatedSocks5Proxy({ targets: new Map(), login: { user: "alice", password: "secret" } });
  for (
    const [said, heard] of [
      [hex("050100"), hex("05ff")],
      [concat(GREETING, login("alice", "wrong")), hex("0502 0101")],
      [concat(GREETING, login("bob", "secret")), hex("0502 0101")],
      [concat(GREETING, login("alice", "secret"), named("node.example")), hex("0502 0100 05040001 00000000 0000")],
    ] as const
  ) {
    using client = await RawClient.connect(proxy.address);
    await client.say(said);
    assertEquals(await client.rest(), heard);
  }
});

Deno.test("The proxy says why it leads nowhere", async () => {
  const gone = new SimulatedPeer(echoScript);
  await gone.close();
  await using proxy = new SimulatedSocks5Proxy({
    // No connection can be made to the broadcast address, and nothing is sent there.
    targets: new Map([["gone.example:8333", gone.target], ["far.example:8333", "255.255.255.255:1"]]),
    login: "none",
  });
  for (
    const [name, code] of [
      [ONION, "f0"],
      ["node.example", "04"],
      ["gone.example", "05"],
      ["far.example", "01"],
    ] as const
  ) {
    using client = await RawClient.connect(proxy.address);
    await client.say(concat(GREETING, named(name)));
    assertEquals(await client.rest(), concat(hex("0500"), hex(`05${code}0001 00000000 0000`)), name);
  }
});

Deno.test("The proxy closes without an answer when it is asked something else", async () => {
  await using proxy = new SimulatedSocks5Proxy({ targets: new Map(), login: "none" });
  for (
    const [said, heard] of [
      [hex("0401"), ""],
      [hex("050100 0402000100000000 0000"), "0500"],
      [hex("050100 05020001 00000000 0000"), "0500"],
      [hex("050100 05010101 00000000 0000"), "0500"],
      [hex("050100 05010002 00000000 0000"), "0500"],
    ] as const
  ) {
    using client = await RawClient.connect(proxy.address);
    await client.say(said);
    await client.finish();
    assertEquals(await client.rest(), hex(heard));
  }
  assertEquals(proxy.requests, []);
});

Deno.test("The proxy ends the client's stream when the peer ends its own, and all streams when it shuts down", async () => {
  await using ending = new SimulatedPeer((link) => link.finish());
  await using waiting = new SimulatedPeer(echoScript);
  const proxy = new SimulatedSocks5Proxy({
    targets: new Map([["ending.example:8333", ending.target], ["waiting.example:8333", waiting.target]]),
    login: "none",
  });
  using first = await RawClient.connect(proxy.address);
  await first.say(concat(GREETING, named("ending.example")));
  assertEquals(await first.rest(), concat(hex("0500"), GRANTED));
  using second = await RawClient.connect(proxy.address);
  await second.say(concat(GREETING, named("waiting.example")));
  await second.hear(concat(hex("0500"), GRANTED));
  await proxy[Symbol.asyncDispose]();
  assertEquals(await second.rest(), new Uint8Array());
});

Deno.test("The proxy refuses targets that it could never lead to", () => {
  for (
    const [name, address] of [["node.example", "127.0.0.1:1"], ["node.example:1", "127.0.0.1"], ["a:1", "b:1"]] as const
  ) {
    assertThrows(() => new SimulatedSocks5Proxy({ targets: new Map([[name, address]]) }), RangeError, name);
  }
});

/** An environment without name servers, in which this proxy alone can be dialled. */
function ioOf(proxy: SimulatedSocks5Proxy): Io {
  return {
    ...denoIo,
    resolve: () => Promise.reject(new Error("a name was resolved")),
    connect: (to, signal) => {
      if (to.port !== proxy.address.port) return Promise.reject(new Error(`${to.host} was dialled`));
      return denoIo.connect(to, signal);
    },
  };
}

Deno.test("A scan through the proxy hands over every name unresolved, and each peer has a login of its own", async () => {
  await using peer = new SimulatedPeer(nodeScript({ negotiation: [] }));
  const names = [`${ONION}:8333`, "node.example:8333", "192.0.2.1:8333", "[2001:db8::1]:8333"];
  await using proxy = new SimulatedSocks5Proxy({ targets: new Map(names.map((name) => [name, peer.target])) });
  const { host, port } = proxy.address;
  const succeeded: string[] = [];
  for await (const result of scan(names, { proxy: { host, port }, io: ioOf(proxy), transport: "auto" })) {
    const record = recordOf(result);
    if (record.type === "peer" && record.success) succeeded.push(record.addr);
  }
  assertEquals(succeeded.toSorted(), names.toSorted());
  assertEquals(proxy.requests.map(({ type }) => type).toSorted(), ["ipv4", "ipv6", "name", "name"]);
  assertEquals(new Set(proxy.requests.map(({ login }) => login?.user)).size, names.length);
  assertEquals(new Set(proxy.requests.map(({ login }) => login?.password)).size, names.length);
});

Deno.test("Both connections to a peer that speaks v1 alone have the same login", async () => {
  await using peer = new SimulatedPeer(nodeScript({ transport: "v1" }));
  await using proxy = new SimulatedSocks5Proxy({ targets: new Map([[`${ONION}:8333`, peer.target]]) });
  const { host, port } = proxy.address;
  const records = await Array.fromAsync(
    scan([`${ONION}:8333`], { onion: [{ host, port }], io: ioOf(proxy), transport: "auto" }),
    recordOf,
  );
  assertEquals(records.map((record) => record.type === "peer" && record.success), [true, false]);
  const [first, second] = proxy.requests;
  assertEquals(proxy.requests.length, 2);
  assertEquals(second, first);
});

Deno.test("A login that is given is what the proxy gets", async () => {
  await using peer = new SimulatedPeer(nodeScript());
  const login = { user: "alice", password: "secret" };
  await using proxy = new SimulatedSocks5Proxy({ targets: new Map([[`${ONION}:8333`, peer.target]]), login });
  const { host, port } = proxy.address;
  const records = await Array.fromAsync(
    scan([`${ONION}:8333`], { onion: [{ host, port, login }], io: ioOf(proxy) }),
    recordOf,
  );
  assertEquals(records[0]?.type === "peer" && records[0].success, true);
  assertEquals(proxy.requests[0]?.login, login);
});
