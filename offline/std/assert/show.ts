/**
 * Showing values in the message of a failed assertion.
 *
 * @module
 */

/** How many equal lines are kept on each side of those that differ. */
const CONTEXT = 3;
/** Maximum size of the table of {@linkcode alignment}; beyond it the differing lines are shown as one block. */
const MAX_CELLS = 4_000_000;

/** A value in full, on as many lines as it takes. */
export function show(value: unknown): string {
  return Deno.inspect(value, {
    compact: false,
    depth: 100,
    getters: true,
    iterableLimit: Infinity,
    sorted: true,
    strAbbreviateSize: Infinity,
    trailingComma: true,
  });
}

/** The lines of two values: `-` before what only `actual` has, `+` before what only `expected` has. */
export function showDifference(actual: unknown, expected: unknown): string {
  const [left, right] = [lines(actual), lines(expected)];
  let start = 0;
  while (start < left.length && start < right.length && left[start] === right[start]) start++;
  let end = 0;
  while (end < Math.min(left.length, right.length) - start && left.at(-1 - end) === right.at(-1 - end)) end++;
  const [leftEnd, rightEnd] = [left.length - end, right.length - end];
  return [
    "  (- actual, + expected)",
    ...start > CONTEXT ? ["  ..."] : [],
    ...left.slice(Math.max(0, start - CONTEXT), start).map((line) => `  ${line}`),
    ...alignment(left.slice(start, leftEnd), right.slice(start, rightEnd)),
    ...left.slice(leftEnd, leftEnd + CONTEXT).map((line) => `  ${line}`),
    ...end > CONTEXT ? ["  ..."] : [],
  ].join("\n");
}

/** The lines of a string, or of any other value as shown. */
function lines(value: unknown): string[] {
  if (typeof value !== "string") return show(value).split("\n");
  return value.split("\n").map((line) => JSON.stringify(line));
}

/** The two lists as one, by a longest common subsequence. */
function alignment(left: readonly string[], right: readonly string[]): string[] {
  const width = right.length + 1;
  if ((left.length + 1) * width > MAX_CELLS) {
    return [...left.map((line) => `- ${line}`), ...right.map((line) => `+ ${line}`)];
  }
  // common[i * width + j]: how many lines left[i..] and right[j..] have in common.
  const common = new Uint32Array((left.length + 1) * width);
  const at = (i: number, j: number): number => common[i * width + j] ?? 0;
  for (let i = left.length - 1; i >= 0; i--) {
    for (let j = right.length - 1; j >= 0; j--) {
      common[i * width + j] = left[i] === right[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const merged: string[] = [];
  let [i, j] = [0, 0];
  while (i < left.length || j < right.length) {
    if (i < left.length && j < right.length && left[i] === right[j]) {
      merged.push(`  ${left[i++]}`);
      j++;
    } else if (j === right.length || (i < left.length && at(i + 1, j) >= at(i, j + 1))) {
      merged.push(`- ${left[i++]}`);
    } else {
      merged.push(`+ ${right[j++]}`);
    }
  }
  return merged;
}
