import { type createCipheriv, createDecipheriv } from "node:crypto";

/**
 * How many decryptions, or with `createCipheriv` encryptions, are finalised while `action` runs; the runtime never
 * frees one that is not.
 */
export function countFinals(
  action: () => void,
  create: typeof createCipheriv | typeof createDecipheriv = createDecipheriv,
): number {
  const prototype = Object.getPrototypeOf(create("chacha20-poly1305", new Uint8Array(32), new Uint8Array(12)));
  const { final } = prototype;
  let finals = 0;
  prototype.final = function (...args: unknown[]) {
    finals++;
    return final.apply(this, args);
  };
  try {
    action();
    return finals;
  } finally {
    prototype.final = final;
  }
}
