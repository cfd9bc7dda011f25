import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { ascii } from "../support/bytes.ts";
import { CapturingPeer } from "../support/capture.ts";
import { asking, startDns } from "../support/dns.ts";
import { HAS_IPV6 } from "../support/faults.ts";
import { programCommand, type ProgramOptions, type ProgramResult, runCommand, runProgram } from "../support/program.ts";

const READING = { permissions: ["--allow-net", "--allow-read"] };

function run(args: readonly string[], options?: ProgramOptions): Promise<ProgramResult> {
  return runProgram(["--format", "ndjson", ...args], options);
}

/** The addresses of the peer records, sorted. */
function addresses({ peers }: ProgramResult): string[] {
  return peers.map(({ addr }) => addr).toSorted();
}

/** Runs the program with a target file of this content. */
async function runWithFile(
  content: string | Uint8Array,
  ...args: string[]
): Promise<{ result: ProgramResult; file: string }> {
  const file = await Deno.makeTempFile();
  try {
    await Deno.writeFile(file, typeof content === "string" ? new TextEncoder().encode(content) : content);
    return { result: await run(["--targets", file, ...args], READING), file };
  } finally {
    await Deno.remove(file);
  }
}

Deno.test("--targets FILE has more targets, one per line, with comments, blank lines and spaces", async () => {
  await using peer = new CapturingPeer();
  const text = `# peers\n\n127.0.0.1:1\n  127.0.0.1:2  # two\n\t127.0.0.1:3#three\n#127.0.0.1:4\n127.0.0.1:5`;
  const { result } = await runWithFile(text, peer.target);
  assertEquals(
    addresses(result),
    ["1", "2", "3", "5"].map((port) => `127.0.0.1:${port}`).concat(peer.target).toSorted(),
  );
  assertEquals({ code: result.code, targets: result.summary.targets, stderr: result.stderr }, {
    code: 0,
    targets: 5,
    stderr: "",
  });
});

for (
  const [what, text] of [["CRLF", "127.0.0.1:1\r\n127.0.0.1:2\r\n"], [
    "a byte order mark",
    "\ufeff127.0.0.1:1\n127.0.0.1:2\n",
  ]] as const
) {
  Deno.test(`A target file may have ${what}`, async () => {
    const { result } = await runWithFile(text);
    assertEquals({ addresses: addresses(result), stderr: result.stderr }, {
      addresses: ["127.0.0.1:1", "127.0.0.1:2"],
      stderr: "",
    });
  });
}

Deno.test("A target file may have more lines than a function call takes arguments", async () => {
  const { result } = await runWithFile("127.0.0.1:1\n".repeat(200_000), "--log-level", "error");
  assertEquals([result.summary.targets, addresses(result), result.stderr], [200_000, ["127.0.0.1:1"], ""]);
});

Deno.test("A bad line of a target file is named with file and line on stderr, and the others run", async () => {
  const { result, file } = await runWithFile("127.0.0.1:1\n\nnot a target\n127.0.0.1:2\n127.0.0.1:0\n");
  assertEquals(addresses(result), ["127.0.0.1:1", "127.0.0.1:2"]);
  assertEquals(result.errorLines.length, 2);
  assertMatch(result.errorLines[0] ?? "", /^\S+Z {2}WARN bitcoin-p2p-handshake: /);
  assertStringIncludes(result.errorLines[0] ?? "", `${file}:3`);
  assertStringIncludes(result.errorLines[0] ?? "", "not a target");
  assertStringIncludes(result.errorLines[1] ?? "", `${file}:5`);
});

Deno.test("A bad line is shown with unprintable characters escaped, and the rest unchanged", async () => {
  const line = "узел \x1b[2J\x7f\x9b\u202e\u2066\u200f\u061c\u2028\u200b\ufeff.";
  const { result } = await runWithFile(`127.0.0.1:1\n${line}\n`);
  const shown = "узел \\x1b[2J\\x7f\\x9b\\u{202e}\\u{2066}\\u{200f}\\u{61c}\\u{2028}\\u{200b}\\u{feff}.";
  assertEquals(result.errorLines.length, 1);
  assertStringIncludes(result.stderr, `:2: skipped '${shown}': `);
});

