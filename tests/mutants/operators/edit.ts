import type { Range } from "../expressions.ts";

/** A change of the source. */
export interface Edit {
  /** What kind of change it is. */
  readonly operator: string;
  /** The offset of the first character that is replaced. */
  readonly start: number;
  /** The offset after the last character that is replaced. */
  readonly end: number;
  /** What takes its place. */
  readonly to: string;
}

/** Where some nodes are in the source. */
export function spanOf({ group, first, last }: Range): { start: number; end: number } {
  return { start: group.nodes[first]?.start ?? group.start, end: group.nodes[last]?.end ?? group.end };
}
