import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { SimulatedPeer } from "../../src/sim/peer.ts";
import { nodeScript, silentScript } from "../../src/sim/scripts.ts";
import { CapturingPeer, neverAnswer } from "../support/capture.ts";
import { rowsOf, textOf } from "../support/html.ts";
import { programCommand, type ProgramResult, runCommand, runDemo, runProgram } from "../support/program.ts";

/** A temporary directory for a test, removed when disposed of. */
async function temporaryFolder() {
  const path = await Deno.makeTempDir();
  return { path, [Symbol.asyncDispose]: () => Deno.remove(path, { recursive: true }) };
}

/** The permissions with which a page can be written. */
const allowing = (file: string) => ["--allow-net", `--allow-write=${file}`, "--no-prompt"];

/** What the demo prints with these arguments, and its page. */
async function demoPage(...args: readonly string[]): Promise<{ result: ProgramResult; page: string }> {
  await using folder = await temporaryFolder();
  const file = `${folder.path}/page.html`;
  const options = { permissions: allowing(file) };
  const result = await runProgram(["--demo", "-t", "0.5", ...args, "--report", file], options);
  return { result, page: await Deno.readTextFile(file) };
}

/** Whether a page says in its title and its heading that it is simulated. */
function isSimulated(page: string): boolean {
  return ["title", "h1"].every((element) => new RegExp(`<${element}>[^<]*simulated`, "i").test(page));
}

for (const format of ["text", "ndjson"]) {
  Deno.test(`--report writes a page of all peers in addition to the results in ${format}, and needs --allow-write=FILE only`, async () => {
    const args = ["--format", format];
    const [{ result, page }, plain] = await Promise.all([demoPage(...args), runDemo(...args)]);
    assertEquals([result.code, result.lines.length], [0, plain.lines.length]);
    assertEquals([page.startsWith("<!DOCTYPE html>"), page.endsWith("</html>\n")], [true, true]);
    assertEquals(isSimulated(page), true);
    const text = textOf(page);
    assertStringIncludes(text, "1 name and 8 peers failed. 13 of 21 peers shook hands (61%).");
    assertEquals(Math.abs(Date.parse(/<time datetime="(.*?)"/.exec(page)?.[1] ?? "") - Date.now()) < 60_000, true);
    const outcomes = rowsOf(page).filter(([label = ""]) => /^(success|wrong_network)/.test(label));
    assertEquals(outcomes, [
      ["wrong_network version", "1", "4%"],
      ["success, no verack", "1", "4%"],
      ["success", "12", "57%"],
    ]);
    if (format === "ndjson") {
      const [, list = ""] = page.split('<div class="list">');
      const failedFirst = [false, true].flatMap((wanted) => result.peers.filter(({ success }) => success === wanted));
      assertEquals(rowsOf(list).map(([addr]) => addr), failedFirst.map(({ addr }) => addr));
    }
  });
}

Deno.test("The page of an audit has the verdicts and reasons of its records, and the demo's says that it is simulated", async () => {
  const { result: { audits }, page } = await demoPage("--audit", "--format", "ndjson");
  const text = textOf(page);
  assertEquals([audits.length, isSimulated(page)], [18, true]);
  for (const { seed, verdict, reasons } of audits) {
    assertStringIncludes(text, seed);
    assertStringIncludes(text, verdict);
    for (const { message } of reasons) assertStringIncludes(text, message);
  }
});

Deno.test("What a peer says of itself is text on the page", async () => {
  await using folder = await temporaryFolder();
  await using peer = new SimulatedPeer(nodeScript({ userAgent: `</script><img src=x onerror="alert('\x1b')">` }));
  const file = `${folder.path}/page.html`;
  await runProgram(["--report", file, peer.target], { permissions: allowing(file) });
  const page = await Deno.readTextFile(file);
  const shown = "&lt;/script&gt;&lt;img src=x onerror=&quot;alert(&#39;\\x1b&#39;)&quot;&gt;";
  assertEquals(page.split(shown).length, 2);
  assertEquals([page.includes("<img"), page.split("</script").length], [false, 2]);
});

Deno.test("Without --allow-write a page is refused before anything is sent, and the flag to add is named", async () => {
  await using peer = new CapturingPeer();
  const permissions = ["--allow-net", "--no-prompt"];
  const result = await runProgram(["--report", "page.html", peer.target], { permissions });
  assertEquals([result.code, result.stdout, result.errorLines.length, peer.connections.length], [2, "", 2, 0]);
  assertStringIncludes(result.stderr, "cannot write --report page.html: run again with --allow-write=page.html");
});