Deno.test("--targets - reads standard input", async () => {
  const result = await run(["--targets", "-", "127.0.0.1:3"], { stdin: "127.0.0.1:1\n127.0.0.1:2 # two\nbad target" });
  assertEquals(addresses(result), ["127.0.0.1:1", "127.0.0.1:2", "127.0.0.1:3"]);
  assertStringIncludes(result.stderr, "-:3");
});

/** A text in UTF-16, with a byte order mark as PowerShell writes it. */
function utf16(text: string, littleEndian: boolean): Uint8Array<ArrayBuffer> {
  const units = Array.from(`\ufeff${text}`, (unit) => unit.charCodeAt(0));
  return Uint8Array.from(units.flatMap((unit) => littleEndian ? [unit & 0xff, unit >> 8] : [unit >> 8, unit & 0xff]));
}

Deno.test("Targets are read in UTF-16 of either byte order, from a file and from standard input", async () => {
  const text = "# узлы\r\n127.0.0.1:1\r\n127.0.0.1:2\r\n";
  const { result } = await runWithFile(utf16(text, true));
  const stdin = utf16(text, false).slice(2);
  for (const { stderr, peers } of [result, await run(["--targets", "-"], { stdin })]) {
    assertEquals([peers.map(({ addr }) => addr).toSorted(), stderr], [["127.0.0.1:1", "127.0.0.1:2"], ""]);
  }
});

const FOREIGN: readonly (readonly [name: string, bytes: Uint8Array<ArrayBuffer>])[] = [
  ["UTF-32", Uint8Array.of(0xff, 0xfe, 0, 0, 0x31, 0, 0, 0)],
  ["line 2 is not UTF-8, it may be Latin-1", Uint8Array.of(...ascii("127.0.0.1:1\ncaf"), 0xe9, 0x0a)],
];

Deno.test("Targets in another encoding are refused by its name, in a file and on standard input", async () => {
  for (const [name, bytes] of FOREIGN) {
    const { result } = await runWithFile(bytes, "127.0.0.1:3");
    for (const { code, stdout, stderr } of [result, await run(["--targets", "-"], { stdin: bytes })]) {
      assertEquals([code, stdout], [2, ""], stderr);
      assertMatch(stderr, /^error: cannot read --targets .*: expected text in UTF-8 or UTF-16\nUsage: .*\n$/);
      assertStringIncludes(stderr, name);
    }
  }
});

/** Standard input that is written to, piece by piece. */
function slowInput() {
  const { readable, writable } = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>();
  const writer = writable.getWriter();
  return { stdin: readable, write: (text: string) => writer.write(ascii(text)), close: () => writer.close() };
}

Deno.test("Targets from a slow pipe are dialled as they come, and the counts come when pipe and peers are done", async () => {
  await using one = new CapturingPeer();
  await using two = new CapturingPeer();
  const { stdin, write, close } = slowInput();
  const running = run(["--targets", "-"], { stdin });
  await write(`${one.target}\n127.0.0.1`);
  await one.heard;
  await write(`${two.target.replace("127.0.0.1", "")}\n`);
  await two.heard;
  await close();
  const result = await running;
  assertEquals([result.code, addresses(result)], [0, [one.target, two.target].toSorted()]);
  const { targets, interrupted } = result.summary;
  assertEquals([targets, interrupted], [2, false]);
});

Deno.test("Targets on the command line do not wait for those of a pipe", async () => {
  await using peer = new CapturingPeer();
  const { stdin, close } = slowInput();
  const running = run(["--targets", "-", peer.target], { stdin });
  await peer.heard;
  await close();
  assertEquals(addresses(await running), [peer.target]);
});

Deno.test("A pipe that turns out not to be text is an error, and the other targets have their results", async () => {
  await using peer = new CapturingPeer();
  const { stdin, write, close } = slowInput();
  const running = run(["--targets", "-", peer.target], { stdin });
  await peer.heard;
  await write("no text\0\n");
  await close();
  const result = await running;
  assertEquals([result.code, result.summary.success], [1, 1]);
  assertMatch(
    result.stderr,
    / ERROR bitcoin-p2p-handshake: cannot read --targets -: line 1 has a NUL character: .*\n$/,
  );
});

