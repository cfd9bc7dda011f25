import { assertEquals, assertMatch } from "@std/assert";
import { escapeBytes } from "../../src/wire/escape.ts";
import { ascii, hex } from "../support/bytes.ts";

/** What {@linkcode escapeBytes} makes of bytes, undone. */
function unescape(text: string): Uint8Array {
  const parts = text.match(/\\x[0-9a-f]{2}|\\\\|[^\\]/g) ?? [];
  assertEquals(parts.join(""), text);
  return Uint8Array.from(parts, (part) => part.startsWith("\\x") ? parseInt(part.slice(2), 16) : part.charCodeAt(0));
}

Deno.test("escapeBytes() leaves printable ASCII as it is, but for the backslash", () => {
  const printable = Array.from({ length: 0x7f - 0x20 }, (_, i) => String.fromCharCode(0x20 + i)).join("");
  assertEquals(escapeBytes(ascii(printable)), printable.replace("\\", "\\\\"));
});

Deno.test("escapeBytes() shows every other byte as two digits of hex", () => {
  const cases: readonly (readonly [bytes: string, text: string])[] = [
    ["", ""],
    ["00", "\\x00"],
    ["1f", "\\x1f"],
    ["7f", "\\x7f"],
    ["80", "\\x80"],
    ["ff", "\\xff"],
    ["5c", "\\\\"],
    ["5c 78 30 30", "\\\\x00"], // the text \x00, not the byte
    ["0d 0a", "\\x0d\\x0a"],
    ["1b 5d 30 3b 78 07", "\\x1b]0;x\\x07"], // sets a terminal's title
    ["c3 a9", "\\xc3\\xa9"], // é
    ["e2 80 ae", "\\xe2\\x80\\xae"], // right-to-left override
  ];
  for (const [bytes, text] of cases) assertEquals(escapeBytes(hex(bytes)), text, bytes);
});

Deno.test("escapeBytes() loses nothing, and lets nothing unprintable through", () => {
  const all = Uint8Array.from({ length: 256 }, (_, i) => i);
  for (const bytes of [all, all.toReversed(), hex("5c5c785c7830"), hex("785c30305c785c5c")]) {
    const text = escapeBytes(bytes);
    assertMatch(text, /^[\x20-\x7e]*$/);
    assertEquals(unescape(text), bytes);
  }
});
