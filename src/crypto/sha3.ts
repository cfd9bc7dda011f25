/**
 * SHA3-256, for the checksum of onion names. Web Crypto has no SHA-3, and addresses must be formatted in browsers too,
 * where there is no `node:crypto`.
 *
 * Source: FIPS 202. A 64-bit lane is stored as two 32-bit numbers, the low half first.
 *
 * @module
 */

/** Bytes absorbed by one permutation: 1600 bits less twice the 256 of the digest (section 6.1). */
const RATE = 136;

const DIGEST_SIZE = 32;

/** The round constants, alternately low half and high half (section 3.2.5). */
const ROUND_CONSTANTS = Uint32Array.of(
  ...[0x00000001, 0x00000000, 0x00008082, 0x00000000, 0x0000808a, 0x80000000, 0x80008000, 0x80000000],
  ...[0x0000808b, 0x00000000, 0x80000001, 0x00000000, 0x80008081, 0x80000000, 0x00008009, 0x80000000],
  ...[0x0000008a, 0x00000000, 0x00000088, 0x00000000, 0x80008009, 0x00000000, 0x8000000a, 0x00000000],
  ...[0x8000808b, 0x00000000, 0x0000008b, 0x80000000, 0x00008089, 0x80000000, 0x00008003, 0x80000000],
  ...[0x00008002, 0x80000000, 0x00000080, 0x80000000, 0x0000800a, 0x00000000, 0x8000000a, 0x80000000],
  ...[0x80008081, 0x80000000, 0x00008080, 0x80000000, 0x80000001, 0x00000000, 0x80008008, 0x80000000],
);

/** The rotation and target of each lane in the order of ρ and π (sections 3.2.2 and 3.2.3). */
const ROTATIONS = Uint8Array.of(
  1,
  3,
  6,
  10,
  15,
  21,
  28,
  36,
  45,
  55,
  2,
  14,
  27,
  41,
  56,
  8,
  25,
  43,
  62,
  18,
  39,
  61,
  20,
  44,
);
const PLACES = Uint8Array.of(10, 7, 11, 17, 18, 3, 5, 16, 8, 21, 24, 4, 15, 23, 19, 13, 12, 2, 20, 14, 22, 9, 6, 1);

/** The digest of `data`, 32 bytes. */
export function sha3_256(data: Uint8Array): Uint8Array<ArrayBuffer> {
  const state = new Uint32Array(50);
  // The last block has room for the padding: 01, with the 1 0* 1 after it (section 6.1, B.2).
  const padded = new Uint8Array((Math.floor(data.length / RATE) + 1) * RATE);
  padded.set(data);
  padded[data.length] = 0x06;
  padded[padded.length - 1] = (padded[padded.length - 1] ?? 0) | 0x80;
  const input = new DataView(padded.buffer);
  for (let block = 0; block < padded.length; block += RATE) {
    for (let i = 0; i < RATE / 4; i++) state[i] = word(state, i) ^ input.getUint32(block + 4 * i, true);
    permute(state);
  }
  const digest = new DataView(new ArrayBuffer(DIGEST_SIZE));
  for (let i = 0; i < DIGEST_SIZE / 4; i++) digest.setUint32(4 * i, word(state, i), true);
  return new Uint8Array(digest.buffer);
}

/** One half of a lane; every index used here is within the state. */
function word(words: Uint32Array, i: number): number {
  return words[i] ?? 0;
}

/** Keccak-f[1600]: 24 rounds of θ, ρ and π, χ, ι (section 3.3). */
function permute(state: Uint32Array): void {
  const columns = new Uint32Array(10);
  const row = new Uint32Array(10);
  for (let round = 0; round < ROUND_CONSTANTS.length; round += 2) {
    mixColumns(state, columns);
    moveLanes(state);
    for (let y = 0; y < 50; y += 10) {
      for (let x = 0; x < 10; x++) row[x] = word(state, y + x);
      for (let x = 0; x < 10; x++) state[y + x] = word(row, x) ^ (~word(row, (x + 2) % 10) & word(row, (x + 4) % 10));
    }
    state[0] = word(state, 0) ^ word(ROUND_CONSTANTS, round);
    state[1] = word(state, 1) ^ word(ROUND_CONSTANTS, round + 1);
  }
}

/** θ: adds to each lane the parity of the column on its left and that of the one on its right, rotated by one. */
function mixColumns(state: Uint32Array, columns: Uint32Array): void {
  for (let x = 0; x < 10; x++) {
    columns[x] = word(state, x) ^ word(state, x + 10) ^ word(state, x + 20) ^ word(state, x + 30) ^ word(state, x + 40);
  }
  for (let x = 0; x < 10; x += 2) {
    const left = (x + 8) % 10;
    const right = (x + 2) % 10;
    const low = word(columns, left) ^ (word(columns, right) << 1 | word(columns, right + 1) >>> 31);
    const high = word(columns, left + 1) ^ (word(columns, right + 1) << 1 | word(columns, right) >>> 31);
    for (let y = 0; y < 50; y += 10) {
      state[y + x] = word(state, y + x) ^ low;
      state[y + x + 1] = word(state, y + x + 1) ^ high;
    }
  }
}

/** ρ and π: rotates each lane but the first and moves it to another's place. */
function moveLanes(state: Uint32Array): void {
  let low = word(state, 2);
  let high = word(state, 3);
  for (const [i, place] of PLACES.entries()) {
    const bits = ROTATIONS[i] ?? 0;
    if (bits >= 32) [low, high] = [high, low];
    const by = bits % 32;
    // No lane is rotated by 0 or 32 bits, where a shift by 32 would be a shift by 0.
    const rotatedLow = low << by | high >>> (32 - by);
    const rotatedHigh = high << by | low >>> (32 - by);
    low = word(state, 2 * place);
    high = word(state, 2 * place + 1);
    state[2 * place] = rotatedLow;
    state[2 * place + 1] = rotatedHigh;
  }
}