Deno.test("The command that the error gives makes the page, as it stands", async () => {
  await using folder = await temporaryFolder();
  const file = `${folder.path}/my page.html`;
  const { stderr } = await runProgram(["--demo", "-qt0.5", "--report", file], { permissions: ["--no-prompt"] });
  const [, command = ""] = /, as in: (?:npx -y )?deno (.*)/.exec(stderr) ?? [];
  const { code } = await runCommand(["sh", "-c", `'${Deno.execPath()}' ${command}`]);
  assertEquals([code, (await Deno.readTextFile(file)).endsWith("</html>\n")], [0, true]);
});

Deno.test("The tasks that run the program may write page.html, and no other file", async () => {
  const { tasks } = JSON.parse(await Deno.readTextFile(new URL("../../deno.json", import.meta.url)));
  for (const name of ["demo", "handshake"]) {
    assertEquals(tasks[name].command.match(/--allow-write\S*/g), ["--allow-write=page.html"], name);
  }
});

Deno.test("An unwritable page is an error before anything is sent, and exit status 1", async () => {
  await using folder = await temporaryFolder();
  await using peer = new CapturingPeer();
  for (const file of [`${folder.path}/none/page.html`, folder.path]) {
    const result = await runProgram(["--report", file, peer.target], { permissions: allowing(file) });
    assertEquals([result.code, result.stdout, result.errorLines.length, peer.connections.length], [1, "", 1, 0]);
    assertStringIncludes(result.stderr, `error: cannot write --report ${file}: `);
  }
});

Deno.test("A disk that is full when the page is written is an error that says so, and the results are there", {
  ignore: Deno.build.os !== "linux",
}, async () => {
  await using peer = new SimulatedPeer(nodeScript());
  const args = ["--report", "/dev/full", "--format", "ndjson", peer.target];
  // Deno allows writing to a device only with all permissions.
  const result = await runProgram(args, { permissions: ["--allow-all"] });
  assertEquals([result.code, result.summary.success], [1, 1]);
  assertStringIncludes(result.stderr, "error: cannot write /dev/full: No space left on device");
});

/** Mounts a disk of 64 KiB on the directory $1, in a separate namespace, which needs no privilege. */
const SMALL_DISK = 'mount -t tmpfs -o size=64k tmpfs "$1"';

/** Whether this machine lets one do that. */
async function hasSmallDisks(): Promise<boolean> {
  if (Deno.build.os !== "linux") return false;
  await using folder = await temporaryFolder();
  try {
    return (await new Deno.Command("unshare", { args: ["-Urm", "sh", "-c", SMALL_DISK, "sh", folder.path] }).output())
      .success;
  } catch {
    return false;
  }
}

/** Runs the program with `--report page.html` in a folder on a small disk, between two pieces of a shell script. */
async function onSmallDisk(before: string, target: string, after: string) {
  await using folder = await temporaryFolder();
  const file = `${folder.path}/page.html`;
  const command = programCommand(allowing(file)).concat("-q", "--report", file, target);
  const words = command.map((word) => `'${word}'`).join(" ");
  const script = `${SMALL_DISK} && (cd "$1"; ${before}) && ${words} 2>&1; echo "status $?"; cd "$1"; ${after}`;
  return await runCommand(["unshare", "-Urm", "sh", "-c", script, "sh", folder.path]);
}

const ignoreDisks = !await hasSmallDisks();

Deno.test("A disk that is full leaves the page that was there, and no page where there was none", {
  ignore: ignoreDisks,
}, async () => {
  await using peer = new SimulatedPeer(nodeScript());
  const full = "head -c 20000 /dev/zero > page.html; cp page.html old; head -c 16000 /dev/zero > filler;";
  const kept = await onSmallDisk(full, peer.target, "cmp page.html old && echo the same");
  assertMatch(kept.stdout, /error: cannot write .*: No space left on device .*\nstatus 1\nthe same\n$/);
  const fresh = await onSmallDisk("head -c 60000 /dev/zero > filler;", peer.target, "ls");
  assertMatch(fresh.stdout, /error: cannot write .*: No space left on device .*\nstatus 1\nfiller\n$/);
});

Deno.test("A disk that has room for both pages takes the new one", { ignore: ignoreDisks }, async () => {
  await using peer = new SimulatedPeer(nodeScript());
  for (const size of [100, 30_000]) {
    const { stdout } = await onSmallDisk(`head -c ${size} /dev/zero > page.html;`, peer.target, "cat page.html");
    assertMatch(stdout, /status 0\n<!DOCTYPE html>[^\0]*<\/html>\n$/);
  }
});

