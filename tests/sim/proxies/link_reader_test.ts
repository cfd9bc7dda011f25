import { assertEquals, assertRejects } from "@std/assert";
import { LinkReader } from "../../../src/sim/proxies/link_reader.ts";
import { ascii, hex } from "../../support/bytes.ts";
import { scriptedLink } from "../../support/scripted_link.ts";
import type { ReadStep } from "../../support/scripted_io.ts";

const readerOf = (...steps: readonly ReadStep[]): LinkReader => new LinkReader(scriptedLink(...steps).link);

const ENDED = "the client ended its stream";

Deno.test("LinkReader.take() takes as many bytes as it is told to, in however many pieces they come", async () => {
  const reader = readerOf(hex("01"), hex("0203"), hex("040506"), "end");
  assertEquals(await reader.take(0), hex(""));
  for (const bytes of ["0102", "03", "0405"]) assertEquals(await reader.take(bytes.length / 2), hex(bytes));
  await assertRejects(() => reader.take(2), Deno.errors.UnexpectedEof, ENDED);
});

Deno.test("LinkReader.take() does not read on once it has what it needs", async () => {
  const reader = readerOf(hex("0102"));
  assertEquals(await reader.take(2), hex("0102"));
});

Deno.test("LinkReader.takeLine() takes a line in UTF-8 without its end, in however many pieces it comes", async () => {
  const reader = readerOf(ascii("HELLO gr\xc3"), ascii("\nno"), ascii(" more\n\n\rSTOP"), "end");
  assertEquals(await reader.takeLine(), "HELLO gr\xc3");
  assertEquals(await reader.take(2), ascii("no"));
  for (const line of [" more", ""]) assertEquals(await reader.takeLine(), line);
  await assertRejects(() => reader.takeLine(), Deno.errors.UnexpectedEof, ENDED);
});

Deno.test("LinkReader.rest() yields what is left, and all that comes", async () => {
  const reader = readerOf(hex("0102"), hex("03"), hex("04"), "end");
  await reader.take(1);
  assertEquals(await Array.fromAsync(reader.rest()), [hex("02"), hex("03"), hex("04")]);
  assertEquals(await Array.fromAsync(readerOf(hex("01"), "end").rest()), [hex("01")]);
});
