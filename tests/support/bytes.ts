/** Bytes in hex; white space, and `#` with the rest of its line, are for the reader. */
export function hex(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.fromHex(text.replaceAll(/#.*/g, "").replaceAll(/\s/g, ""));
}

/** The bytes of a text. */
export function ascii(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

/** All parts, one behind the other. */
export function concat(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    bytes.set(part, offset);
    offset += part.length;
  }
  return bytes;
}

/** `bytes` in parts of `size` bytes, the last one perhaps shorter. */
export function chunks(bytes: Uint8Array, size: number): Uint8Array[] {
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) => bytes.subarray(i * size, (i + 1) * size));
}

/** The ways in which a stream of bytes may come: whole, byte by byte, and cut in two at each boundary. Each has a name. */
export function* splits(bytes: Uint8Array): Generator<[name: string, parts: Uint8Array[]]> {
  yield ["whole", [bytes]];
  yield ["byte by byte", chunks(bytes, 1)];
  for (let cut = 0; cut <= bytes.length; cut++) {
    yield [`cut at ${cut}`, [bytes.subarray(0, cut), bytes.subarray(cut)]];
  }
}
