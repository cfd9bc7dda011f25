import { assertEquals, assertStringIncludes } from "@std/assert";
import { type PeerScript, SimulatedPeer } from "../../src/sim/peer.ts";
import { nodeScript } from "../../src/sim/scripts.ts";
import { concat } from "../support/bytes.ts";
import { frame, versionFrame } from "../support/raw.ts";
import { programCommand, runCommand, runProgram } from "../support/program.ts";

const version = await versionFrame();
const ignore = Deno.build.os !== "linux";
const verackAndMore = concat(await frame("verack"), await frame("inv"));

/**
 * Peers that know how many handshakes are going on: one begins when its connection is accepted, and ends when the last
 * bytes that it needs are about to go out. Each waits until `atOnce` of them have begun before it lets one end.
 */
class Handshakes {
  readonly #atOnce: number;
  #begun = 0;
  #open = 0;
  #most = 0;
  #gate = Promise.withResolvers<void>();

  constructor(atOnce: number) {
    this.#atOnce = atOnce;
  }

  /** The maximum number in progress at once. */
  get most(): number {
    return this.#most;
  }

  readonly script: PeerScript = async (link) => {
    this.#most = Math.max(this.#most, ++this.#open);
    const { promise, resolve } = this.#gate;
    if (++this.#begun % this.#atOnce === 0) {
      resolve();
      this.#gate = Promise.withResolvers();
    }
    await promise;
    await link.bytes().next();
    await link.sendBytes(version);
    this.#open--;
    await link.sendBytes(verackAndMore);
    await link.waitForClose();
  };
}

for (const [form, limit] of [[["-j", "1"], 1], [["-j2"], 2], [["--concurrency=4"], 4]] as const) {
  Deno.test(`${form.join(" ")} has ${limit} in flight at once and no more`, async () => {
    const handshakes = new Handshakes(limit);
    await using stack = new AsyncDisposableStack();
    const targets = Array.from({ length: 8 }, () => stack.use(new SimulatedPeer(handshakes.script)).target);
    const { code, lines } = await runProgram([...form, ...targets]);
    assertEquals({ code, lines: lines.length, most: handshakes.most }, { code: 0, lines: 10, most: limit });
  });
}

Deno.test("Without -j many handshakes are in flight at once", async () => {
  const handshakes = new Handshakes(60);
  await using stack = new AsyncDisposableStack();
  const targets = Array.from({ length: 60 }, () => stack.use(new SimulatedPeer(handshakes.script)).target);
  const { code } = await runProgram(targets);
  assertEquals({ code, most: handshakes.most }, { code: 0, most: 60 });
});

Deno.test("Peers that fail make room for the others too", async () => {
  const targets = Array.from({ length: 20 }, (_, i) => `224.0.0.1:${i + 1}`);
  const { summary } = await runProgram(["--format", "ndjson", "-j", "3", ...targets, "127.0.0.1:1"]);
  assertEquals(summary.errors, { host_unreachable: 20, connection_refused: 1 });
});

Deno.test("Peers wait for a file descriptor when none is left, with a warning", { ignore }, async () => {
  await using stack = new AsyncDisposableStack();
  const targets = Array.from({ length: 150 }, () => stack.use(new SimulatedPeer(nodeScript())).target);
  const limited = ["sh", "-c", 'ulimit -n 64; exec "$0" "$@"', ...programCommand()];
  const { code, lines, errorLines } = await runCommand([...limited, "-q", ...targets]);
  assertEquals(lines.map((line) => line.split(": ").at(-1)), ["150", "0"]);
  assertEquals({ code, warnings: errorLines.length }, { code: 0, warnings: 1 });
  assertStringIncludes(errorLines[0] ?? "", " WARN bitcoin-p2p-handshake: out of file descriptors");
  assertStringIncludes(errorLines[0] ?? "", "; raise the limit (ulimit -n) or lower --concurrency");
});
