import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { PermissionError } from "../../src/cli/errors.ts";
import { OutputError } from "../../src/cli/output.ts";
import { PageFile, writePage } from "../../src/cli/page.ts";
import { temporaryFile } from "../support/folder.ts";
import { replaced } from "../support/replaced.ts";
import { auditOf, peerOf, summaryOf } from "../support/records.ts";

/** A file with this content if any. */
function fileOf(content: string | null): ReturnType<typeof temporaryFile> {
  const file = temporaryFile("page.html");
  if (content !== null) Deno.writeTextFileSync(file.path, content);
  return file;
}

const contentOf = (path: string) => Deno.readTextFile(path).catch(() => null);

const ENDED_AT = new Date("2026-11-18T11:06:40Z");

Deno.test("PageFile leaves what was there, or nothing, until there is a page", async () => {
  for (const before of [null, "the page of yesterday"]) {
    using file = fileOf(before);
    {
      await using page = await PageFile.open(file.path);
      page.add(peerOf());
    }
    assertEquals(await contentOf(file.path), before);
  }
});

Deno.test("PageFile puts the page with all records in the place of what was there", async () => {
  for (const before of [null, "an old page\n".repeat(10_000)]) {
    using file = fileOf(before);
    {
      await using page = await PageFile.open(file.path);
      page.add({ type: "seed", target: "lost.example", addresses: [], error: null });
      page.add(peerOf({ addr: "250.9.9.9:8333" }));
      page.add(auditOf({ seed: "audited.example" }));
      page.add(summaryOf({ chain: "signet" }));
      await page.write(ENDED_AT, true);
    }
    const text = await contentOf(file.path) ?? "";
    for (const part of ["250.9.9.9:8333", "audited.example", "signet", "imulated", "2026-11-18T11:06:40"]) {
      assertStringIncludes(text, part);
    }
    assertEquals([text.startsWith("<!DOCTYPE html>"), text.endsWith("</html>\n")], [true, true]);
  }
});

Deno.test("PageFile writes no page without a summary", async () => {
  using file = fileOf(null);
  await using page = await PageFile.open(file.path);
  await assertRejects(() => page.write(ENDED_AT, false), TypeError, "its summary has not been added");
});

Deno.test("PageFile closes its file", async () => {
  using file = fileOf("");
  let closed = 0;
  const open = Deno.open;
  const watched: typeof open = async (...args) => {
    const opened = await open(...args);
    const close = opened.close.bind(opened);
    return Object.assign(opened, { close: () => (closed++, close()) });
  };
  using _ = replaced(Deno, { open: watched });
  await writePage(file.path, ["a", "b"]);
  assertEquals([closed, await contentOf(file.path)], [1, "ab"]);
});

Deno.test("PageFile names the permission that is missing, and asks for it once", async () => {
  let times = 0;
  const open = () => (times++, Promise.reject(new Deno.errors.NotCapable()));
  using _ = replaced(Deno, { open });
  const message = "cannot write --report p.html: run again with --allow-write=p.html";
  assertEquals((await assertRejects(() => PageFile.open("p.html"), PermissionError)).message, message);
  assertEquals(times, 1);
});

Deno.test("PageFile says why a file cannot be opened, or written", async () => {
  using file = fileOf("here");
  const below = `${file.path}/page.html`;
  await assertRejects(() => PageFile.open(below), OutputError, `cannot write --report ${below}: `);
  const denied = (_: unknown, { createNew = false }: Deno.OpenOptions = {}) =>
    Promise.reject(createNew ? new Deno.errors.AlreadyExists() : new Error("Permission denied"));
  {
    using _ = replaced(Deno, { open: denied });
    await assertRejects(() => PageFile.open("p.html"), OutputError, "cannot write --report p.html: Permission denied");
  }
  await using page = await PageFile.open(file.path);
  const pieces = (function* () {
    yield "half";
    throw new Error("No space left on device");
  })();
  await assertRejects(() => page.replace(pieces), OutputError, `cannot write ${file.path}: No space left on device`);
});
