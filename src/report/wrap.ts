/**
 * Wrapping text.
 *
 * @module
 */

/** Wraps text in lines of at most `width` characters, breaking words only if they are longer than a line. */
export function wrap(text: string, width: number): string[] {
  const piece = new RegExp(`.{1,${width}}`, "gsu");
  const lines: string[] = [];
  for (const word of text.split(" ").flatMap((word) => word.match(piece) ?? [""])) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
