/** The words of a text, in rows of the given length. */
export function rowsOf(columns: number, text: string): string[][] {
  const words = text.trim().split(/\s+/);
  return Array.from({ length: words.length / columns }, (_, i) => words.slice(i * columns, (i + 1) * columns));
}
