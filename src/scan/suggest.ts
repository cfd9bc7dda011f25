/**
 * Suggestions for mistyped words.
 *
 * @module
 */

/** The candidate nearest to `word`, if it is near enough for `word` to be a typo. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  const [best] = candidates
    .map((candidate) => ({ candidate, distance: editDistance(word, candidate) }))
    .filter(({ candidate: { length }, distance }) => distance <= Math.max(2, length / 3) && distance < length / 2)
    .toSorted((a, b) => a.distance - b.distance);
  return best?.candidate;
}

/**
 * How many insertions, deletions, replacements and swaps of neighbours turn `a` into `b`, with each character in at
 * most one of them (optimal string alignment).
 */
function editDistance(a: string, b: string): number {
  let before: readonly number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 0; i < a.length; i++) {
    const next = [i + 1];
    for (let j = 0; j < b.length; j++) {
      const replaced = (row[j] ?? 0) + (a[i] === b[j] ? 0 : 1);
      const isSwapped = a[i] === b[j - 1] && a[i - 1] === b[j];
      const swapped = isSwapped ? (before[j - 1] ?? 0) + 1 : Infinity;
      next.push(Math.min(replaced, swapped, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    before = row;
    row = next;
  }
  return row[b.length] ?? 0;
}
