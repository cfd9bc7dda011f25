/**
 * Bytes and text from elsewhere made safe to show: for terminals, logs and files.
 *
 * @module
 */

/** What each byte is shown as. */
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
 * Shows bytes as text: 0x20 to 0x7e stand as they are, a backslash is doubled, every other byte is `\xNN`.
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
 * Shows text that is not ours, such as a file name or a line of a file: what does not show as itself is `\xNN`, or
 * `\u{N}` from U+0100 on; everything else stands as it is, a backslash too, so that text already escaped stays the same.
 *
 * What does not show: control characters, DEL and C1 among them, line and paragraph separators, bidirectional controls,
 * zero-width and other invisible characters, byte order marks, lone surrogates, and any space but U+0020.
 */
export function escapeText(text: string): string {
  // Not a constant: it takes longer to make than all the rest of a module to load.
  return text.replace(/[[\p{C}\p{Z}\p{Default_Ignorable_Code_Point}]--[ ]]/gv, escapeCharacter);
}

/** One character as {@linkcode escapeText} shows those that do not show as themselves. */
export function escapeCharacter(character: string): string {
  const code = (character.codePointAt(0) ?? 0).toString(16);
  return code.length > 2 ? `\\u{${code}}` : `\\x${code.padStart(2, "0")}`;
}