Deno.test("A page can go into a pipe", { ignore: Deno.build.os !== "linux" }, async () => {
  await using peer = new SimulatedPeer(nodeScript());
  const command = [...programCommand(["--allow-all"]), "-q", "--report", "/dev/fd/3", peer.target];
  const words = command.map((word) => `'${word}'`).join(" ");
  const { code, stdout } = await runCommand(["sh", "-c", `{ ${words} 3>&1 >&2; } | cat`]);
  assertEquals([code, stdout.startsWith("<!DOCTYPE html>"), stdout.endsWith("</html>\n")], [0, true, true]);
});

for (const value of ["", "-"]) {
  Deno.test(`--report '${value}' is not a file name`, async () => {
    const result = await runProgram([`--report=${value}`, "127.0.0.1"]);
    assertEquals([result.code, result.stdout], [2, ""]);
    assertStringIncludes(result.stderr, `invalid value '${value}' for --report <FILE.html>: expected a file name`);
  });
}

Deno.test("A page takes the place of what was in the file, however long that was", async () => {
  await using folder = await temporaryFolder();
  const file = `${folder.path}/page.html`;
  await Deno.writeTextFile(file, "x".repeat(1_000_000));
  await using peer = new SimulatedPeer(nodeScript());
  await runProgram(["--report", file, peer.target], { permissions: allowing(file) });
  const page = await Deno.readTextFile(file);
  assertEquals([page.includes("xxx"), page.endsWith("</html>\n")], [false, true]);
});

Deno.test("After SIGINT there is a page of the results so far, and it says that the run was interrupted", {
  ignore: Deno.build.os === "windows",
}, async () => {
  await using folder = await temporaryFolder();
  const file = `${folder.path}/page.html`;
  await using peer = new SimulatedPeer(nodeScript());
  await using mute = new SimulatedPeer(silentScript);
  const result = await runProgram(["--report", file, "--format", "ndjson", "-t", "25", peer.target, mute.target], {
    permissions: allowing(file),
    signalAfter: { signal: "SIGINT", event: /"peer"/ },
  });
  assertEquals([result.code, result.summary.peers], [130, 1]);
  const text = textOf(await Deno.readTextFile(file));
  assertStringIncludes(text, "Interrupted. The run ended before all peers were done");
  assertStringIncludes(text, "1 of 1 peer shook hands (100%).");
});

Deno.test("After SIGHUP there is a page, even when the results go nowhere any more, and the exit status is 129", {
  ignore: Deno.build.os !== "linux",
}, async () => {
  await using folder = await temporaryFolder();
  const file = `${folder.path}/page.html`;
  await using mute = new CapturingPeer(neverAnswer);
  const command = [...programCommand(allowing(file)), "-t", "25", "--report", file, mute.target];
  const words = command.map((word) => `'${word}'`).join(" ");
  const { code, stderr } = await runCommand(["sh", "-c", `exec ${words} > /dev/full`], {
    signalAfter: { signal: "SIGHUP", event: mute.heard },
  });
  assertEquals(code, 129, stderr);
  assertStringIncludes(textOf(await Deno.readTextFile(file)), "Interrupted.");
});

Deno.test("When the reader of the results is gone, an existing file stays as it was, and no new one is left", {
  ignore: Deno.build.os === "windows",
}, async () => {
  await using folder = await temporaryFolder();
  const [old, fresh] = [`${folder.path}/old.html`, `${folder.path}/fresh.html`];
  await Deno.writeTextFile(old, "as it was");
  await using peer = new SimulatedPeer(nodeScript());
  for (const file of [old, fresh]) {
    const closed = Promise.withResolvers<void>();
    await using late = new SimulatedPeer(async (link) => {
      await closed.promise;
      // The stream is cancelled at once, the pipe beneath it closes a moment later.
      await new Promise((resolve) => setTimeout(resolve, 500));
      await nodeScript()(link);
    });
    const result = await runProgram(["--report", file, "-t", "25", peer.target, late.target], {
      permissions: allowing(file),
      closeStdoutAfter: /succeeded/,
      onStdoutClosed: closed.resolve,
    });
    assertEquals(result.code, 0);
  }
  assertEquals(await Deno.readTextFile(old), "as it was");
  assertEquals([...Deno.readDirSync(folder.path)].map(({ name }) => name), ["old.html"]);
});
