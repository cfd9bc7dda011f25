import { assert, assertEquals, assertMatch } from "@std/assert";
import { SimulatedPeer } from "../../src/sim/peer.ts";
import { nodeScript, silentScript } from "../../src/sim/scripts.ts";
import { asking, startDns } from "../support/dns.ts";
import { HAS_TERMINAL, onTerminal } from "../support/terminal.ts";

const CLEAR = "\r\x1b[K";
// deno-lint-ignore no-control-regex
const COLOR = /\x1b\[[0-9;]*m/g;

const ignore = !HAS_TERMINAL;

Deno.test(
  "On a terminal a progress line is shown, rewritten in place, and cleared at the end",
  { ignore },
  async () => {
    await using mute = new SimulatedPeer(silentScript);
    const shown = await onTerminal(["-t", "0.8", mute.target]);
    assertMatch(shown, /0\/1 done, 0 succeeded, 0 failed, 1 in flight, at most \d+\.\d s left/);
    const [, afterProgress = ""] = /^[^]*in flight[^\r]*([^]*)$/.exec(shown) ?? [];
    assert(afterProgress.startsWith(CLEAR), JSON.stringify(afterProgress));
    assertMatch(afterProgress, /Handshake Failure Count: 1\r\n$/);
  },
);

Deno.test(
  "On a terminal a crawl says what it knows, what is reachable, and what is left to dial",
  { ignore },
  async () => {
    await using mute = new SimulatedPeer(silentScript);
    const shown = await onTerminal(["--crawl", "--include-unroutable", "-t", "0.8", mute.target]);
    assertMatch(
      shown.replaceAll(CLEAR, "<clear>"),
      /<clear>1 known, 0 reachable, 0 to dial, 1 in flight, 0\.0\/s, no estimate yet</,
    );
    assertMatch(shown, /Handshake Failure Count: 1\r\n$/);
  },
);

Deno.test("On a terminal a warning takes the place of the progress line", { ignore }, async () => {
  await using server = await startDns({ "gone.example": { a: "nxdomain", aaaa: "nxdomain", delay: 400 } });
  // It is still in flight when the name has failed.
  await using slow = new SimulatedPeer((link) => link.wait(1200));
  const shown = await onTerminal([...asking(server), "-t", "10", "gone.example", slow.target]);
  assertMatch(
    shown.replaceAll(CLEAR, "<clear>"),
    /in flight, [^\r]* left<clear>\S+Z .*WARN.*cannot resolve gone\.example/,
  );
});

Deno.test("In 40 columns the progress line fits on one line", { ignore }, async () => {
  await using mute = new SimulatedPeer(silentScript);
  const shown = await onTerminal(["-t", "0.5", mute.target], { columns: 40 });
  assertMatch(shown.replaceAll(CLEAR, "<clear>"), /<clear>0\/1 done, at most \d\.\d s left<clear>/);
});

Deno.test("A terminal that only prints gets no progress line and no colour", { ignore }, async () => {
  await using mute = new SimulatedPeer(silentScript);
  const shown = await onTerminal(["-t", "0.5", "-4", "::1", mute.target], { env: "-u NO_COLOR TERM=dumb" });
  assertEquals([shown.includes("in flight"), shown.includes("\x1b")], [false, false]);
  assertMatch(shown, /^\S+Z {2}WARN .*\r\n\S+Z {2}INFO .*no version within 0.5 s/);
});

Deno.test("-q shows no progress line", { ignore }, async () => {
  await using mute = new SimulatedPeer(silentScript);
  assertEquals((await onTerminal(["-q", "-t", "0.5", mute.target])).includes("in flight"), false);
});

Deno.test("Without a terminal on stderr there is no progress line", { ignore }, async () => {
  await using mute = new SimulatedPeer(silentScript);
  const shown = await onTerminal(["-t", "0.5", mute.target], { after: "2>/dev/null" });
  assertEquals([shown.includes("in flight"), shown.includes(CLEAR)], [false, false]);
});

Deno.test("On a terminal the level is coloured, and with NO_COLOR it is not", { ignore }, async () => {
  await using peer = new SimulatedPeer(nodeScript());
  const args = ["-4", "::1", peer.target];
  const [colored, plain] = await Promise.all([onTerminal(args), onTerminal(args, { env: "NO_COLOR=1" })]);
  assertMatch(colored, COLOR);
  assertEquals(plain.match(COLOR), null);
  assertMatch(plain, /Z {2}INFO bitcoin-p2p-handshake: Handshake succeeded! /);
  assertMatch(plain, /Z {2}WARN bitcoin-p2p-handshake: /);
  assertMatch(colored.replace(COLOR, ""), /Z {2}INFO bitcoin-p2p-handshake: Handshake succeeded! /);
});

Deno.test(
  "On a terminal the verdicts of an audit are coloured, and with NO_COLOR they are not",
  { ignore },
  async () => {
    const args = ["--demo", "--audit", "-t", "0.5", "--transport", "v1"];
    const [colored, plain] = await Promise.all([onTerminal(args), onTerminal(args, { env: "NO_COLOR=1" })]);
    for (
      const verdict of [
        "\x1b[31mfail   \x1b[0m  dead.",
        "\x1b[33mwarn   \x1b[0m  tired.",
        "\x1b[32mpass   \x1b[0m  good.",
      ]
    ) {
      assertEquals(colored.includes(verdict), true, verdict);
    }
    assertEquals(plain.match(COLOR), null);
    assertMatch(plain, /^fail {5}dead\.seeds\.test /m);
  },
);
