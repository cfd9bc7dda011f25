import { assertEquals } from "@std/assert";
import { hostAndPort } from "../../src/scan/pasted.ts";

Deno.test("hostAndPort() goes through a text once, however many blanks are in it", () => {
  for (const blank of [" ", "\u200b"]) {
    const inner = `a${blank.repeat(1_000_000)}b`;
    assertEquals(hostAndPort(`${blank}"${blank}${inner}${blank}"${blank}${blank}`), inner);
  }
});
