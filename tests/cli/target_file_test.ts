import { assertEquals, assertMatch, assertRejects } from "@std/assert";
import { UsageError } from "../../src/cli/errors.ts";
import { fileTargets, openTargetFile } from "../../src/cli/target_file.ts";
import { ascii } from "../support/bytes.ts";
import { temporaryFile } from "../support/folder.ts";
import { replaced } from "../support/replaced.ts";

const NETWORKS = ["ipv4", "ipv6"] as const;

/** The targets of a file of this text, and the warnings. */
async function read(text: string): Promise<{ targets: string[]; warnings: string[] }> {
  const warnings: string[] = [];
  const chunks = ReadableStream.from([new TextEncoder().encode(text)]);
  const batches = await Array.fromAsync(fileTargets("list", chunks, NETWORKS, (warning) => warnings.push(warning)));
  return { targets: batches.flat().map(({ text }) => text), warnings };
}

Deno.test("fileTargets() takes one target a line, without comments and blank lines, under any line end", async () => {
  const text = "\ufeff# seeds\na.example\r\n\r\n  192.0.2.1:8334  # mine\n[2001:db8::1]:8333#x\rb.example";
  assertEquals(await read(text), {
    targets: ["a.example", "192.0.2.1:8334", "[2001:db8::1]:8333", "b.example"],
    warnings: [],
  });
});

Deno.test("fileTargets() names a bad line, and goes on", async () => {
  const { targets, warnings } = await read("a.example\nb c\nd.example\nhelp");
  assertEquals(targets, ["a.example", "d.example"]);
  assertEquals(warnings.map((warning) => warning.split(": ").slice(0, 2)), [
    ["list:2", "skipped 'b c'"],
    ["list:4", "skipped 'help'"],
  ]);
});

Deno.test("fileTargets() says of JSON how to take the addresses out", async () => {
  const lines = ['{"type":"peer","addr":"192.0.2.1:8333"}', "[", '["a.example"]', "[2001:db8::1]:x", "}"];
  const { warnings } = await read(lines.join("\n"));
  assertEquals(warnings.map((warning) => warning.includes("got JSON: jq ")), [true, true, true, false, false]);
});

Deno.test("fileTargets() skips a line that is too long, and shows the beginning of it", async () => {
  const { targets, warnings } = await read(`${"x".repeat(5000)}\n${" ".repeat(5000)}192.0.2.1\n192.0.2.2`);
  assertEquals([targets, warnings.length], [["192.0.2.2"], 2]);
  assertMatch(warnings[0] ?? "", /^list:1: skipped 'x{300}…': longer than 4096 characters$/);
});

Deno.test("fileTargets() takes a target with a long comment after it", async () => {
  assertEquals(await read(`192.0.2.1 # ${"x".repeat(4000)}`), { targets: ["192.0.2.1"], warnings: [] });
});

Deno.test("openTargetFile() refuses at once a missing file, a directory, and anything but text", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const latin1 = `${folder}/latin1.txt`;
    await Deno.writeFile(latin1, Uint8Array.of(...ascii("192.0.2.1\ncaf"), 0xe9));
    for (const [name, reason] of [[`${folder}/none`, "No such file"], [folder, ""], [latin1, "line 2 is not UTF-8"]]) {
      const expected = `cannot read --targets ${name}: ${reason}`;
      await assertRejects(() => openTargetFile(name ?? "", NETWORKS, () => {}), UsageError, expected);
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("openTargetFile() gives all of a file, however long", async () => {
  using file = temporaryFile("targets");
  const count = 20_000;
  await Deno.writeTextFile(file.path, "192.0.2.1\n".repeat(count));
  const batches = await openTargetFile(file.path, NETWORKS, () => {});
  assertEquals((await Array.fromAsync(batches)).flat().length, count);
});

Deno.test("openTargetFile() takes standard input by each of its names, without opening a file, and waits for nothing", async () => {
  const refuse = () => Promise.reject(new Deno.errors.NotCapable("no file is to be opened"));
  using _files = replaced(Deno, { open: refuse, stat: refuse });
  for (const name of ["-", "/dev/stdin", "/dev/fd/0"]) {
    const written = Promise.withResolvers<Uint8Array<ArrayBuffer>>();
    const readable = ReadableStream.from((async function* () {
      yield await written.promise;
    })());
    using _stdin = replaced(Deno.stdin, { readable });
    const batches = await openTargetFile(name, NETWORKS, () => {});
    written.resolve(ascii("192.0.2.1"));
    assertEquals((await Array.fromAsync(batches)).flat().map(({ host }) => host), ["192.0.2.1"]);
  }
});

Deno.test(
  "openTargetFile() does not wait for the writer of a pipe",
  { ignore: Deno.build.os === "windows" },
  async () => {
    const folder = await Deno.makeTempDir();
    try {
      const pipe = `${folder}/pipe`;
      await new Deno.Command("mkfifo", { args: [pipe] }).output();
      const batches = await openTargetFile(pipe, NETWORKS, () => {});
      const reading = Array.fromAsync(batches);
      await Deno.writeTextFile(pipe, "192.0.2.1\n");
      assertEquals((await reading).flat().map(({ host }) => host), ["192.0.2.1"]);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
);
