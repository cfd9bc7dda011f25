import { assertEquals, assertRejects } from "@std/assert";
import { UsageError } from "../../src/cli/errors.ts";
import { createLogger } from "../../src/cli/log.ts";
import { collectTargets } from "../../src/cli/targets.ts";
import { parseTarget } from "../../src/scan/target.ts";
import type { Network } from "../../src/address/network.ts";
import type { Endpoint } from "../../src/net/endpoint.ts";
import { turns } from "../support/scripted_io.ts";

/** Collects targets and what is logged, without its time. */
function collecting(
  { seeds = [], files = [], networks = ["ipv4", "ipv6"], onion = [], signal = new AbortController().signal }: {
    readonly seeds?: readonly string[];
    readonly files?: readonly string[];
    readonly networks?: readonly Network[];
    readonly onion?: readonly Endpoint[];
    readonly signal?: AbortSignal;
  },
) {
  const logged: string[] = [];
  const log = createLogger("WARN", (line) => logged.push(line.replace(/^.*handshake: |\n/g, "")));
  const sources = {
    targets: seeds.map((seed) => parseTarget(seed)),
    options: { targets: files },
    settings: { networks, onion },
    log,
    signal,
  };
  return { logged, collected: collectTargets(sources) };
}

/** A temporary directory for a test, with these files. */
async function folderOf(files: Readonly<Record<string, string | Uint8Array>> = {}) {
  const path = await Deno.makeTempDir();
  for (const [name, content] of Object.entries(files)) {
    await (typeof content === "string" ? Deno.writeTextFile : Deno.writeFile)(`${path}/${name}`, content as never);
  }
  return { path, [Symbol.asyncDispose]: () => Deno.remove(path, { recursive: true }) };
}

async function mkfifo(path: string): Promise<string> {
  await new Deno.Command("mkfifo", { args: [path] }).output();
  return path;
}

const ignore = Deno.build.os === "windows";

Deno.test("collectTargets() gives the targets of the arguments and of every file, each file once", async () => {
  await using folder = await folderOf({ one: "192.0.2.1\n192.0.2.2", two: "192.0.2.3" });
  const files = ["one", "two", "one"].map((name) => `${folder.path}/${name}`);
  const { targets, failed } = await collecting({ seeds: ["a.example"], files }).collected;
  const hosts = (await Array.fromAsync(targets)).map(({ host }) => host);
  assertEquals([hosts[0], hosts.toSorted()], ["a.example", ["192.0.2.1", "192.0.2.2", "192.0.2.3", "a.example"]]);
  assertEquals(failed(), false);
});

Deno.test("collectTargets() reads no more than some thousand targets before they are taken", async () => {
  const { logged, collected } = collecting({ seeds: Array(5000).fill("192.0.2.1"), networks: ["ipv6"] });
  const { targets } = await collected;
  await turns(10);
  assertEquals(logged.length < 2000, true, `${logged.length} were read`);
  assertEquals((await Array.fromAsync(targets)).length, 5000);
});

Deno.test("collectTargets() refuses when there is none", async () => {
  await using folder = await folderOf({ empty: "# nothing\n" });
  const files = [`${folder.path}/empty`];
  await assertRejects(() => collecting({ files }).collected, UsageError, `no target: none in --targets ${files[0]}`);
});

Deno.test("collectTargets() warns about literals of a family that is not wanted, but no names", async () => {
  const { logged, collected } = collecting({ seeds: ["a.example", "192.0.2.1", "2001:db8::1"], networks: ["ipv6"] });
  assertEquals((await Array.fromAsync((await collected).targets)).length, 3);
  assertEquals(logged, ["skipped 192.0.2.1: only ipv6 is enabled"]);
});

