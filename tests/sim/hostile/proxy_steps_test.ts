import { assertEquals } from "@std/assert";
import {
  answering,
  atFirst,
  bePeer,
  CONNECTED,
  granted,
  hearGreeting,
  hearLogin,
  hearRequest,
  type HostileProxy,
  LOGIN,
  NO_LOGIN,
  sam,
  slow,
  socks5,
  socks5ThatResets,
  stopped,
  STREAM,
  TARGETS,
  UP_TO_REQUEST,
} from "../../../src/sim/hostile/proxy_steps.ts";
import { say } from "../../../src/sim/hostile/steps.ts";
import { ascii, hex } from "../../support/bytes.ts";
import { scriptedLink } from "../../support/scripted_link.ts";
import { messageTypesIn } from "../../support/v1.ts";

const REQUEST = hex("05010003 01 78 208d");

/** What a proxy says and does to a client that says this and ends its stream; and whether it reads to that end. */
async function saidBy(script: ReturnType<HostileProxy["script"]>, ...said: readonly Uint8Array[]) {
  const { link, connection } = scriptedLink(...said, "end");
  Object.assign(connection, { reset: () => connection.done.push("reset") });
  await script(link).catch(() => {});
  return { done: connection.done, reads: connection.used };
}

/** The types of the messages in what was sent, after so many bytes. */
function messagesIn(done: readonly string[], after: number): string[] {
  return messageTypesIn(hex(done.join("")).subarray(after));
}

Deno.test("A hostile proxy says what it expects of a handshake", () => {
  assertEquals(CONNECTED, { success: true, error: null });
  assertEquals(stopped("timeout"), { success: false, error: { code: "timeout", phase: "proxy" } });
  assertEquals(stopped("timeout", "version"), { success: false, error: { code: "timeout", phase: "version" } });
});

Deno.test("socks5() takes its steps, and waits for us to close; socks5ThatResets() resets instead", async () => {
  const steps = [...UP_TO_REQUEST, say(granted())];
  const said = [hex("050100"), REQUEST, Uint8Array.of(1)];
  const expected = { name: "x", protocol: "socks5", target: TARGETS.onion, expected: CONNECTED } as const;
  const { script, ...rest } = socks5("x", steps, CONNECTED);
  assertEquals(await saidBy(script(), ...said), { done: ["0500", "05000001000000000000"], reads: true });
  assertEquals<unknown>(rest, expected);
  assertEquals(socks5("x", steps, CONNECTED, TARGETS.name).target, TARGETS.name);
  const { script: resetting, ...others } = socks5ThatResets("x", steps, CONNECTED);
  const done = ["0500", "05000001000000000000", "reset"];
  assertEquals((await saidBy(resetting(), ...said)).done, done);
  assertEquals<unknown>(others, { ...expected, resets: true });
  assertEquals(slow(socks5("x", steps, CONNECTED)).isSlow, true);
});

Deno.test("A SOCKS5 proxy can ask for a login, say to what it is bound, and act as the peer", async () => {
  const steps = [hearGreeting, say(LOGIN), hearLogin, hearRequest, say(NO_LOGIN, granted("a")), bePeer];
  const { done } = await saidBy(socks5("x", steps, CONNECTED).script(), hex("0502000201 0161 0162"), REQUEST);
  assertEquals(done.slice(0, 2), ["0502", "0500 05000003 01 61 0000".replaceAll(" ", "")]);
  assertEquals(messagesIn(done.slice(2), 0), ["version", "verack"]);
});

const COMMANDS = [
  "HELLO VERSION MIN=3.1 MAX=3.1\n",
  "SESSION CREATE STYLE=STREAM ID=a DESTINATION=TRANSIENT\n",
  "NAMING LOOKUP NAME=x.b32.i2p\n",
  "STREAM CONNECT ID=a DESTINATION=b\n",
].map(ascii);

/** The lines of a bridge, without what comes after a destination's first characters. */
const linesOf = (done: readonly string[]): string[] =>
  done.map((text) => new TextDecoder().decode(hex(text)).replace(/(=.{4})[\w~-]+==\n/, "$1"));

Deno.test("sam() is a bridge that is well-behaved except for its answers, with a peer at the end", async () => {
  const { script, ...rest } = sam("x", {}, CONNECTED);
  assertEquals<unknown>(rest, { name: "x", protocol: "sam", target: TARGETS.i2p, expected: CONNECTED });
  const { done } = await saidBy(script(), ...COMMANDS);
  assertEquals(linesOf(done.slice(0, 4)), [
    "HELLO REPLY RESULT=OK VERSION=3.1\n",
    "SESSION STATUS RESULT=OK DESTINATION=dXMA",
    "NAMING REPLY RESULT=OK NAME=x.b32.i2p VALUE=dGhl",
    "STREAM STATUS RESULT=OK\n",
  ]);
  assertEquals(messagesIn(done.slice(4), 0), ["version", "verack"]);
  const other = sam("x", { [STREAM]: answering("NO") }, stopped("timeout"));
  assertEquals(linesOf((await saidBy(other.script(), ...COMMANDS)).done.slice(3)), ["NO\n"]);
});

Deno.test("atFirst() answers once, and then as usual, anew for each bridge that is started", async () => {
  const proxy = sam("x", () => ({ [STREAM]: atFirst(STREAM, answering("NO")) }), CONNECTED);
  for (let i = 0; i < 2; i++) {
    const stream = COMMANDS.slice(3);
    const { done } = await saidBy(proxy.script(), ...stream, ...stream);
    assertEquals(linesOf(done.slice(0, 2)), ["NO\n", "STREAM STATUS RESULT=OK\n"]);
    assertEquals(messagesIn(done.slice(2), 0), ["version", "verack"]);
  }
  const unusual = atFirst("NO SUCH", answering("NO"));
  const { done } = await saidBy(sam("x", { "NO SUCH": unusual }, CONNECTED).script(), ascii("NO SUCH\nNO SUCH\n"));
  assertEquals(linesOf(done), ["NO\n", "NO\n"]);
});