Deno.test("A signal ends the wait for the pipe", { ignore: Deno.build.os === "windows" }, async () => {
  await using peer = new CapturingPeer();
  const { stdin, write } = slowInput();
  const running = run(["--targets", "-"], { stdin, signalAfter: { signal: "SIGINT", event: /"peer"/ } });
  await write(`${peer.target}\n`);
  const result = await running;
  assertEquals([result.code, addresses(result), result.summary.interrupted], [130, [peer.target], true]);
  assertMatch(result.stderr, / Interrupted: 0 of 1 peer not finished, more targets to come\n$/);
});

Deno.test("A signal before the pipe gave anything ends with counts of zero", {
  ignore: Deno.build.os === "windows",
}, async () => {
  const { stdin } = slowInput();
  const debugging = ["--targets", "-", "--log-level", "debug"];
  const command = [...programCommand(), ...debugging].map((word) => `'${word}'`).join(" ");
  // There is nothing to see of a program that waits, so the signal is sent until it is heard.
  const script = `${command} <&3 & pid=$!; while kill -INT $pid 2>&-; do sleep 0.2; done; wait $pid; echo "status $?"`;
  const { stdout } = await runCommand(["sh", "-c", `exec 3<&0; ${script}`], { stdin });
  assertMatch(stdout, /status 130\n$/);
});

Deno.test("Only --allow-net is needed to read targets from standard input", async () => {
  await using peer = new CapturingPeer();
  const options = { stdin: peer.target, permissions: ["--allow-net", "--no-prompt"] };
  for (const name of ["-", "/dev/stdin"]) assertEquals((await run(["--targets", name], options)).code, 0);
});

Deno.test("localhost is 127.0.0.1 and ::1 without asking a name server", async () => {
  await using server = await startDns({});
  await using peer = new CapturingPeer();
  const { port } = peer.address;
  for (const name of ["localhost", "LocalHost", "localhost."]) {
    const result = await run([...asking(server), "-p", `${port}`, name]);
    assertEquals(result.code, 0);
    assertEquals(addresses(result), [`127.0.0.1:${port}`, `[::1]:${port}`]);
    assertEquals(result.seeds.get(name), {
      type: "seed",
      target: name,
      addresses: ["127.0.0.1", "::1"],
      error: null,
    });
  }
  assertEquals(server.queries, []);
});

Deno.test("localhost is of one family under -4 and -6", async () => {
  const [four, six, both] = await Promise.all([["-4"], ["-6"], ["-46"]].map((flags) => run([...flags, "localhost:1"])));
  assertEquals(four && addresses(four), ["127.0.0.1:1"]);
  assertEquals(six && addresses(six), ["[::1]:1"]);
  assertEquals(both && addresses(both), ["127.0.0.1:1", "[::1]:1"]);
});

Deno.test("-4 leaves out IPv6 literals with a warning, and dials the others", { ignore: !HAS_IPV6 }, async () => {
  await using four = new CapturingPeer();
  await using six = new CapturingPeer(undefined, { hostname: "::1" });
  const result = await run(["-4", six.target, four.target]);
  assertEquals(addresses(result), [four.target]);
  assertEquals([four.connections.length, six.connections.length], [1, 0]);
  assertEquals(result.errorLines.length, 1);
  assertMatch(result.stderr, / WARN bitcoin-p2p-handshake: /);
  assertStringIncludes(result.stderr, six.target);
});

Deno.test("-6 leaves out IPv4 literals with a warning, the mapped ones too", { ignore: !HAS_IPV6 }, async () => {
  await using four = new CapturingPeer();
  await using six = new CapturingPeer(undefined, { hostname: "::1" });
  const mapped = `[::ffff:127.0.0.1]:${four.address.port}`;
  const result = await run(["-6", four.target, mapped, six.target]);
  assertEquals(addresses(result), [six.target]);
  assertEquals([four.connections.length, six.connections.length], [0, 1]);
  assertEquals(result.errorLines.length, 2);
  for (const left of [four.target, mapped]) assertStringIncludes(result.stderr, left);
});