Deno.test(
  "collectTargets() gives what a slow pipe gives, when it does, and holds up no other file for it",
  { ignore },
  async () => {
    await using folder = await folderOf({ quick: "192.0.2.9\n" });
    const pipe = await mkfifo(`${folder.path}/pipe`);
    const { targets } = await collecting({ files: [pipe, `${folder.path}/quick`] }).collected;
    const hosts = Array.fromAsync(targets, ({ host }) => host);
    const writer = await Deno.open(pipe, { write: true });
    await writer.write(new TextEncoder().encode("192.0.2.1\n192.0."));
    await writer.write(new TextEncoder().encode("2.2\n"));
    writer.close();
    assertEquals(await hosts, ["192.0.2.9", "192.0.2.1", "192.0.2.2"]);
  },
);

Deno.test(
  "collectTargets() waits for the first target of a pipe, and no longer than its signal lets it",
  { ignore },
  async () => {
    await using folder = await folderOf();
    const pipe = await mkfifo(`${folder.path}/pipe`);
    const controller = new AbortController();
    const { collected } = collecting({ files: [pipe], signal: controller.signal });
    const writer = await Deno.open(pipe, { write: true });
    controller.abort();
    assertEquals(await Array.fromAsync((await collected).targets), []);
    writer.close();
  },
);

Deno.test("collectTargets() waits for nothing if its signal has aborted before", { ignore }, async () => {
  await using folder = await folderOf();
  const pipe = await mkfifo(`${folder.path}/pipe`);
  const writer = await Deno.open(pipe, { read: true, write: true });
  const { targets } = await collecting({ files: [pipe], signal: AbortSignal.abort() }).collected;
  assertEquals(await Array.fromAsync(targets), []);
  writer.close();
});

Deno.test(
  "collectTargets() logs a pipe that turns out not to be text, and yields the other targets",
  { ignore },
  async () => {
    await using folder = await folderOf();
    const pipe = await mkfifo(`${folder.path}/pipe`);
    const { logged, collected } = collecting({ seeds: ["a.example"], files: [pipe] });
    const { targets, failed } = await collected;
    assertEquals(failed(), false);
    const hosts = Array.fromAsync(targets, ({ host }) => host);
    await Deno.writeFile(pipe, Uint8Array.of(0xff, 0xfe, 0, 0));
    assertEquals(await hosts, ["a.example"]);
    assertEquals([failed(), logged], [true, [
      `cannot read --targets ${pipe}: it is UTF-32: expected text in UTF-8 or UTF-16`,
    ]]);
  },
);

Deno.test("collectTargets() refuses a pipe that is not text if there is nothing else", { ignore }, async () => {
  await using folder = await folderOf();
  const pipe = await mkfifo(`${folder.path}/pipe`);
  const { logged, collected } = collecting({ files: [pipe] });
  const refused = assertRejects(() => collected, UsageError, `cannot read --targets ${pipe}: it is UTF-32`);
  await Deno.writeFile(pipe, Uint8Array.of(0xff, 0xfe, 0, 0));
  await refused;
  assertEquals(logged, []);
});

Deno.test("collectTargets() warns of a network that is not wanted, and of names where none of the internet is", async () => {
  const onion = "pg6mmjiyjmcrsslvykfwnntlaru7p5svn6y2ymmju6nubxndf4pscryd.onion";
  const { logged, collected } = collecting({ seeds: ["seed.example", "192.0.2.1"], networks: ["onion", "i2p"] });
  await Array.fromAsync((await collected).targets);
  assertEquals(logged, [
    "skipped seed.example: only onion and i2p is enabled",
    "skipped 192.0.2.1: only onion and i2p is enabled",
  ]);
  await using folder = await folderOf({ "list.txt": `${onion}\nseed.example` });
  const file = collecting({ files: [`${folder.path}/list.txt`] });
  assertEquals((await Array.fromAsync((await file.collected).targets)).map(({ text }) => text), ["seed.example"]);
  assertEquals(file.logged.length, 1);
  const proxied = collecting({ files: [`${folder.path}/list.txt`], onion: [{ host: "127.0.0.1", port: 9050 }] });
  assertEquals((await Array.fromAsync((await proxied.collected).targets)).map(({ text }) => text), [
    onion,
    "seed.example",
  ]);
});
