/** One small fault in the source, which some test must notice. */
export interface Mutant {
  /** The file to change, relative to the folder of `deno.json`. */
  readonly file: string;
  /** The declaration that it is in, a method with its class before it: `Reader.uint8`; empty outside of all. */
  readonly place: string;
  /** What kind of change it is. */
  readonly operator: string;
  /** The offset of the first character that is replaced. */
  readonly start: number;
  /** The offset after the last character that is replaced. */
  readonly end: number;
  /** What stands there, in one line. */
  readonly from: string;
  /** What takes its place; empty when nothing does. */
  readonly to: string;
  /** The lines that it stands on, from 1: the first and the last one. */
  readonly lines: readonly [first: number, last: number];
  /** Which one it is, from 1, of those that have all this in common but their offsets and lines. */
  readonly copy: number;
}

/** The source of a file with the mutant in it. */
export function mutate(text: string, { start, end, to }: Mutant): string {
  return text.slice(0, start) + to + text.slice(end);
}

/** The longest text that {@linkcode oneLine} gives. */
const MAX_LENGTH = 100;

/** A piece of source in one line, and no longer than tells what it is. */
export function oneLine(text: string): string {
  const line = text.replaceAll(/\s+/g, " ").trim();
  return line.length > MAX_LENGTH ? `${line.slice(0, MAX_LENGTH)}…` : line;
}

/** What a mutant replaces by what, in one line; only what it takes away, where it does nothing else. */
export function changeOf({ from, to }: Mutant): string {
  return to === "" ? from : `${from} -> ${oneLine(to)}`;
}

/** A name that stays when other parts of the file change. */
export function keyOf(mutant: Mutant): string {
  const { file, place, operator, copy } = mutant;
  return [file, place, operator, changeOf(mutant), ...copy > 1 ? [`#${copy}`] : []].join(" | ");
}
