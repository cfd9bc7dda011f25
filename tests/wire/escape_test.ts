import { assertEquals, assertMatch } from "@std/assert";
import { escapeBytes, escapeText } from "../../src/wire/escape.ts";
import { ascii, hex } from "../support/bytes.ts";

/** What {@linkcode escapeBytes} makes of bytes, undone. */
function unescape(text: string): Uint8Array {
  const parts = text.match(/\\x[0-9a-f]{2}|\\\\|[^\\]/g) ?? [];
  assertEquals(parts.join(""), text);
  return Uint8Array.from(parts, (part) => part.startsWith("\\x") ? parseInt(part.slice(2), 16) : part.charCodeAt(0));
}

Deno.test("escapeBytes() leaves printable ASCII unchanged, except for the backslash", () => {
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

Deno.test("escapeText() leaves printable text unchanged, in any script, including backslashes", () => {
  for (const text of ["", "C:\\nodes.txt", "узлы.txt", "节点 é ₿ 🟠", "a\\x1b", "«a» – …"]) {
    assertEquals(escapeText(text), text);
  }
});

Deno.test("escapeText() escapes every unprintable character", () => {
  const cases: readonly (readonly [what: string, text: string, shown: string])[] = [
    ["C0", "\0\t\n\r\x1b", "\\x00\\x09\\x0a\\x0d\\x1b"],
    ["DEL and C1", "\x7f\x80\x9b\x9f", "\\x7f\\x80\\x9b\\x9f"],
    ["bidirectional controls", "\u202a\u202e\u2066\u2069", "\\u{202a}\\u{202e}\\u{2066}\\u{2069}"],
    ["direction marks", "\u200e\u200f\u061c", "\\u{200e}\\u{200f}\\u{61c}"],
    ["line and paragraph separators", "\x85\u2028\u2029", "\\x85\\u{2028}\\u{2029}"],
    ["zero width", "\u200b\u200c\u200d\u2060\xad", "\\u{200b}\\u{200c}\\u{200d}\\u{2060}\\xad"],
    ["invisible letters", "\u3164\u115f", "\\u{3164}\\u{115f}"],
    ["spaces but the plain one", " \xa0\u3000", " \\xa0\\u{3000}"],
    ["byte order marks", "\ufeff\ufffe", "\\u{feff}\\u{fffe}"],
    ["lone surrogates", "\ud800a\udfff", "\\u{d800}a\\u{dfff}"],
    ["tags", "\u{e0041}", "\\u{e0041}"],
  ];
  for (const [what, text, shown] of cases) assertEquals(escapeText(text), shown, what);
});

Deno.test("escapeText() does nothing to text that is escaped", () => {
  const text = Array.from({ length: 0x3000 }, (_, code) => String.fromCodePoint(code)).join("");
  assertEquals(escapeText(escapeText(text)), escapeText(text));
  const bytes = escapeBytes(Uint8Array.from({ length: 256 }, (_, i) => i));
  assertEquals(escapeText(bytes), bytes);
});
