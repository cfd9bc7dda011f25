import { assertEquals, assertRejects } from "@std/assert";
import type { Part } from "../../../src/sim/hostile/parts.ts";
import { raw } from "../../../src/sim/hostile/parts.ts";
import {
  fails,
  finish,
  hear,
  type Heard,
  pause,
  peer,
  say,
  sayCutAt,
  sayForever,
  sayInPieces,
  script,
  scriptOn,
  scriptThatCloses,
  scriptThatResets,
  type Step,
  succeeds,
  succeedsWithoutVerack,
} from "../../../src/sim/hostile/steps.ts";
import { CHAINS, MAINNET } from "../../../src/wire/chains.ts";
import { concat, hex } from "../../support/bytes.ts";
import { frame, versionFrame } from "../../support/raw.ts";
import { type ReadStep, until } from "../../support/scripted_io.ts";
import { scriptedLink } from "../../support/scripted_link.ts";

const OTHER = CHAINS.find((chain) => chain !== MAINNET) ?? MAINNET;

/** Takes steps on a scripted connection; `isOver` says whether they are done. */
function taking(steps: readonly Step[], ...reads: readonly ReadStep[]) {
  const scripted = scriptedLink(...reads);
  const talk = { ...scripted, isOver: false };
  const running = scriptThatCloses(...steps)(scripted.link).then(() => talk.isOver = true);
  return Object.assign(talk, { running });
}

Deno.test("An expected record says what must come of the handshake, and what else is given", () => {
  const rest = { version: 1 };
  assertEquals(succeeds(["a"], rest), { success: true, verack: true, error: null, messages: ["a"], version: 1 });
  assertEquals(succeedsWithoutVerack(["a"], rest), {
    success: true,
    verack: false,
    error: null,
    messages: ["a"],
    version: 1,
  });
  const error = { code: "timeout", phase: "verack" } as const;
  assertEquals(fails("timeout", "verack", rest), { success: false, verack: false, error, version: 1 });
});

Deno.test("say() sends its parts in one write, and makes one that comes twice only once, with the time", async () => {
  const times: bigint[] = [];
  const part: Part = (now) => (times.push(now), Promise.resolve(Uint8Array.of(times.length)));
  const { connection, running } = taking([say(part, raw("ab"), part), say(part)]);
  await running;
  assertEquals(connection.done, ["01616201", "02"]);
  assertEquals(times, [1_700_000_000n, 1_700_000_000n]);
});

Deno.test("sayInPieces() sends pieces with a pause between them", async () => {
  const { connection, clock, running } = taking([sayInPieces(3, 5, raw("ab"), raw("cde"))]);
  await until(() => clock.timers === 1);
  assertEquals(connection.done.slice(1), ["616263"]);
  clock.advance(5);
  await running;
  assertEquals(connection.done.slice(1), ["616263", "6465"]);
});

Deno.test("sayCutAt() sends two pieces with a moment between them", async () => {
  const { connection, clock, running } = taking([sayCutAt(1, raw("ab"), raw("c"))]);
  await until(() => clock.timers === 1);
  assertEquals(connection.done, ["61"]);
  clock.advance(1000);
  await running;
  assertEquals(connection.done, ["61", "6263"]);
});

Deno.test("sayForever() says the same again after each pause, until the connection is closed", async () => {
  const { connection, clock, running } = taking([sayForever(50, raw("ab"))]);
  for (let i = 1; i <= 3; i++) {
    await until(() => clock.timers === 1);
    assertEquals(connection.done.length, i);
    clock.advance(49);
    assertEquals(clock.timers, 1);
    clock.advance(1);
  }
  assertEquals(new Set(connection.done), new Set(["6162"]));
  connection.writeError = new Deno.errors.BrokenPipe();
  await assertRejects(() => running, Deno.errors.BrokenPipe);
});

Deno.test("pause() waits for as long as it is told to", async () => {
  const talk = taking([pause(70), say(raw("a"))]);
  await until(() => talk.clock.timers === 1);
  talk.clock.advance(69);
  assertEquals(talk.clock.timers, 1);
  talk.clock.advance(1);
  await talk.running;
  assertEquals(talk.connection.done, ["61"]);
});

const NONCE = hex("0700000000000000");

Deno.test("hear() waits for these messages, and gives up when another one comes or none", async () => {
  const [version, verack] = [await versionFrame(), await frame("verack")];
  const pong = await frame("pong", NONCE);
  const heard: Heard[] = ["version", "verack", { pong: 7n }];
  const cases: [heard: readonly Heard[], reads: readonly Uint8Array[], isRight: boolean][] = [
    [heard, [version, verack, pong], true],
    [heard, [concat(version, verack), pong.subarray(0, 9), pong.subarray(9)], true],
    [heard, [verack, version, pong], false],
    [heard, [version, verack, await frame("ping", NONCE)], false],
    [heard, [version, verack, await frame("pong", hex("0800000000000000"))], false],
    [heard, [version, verack], false],
    [["version"], [], false],
    [["getaddr"], [await frame("sendaddrv2")], false],
    [["getaddr", "sendaddrv2"], [await frame("getaddr"), await frame("sendaddrv2")], true],
  ];
  for (const [wanted, reads, isRight] of cases) {
    const { connection, running } = taking([hear(...wanted), say(raw("a"))], ...reads, "end");
    if (isRight) await running;
    else await assertRejects(() => running, Deno.errors.InvalidData, "the initiator sent something else");
    assertEquals(connection.done, isRight ? ["61"] : []);
  }
});

Deno.test("hear() takes up where it stopped", async () => {
  const both = concat(await versionFrame(), await frame("verack"));
  const { connection, running } = taking([hear("version"), say(raw("a")), hear("verack"), say(raw("b"))], both, "end");
  await running;
  assertEquals(connection.done, ["61", "62"]);
});

Deno.test("scriptOn() hears the messages of its chain", async () => {
  const { link, connection } = scriptedLink(await frame("verack", undefined, { chain: OTHER }), "end");
  await scriptOn(OTHER, hear("verack"), say(raw("a")))(link);
  assertEquals(connection.done, ["61"]);
});

Deno.test("A script waits for the initiator to close at its end, closes, or resets", async () => {
  const rest: readonly ReadStep[] = [Uint8Array.of(1), "end"];
  const waiting = scriptedLink(...rest);
  await script(say(raw("a")), finish)(waiting.link);
  assertEquals([waiting.connection.done, waiting.connection.used], [["61", "closeWrite"], true]);

  const closing = scriptedLink(...rest);
  await scriptThatCloses(say(raw("a")))(closing.link);
  assertEquals([closing.connection.done, closing.connection.used], [["61"], false]);

  const resetting = scriptedLink(...rest);
  const { done } = resetting.connection;
  Object.assign(resetting.connection, { reset: () => done.push("reset") });
  await scriptThatResets(say(raw("a")))(resetting.link);
  assertEquals([done, resetting.connection.used], [["61", "reset"], false]);

  const spoken = scriptedLink(...rest);
  const { name, expected, script: itsScript } = peer("says a and b", [raw("a"), raw("b")], fails("timeout", "version"));
  await itsScript(spoken.link);
  assertEquals([name, expected], ["says a and b", fails("timeout", "version")]);
  assertEquals([spoken.connection.done, spoken.connection.used], [["6162"], true]);
});
