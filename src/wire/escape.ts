/**
 * Bytes of a peer made safe to show, without losing one: for terminals, logs and files.
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
 * import { assertEquals } from "@std/assert";
 * import { escapeBytes } from "./escape.ts";
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
