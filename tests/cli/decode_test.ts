import { assertEquals, assertRejects } from "@std/assert";
import { decodedLines, EncodingError, MAX_LINE_LENGTH } from "../../src/cli/decode.ts";
import { ascii, hex } from "../support/bytes.ts";

/** The lines of bytes that come in these chunks. */
async function linesOf(...chunks: Uint8Array[]): Promise<string[]> {
  return (await Array.fromAsync(decodedLines(ReadableStream.from(chunks)))).flat();
}

/** A text in UTF-16. */
function utf16(text: string, littleEndian: boolean, mark: boolean): Uint8Array {
  const units = Array.from((mark ? "\ufeff" : "") + text, (unit) => unit.charCodeAt(0));
  return Uint8Array.from(units.flatMap((unit) => littleEndian ? [unit & 0xff, unit >> 8] : [unit >> 8, unit & 0xff]));
}

const bytewise = (bytes: Uint8Array): Uint8Array[] => Array.from(bytes, (byte) => Uint8Array.of(byte));

const TEXT = "# узлы\r\n192.0.2.1\r\nseed.example";
const LINES = ["# узлы", "192.0.2.1", "seed.example"];

const ENCODINGS: readonly (readonly [name: string, bytes: Uint8Array])[] = [
  ["UTF-8", new TextEncoder().encode(TEXT)],
  ["UTF-8 with a mark", new TextEncoder().encode(`\ufeff${TEXT}`)],
  ["UTF-16, little-endian, with a mark", utf16(TEXT, true, true)],
  ["UTF-16, big-endian, with a mark", utf16(TEXT, false, true)],
  ["UTF-16, little-endian", utf16(TEXT, true, false)],
  ["UTF-16, big-endian", utf16(TEXT, false, false)],
];

for (const [name, bytes] of ENCODINGS) {
  Deno.test(`decodedLines() reads ${name}, however it is split`, async () => {
    assertEquals(await linesOf(bytes), LINES);
    assertEquals(await linesOf(...bytewise(bytes)), LINES);
    for (let at = 0; at <= bytes.length; at++) assertEquals(await linesOf(bytes.slice(0, at), bytes.slice(at)), LINES);
  });
}

Deno.test("decodedLines() reads what is too short to show its encoding", async () => {
  const cases: [bytes: Uint8Array, lines: string[]][] = [
    [new Uint8Array(), []],
    [ascii("a"), ["a"]],
    [ascii("::1"), ["::1"]],
    [hex("fffe"), []],
    [hex("feff"), []],
    [hex("efbbbf"), []],
    [hex("6100"), ["a"]],
    [hex("0061"), ["a"]],
  ];
  for (const [bytes, lines] of cases) {
    for (const chunks of [[bytes], bytewise(bytes)]) assertEquals((await linesOf(...chunks)).filter(Boolean), lines);
  }
});

Deno.test("decodedLines() ends a line at LF, CR or both, also where a chunk ends between them", async () => {
  const text = ascii("a\nb\rc\r\n\nd\r\r\ne");
  const lines = ["a", "b", "c", "", "d", "", "e"];
  assertEquals(await linesOf(text), lines);
  assertEquals(await linesOf(...bytewise(text)), lines);
  assertEquals(await linesOf(ascii("last line\r\n")), ["last line"]);
  assertEquals(await linesOf(ascii("last line\r")), ["last line"]);
});

Deno.test("decodedLines() gives a line as soon as it has ended", async () => {
  const stream = new TransformStream<Uint8Array, Uint8Array>();
  const writer = stream.writable.getWriter();
  const lines = decodedLines(stream.readable);
  writer.write(ascii("192.0.2.1\n192.0"));
  assertEquals((await lines.next()).value, ["192.0.2.1"]);
  writer.write(ascii(".2.2\n"));
  assertEquals((await lines.next()).value, ["192.0.2.2"]);
  await writer.close();
  assertEquals((await lines.next()).done, true);
});

Deno.test("decodedLines() keeps no more of a long line than shows that it is too long", async () => {
  const part = ascii("x".repeat(1000));
  const lines = await linesOf(...new Array<Uint8Array>(1000).fill(part), ascii("\nnext\n"), part);
  assertEquals(lines.length, 3);
  const [long = ""] = lines;
  assertEquals([long.length > MAX_LINE_LENGTH, long.length < MAX_LINE_LENGTH + 2000], [true, true]);
  assertEquals(lines[1], "next");
});

const REFUSED: readonly (readonly [what: string, bytes: Uint8Array, message: string])[] = [
  ["UTF-32, little-endian", hex("fffe0000 61000000"), "it is UTF-32: expected text in UTF-8 or UTF-16"],
  ["UTF-32, big-endian", hex("0000feff 00000061"), "it is UTF-32"],
  ["UTF-32 without a mark, little-endian", hex("61000000 62000000"), "it is UTF-32"],
  ["UTF-32 without a mark, big-endian", hex("00000061 00000062"), "it is UTF-32"],
  ["UTF-7", ascii("+/v8-a"), "it is UTF-7"],
  ["GB18030", hex("84319533 61"), "it is GB18030"],
  ["gzip", hex("1f8b0800 00000000"), "it is compressed with gzip"],
  ["bzip2", hex("425a6839 31415926"), "it is compressed with bzip2"],
  ["xz", hex("fd377a58 5a000004"), "it is compressed with xz"],
  ["Zstandard", hex("28b52ffd 04580100"), "it is compressed with Zstandard"],
  ["PDF", ascii("%PDF-1.7\n"), "it is a PDF document"],
  ["ZIP", hex("504b0304 14000600"), "it is a ZIP archive"],
  ["Latin-1", hex("61 0a 63 61 66 e9 0a 62"), "line 2 is not UTF-8, it may be Latin-1 or Windows-1252"],
  ["half a character", hex("61 0a 62 0a e2 82"), "line 3 is not UTF-8"],
  ["a NUL", ascii("one\ntwo\0\n"), "line 2 has a NUL character"],
  ["half a unit of UTF-16", hex("fffe 6100 62"), "line 1 is not UTF-16, unlike the beginning"],
  ["half a pair of UTF-16", hex("fffe 0a00 00d8 6100"), "line 2 is not UTF-16, unlike the beginning"],
];

for (const [what, bytes, message] of REFUSED) {
  Deno.test(`decodedLines() refuses ${what} by name`, async () => {
    await assertRejects(() => linesOf(bytes), EncodingError, message);
    await assertRejects(() => linesOf(...bytewise(bytes)), EncodingError, message);
  });
}
