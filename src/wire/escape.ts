/**
 * Escaping untrusted bytes and text for terminals, logs and files.
 *
 * @module
 */

/** How each byte is shown. */
const SHOWN: readonly string[] = Array.from(
  { length: 256 },
  (_, byte) =>
    byte === 0x5c
      ? "\\\\"
      : byte >= 0x20 && byte <= 0x7e
      ? String.fromCharCode(byte)
      : `\\x${byte.toString(16).padStart(2, "0")}`,
);

/**
 * Shows bytes as text: 0x20 to 0x7e unchanged except that a backslash is doubled; any other byte as `\xNN`.
 *
 * @example
 * ```ts
 * import { escapeBytes } from "@bitcoin-p2p/handshake/wire";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(escapeBytes(new TextEncoder().encode("/Satoshi:31.0.0/")), "/Satoshi:31.0.0/");
 * assertEquals(escapeBytes(Uint8Array.of(0x1b, 0x5b, 0x32, 0x4a, 0x5c)), "\\x1b[2J\\\\");
 * ```
 */
export function escapeBytes(bytes: Uint8Array): string {
  let text = "";
  for (let i = 0; i < bytes.length; i++) text += SHOWN[bytes[i] ?? 0];
  return text;
}

/**
 * Shows untrusted text, such as a file name or a line of a file: unprintable characters become `\xNN`, or `\u{N}` from
 * U+0100 on. Everything else is unchanged, backslashes too, so text that is already escaped stays the same.
 *
 * Unprintable are control characters (including DEL and C1), line and paragraph separators, bidirectional controls,
 * zero-width and other invisible characters, byte order marks, lone surrogates, and all spaces but U+0020.
 */
export function escapeText(text: string): string {
  // Not a constant, as compiling it would take longer than loading the rest of the module.
  return text.replace(/[[\p{C}\p{Z}\p{Default_Ignorable_Code_Point}]--[ ]]/gv, escapeCharacter);
}

/** An unprintable character as {@linkcode escapeText} shows it. */
export function escapeCharacter(character: string): string {
  const code = (character.codePointAt(0) ?? 0).toString(16);
  return code.length > 2 ? `\\u{${code}}` : `\\x${code.padStart(2, "0")}`;
}