Deno.test("-4 -6, in any form, means both families without a warning", { ignore: !HAS_IPV6 }, async () => {
  await using four = new CapturingPeer();
  await using six = new CapturingPeer(undefined, { hostname: "::1" });
  for (const flags of [["-4", "-6"], ["-64"], ["-46"]]) {
    const result = await run([...flags, four.target, six.target]);
    assertEquals(addresses(result), [four.target, six.target].toSorted());
    assertEquals(result.stderr, "");
  }
});

Deno.test("When every target is left out there is no peer, and the exit status is 1", async () => {
  const result = await run(["-4", "[::1]:1"]);
  assertEquals({ code: result.code, peers: result.summary.peers }, { code: 1, peers: 0 });
  assertEquals(result.errorLines.length, 1);
});

Deno.test("An address is tried once, whatever it is called", async () => {
  await using peer = new CapturingPeer();
  const { port } = peer.address;
  await using server = await startDns({
    "one.example": { a: ["127.0.0.1"] },
    "two.example": { a: ["127.0.0.1", "127.0.0.1"] },
    "mapped.example": { aaaa: ["::ffff:127.0.0.1"] },
  });
  const names = [`127.0.0.1`, "::ffff:127.0.0.1", "::ffff:7f00:1", "one.example", "two.example", "mapped.example"];
  const explicit = [`127.0.0.1:${port}`, `[::ffff:127.0.0.1]:${port}`, `one.example:${port}`, `localhost:${port}`];
  const result = await run([...asking(server), "-p", `${port}`, ...names, ...explicit]);
  assertEquals(result.peers.filter(({ network }) => network === "ipv4").map(({ addr }) => addr), [peer.target]);
  assertEquals(peer.connections.length, 1);
  assertEquals(result.seeds.get("two.example")?.addresses, ["127.0.0.1"]);
  assertEquals(result.seeds.get("mapped.example")?.addresses, ["127.0.0.1"]);
  assertEquals(result.summary.targets, 10);
});

Deno.test("An IPv6 address is tried once, whatever it is called", { ignore: !HAS_IPV6 }, async () => {
  await using peer = new CapturingPeer(undefined, { hostname: "::1" });
  const { port } = peer.address;
  const result = await run([
    "-6",
    `[::1]:${port}`,
    `[0:0:0:0:0:0:0:1]:${port}`,
    `localhost:${port}`,
    "-p",
    `${port}`,
    "::1",
  ]);
  assertEquals(addresses(result), [peer.target]);
  assertEquals(peer.connections.length, 1);
});

Deno.test("The same address with another port is another peer", async () => {
  await using one = new CapturingPeer();
  await using other = new CapturingPeer();
  const result = await run([one.target, other.target]);
  assertEquals(addresses(result), [one.target, other.target].toSorted());
});

Deno.test("A target is taken as it is pasted: as a URL, with a user, a path, spaces or quotes around", async () => {
  await using running = new AsyncDisposableStack();
  const around = ["bitcoin://*", "https://me:secret@*/path?x=1#y", "tcp://*/", "//*", "me@*", " *\t", '"*",', "<*>"];
  const peers = around.map(() => running.use(new CapturingPeer()).target);
  const result = await run(around.map((pattern, i) => pattern.replace("*", peers[i] ?? "")));
  assertEquals([result.code, result.stderr, result.summary.success], [0, "", around.length]);
  for (const target of peers) assertEquals(result.peer(target).target, target);
});

Deno.test("A line of a target file is taken as it is pasted", async () => {
  const { result } = await runWithFile(
    `bitcoin://127.0.0.1:1\r\n"127.0.0.1:2", # two\n\xa0127.0.0.1:3/\naddnode=127.0.0.1:4\n`,
  );
  const expected = ["127.0.0.1:1", "127.0.0.1:2", "127.0.0.1:3", "127.0.0.1:4"];
  assertEquals([addresses(result), result.stderr], [expected, ""]);
});

Deno.test("A word without a dot is a host name if it has a port or a trailing dot", async () => {
  await using peer = new CapturingPeer();
  const { port } = peer.address;
  await using server = await startDns({ bitcoind: { a: ["127.0.0.1"] } });
  for (const target of [`bitcoind:${port}`, "bitcoind."]) {
    const result = await run([...asking(server), "-p", `${port}`, target]);
    assertEquals([result.code, addresses(result)], [0, [peer.target]], target);
  }
});
