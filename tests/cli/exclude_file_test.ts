import { assertEquals, assertRejects } from "@std/assert";
import { UsageError } from "../../src/cli/errors.ts";
import { readExclusions } from "../../src/cli/exclude_file.ts";

/** Calls `use` with the names of files of these texts. */
async function withFiles(texts: readonly string[], use: (...names: string[]) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    const names = texts.map((_, i) => `${folder}/${i}.txt`);
    await Promise.all(texts.map((text, i) => Deno.writeTextFile(names[i] ?? "", text)));
    await use(...names);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const ipv4 = (host: string) => ({ network: "ipv4", host, port: 8333 }) as const;

Deno.test("readExclusions() takes one entry a line from every file, without comments and blank lines", async () => {
  const texts = ["# asked by mail\r\n192.0.2.0/24 # all of it\r\n\r\n198.51.100.1", "203.0.113.1:8333\n"];
  await withFiles(texts, async (...names) => {
    const exclusions = await readExclusions([...names, ...names]);
    const hosts = ["192.0.2.9", "198.51.100.1", "198.51.100.2", "203.0.113.1"];
    assertEquals(hosts.map((host) => exclusions.has(ipv4(host))), [true, true, false, true]);
  });
});

Deno.test("readExclusions() refuses a file with an invalid line, which it names", async () => {
  const long = "x".repeat(5000);
  await withFiles(["192.0.2.1\nnode.example", `${long}\n`], async (bad = "", cut = "") => {
    const message = `invalid line in --exclude ${bad}:2: 'node.example': expected an address, a range`;
    const { message: said } = await assertRejects(() => readExclusions([bad]), UsageError, message);
    assertEquals(said.startsWith(message), true, said);
    await assertRejects(() => readExclusions([cut]), UsageError, ":1: 'xxx");
    await assertRejects(() => readExclusions([cut]), UsageError, "…': longer than 4096 characters");
  });
});

Deno.test("readExclusions() refuses a missing file, and one that is no text", async () => {
  await withFiles(["\0\0x"], async (name = "") => {
    await assertRejects(() => readExclusions([name]), UsageError, `cannot read --exclude ${name}: `);
    await assertRejects(() => readExclusions([`${name}.none`]), UsageError, "No such file");
  });
});
