import { Buffer } from "node:buffer";

/** The lengths of the byte arrays that are overwritten with zeros while `action` runs, in order. */
export function lengthsErased(action: () => void): number[] {
  const erased: Uint8Array[] = [];
  const originals = [Uint8Array, Buffer].map(({ prototype }) => [prototype, prototype.fill] as const);
  for (const [prototype, fill] of originals) {
    prototype.fill = function (this: Uint8Array, ...args: [number]) {
      erased.push(this);
      return fill.apply(this, args);
    };
  }
  try {
    action();
  } finally {
    for (const [prototype, fill] of originals) prototype.fill = fill;
  }
  return erased.filter((bytes) => bytes.every((byte) => byte === 0)).map(({ length }) => length);
}
