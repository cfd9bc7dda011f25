/**
 * The checksum of payloads of several sizes, compared with a single digest of Web Crypto.
 *
 * @module
 */

import { checksum } from "../src/crypto/checksum.ts";
import { HEADER_SIZE } from "../src/transport/v1.ts";
import { VERSION } from "./ready.ts";

const version = VERSION.slice(HEADER_SIZE);

Deno.bench(
  "one digest of Web Crypto",
  { baseline: true },
  async () => void await crypto.subtle.digest("SHA-256", version),
);
Deno.bench("checksum of a version", async () => void await checksum(version));
Deno.bench("checksum of nothing", async () => void await checksum(new Uint8Array()));
for (const size of [8, 4096]) {
  const payload = new Uint8Array(size);
  Deno.bench(`checksum of ${size} bytes`, async () => void await checksum(payload));
}
