/**
 * A strict reader of the text format of OpenMetrics 1.0, as far as gauges and histograms go.
 *
 * Source: https://github.com/prometheus/OpenMetrics/blob/v1.0.0/specification/OpenMetrics.md (ABNF and its rules)
 *
 * @module
 */

/** A sample: its whole name, its labels, its value. */
export interface ReadSample {
  /** The name, with its suffix. */
  readonly name: string;
  /** The labels, unescaped. */
  readonly labels: Readonly<Record<string, string>>;
  /** The value. */
  readonly value: number;
}

/** A family, by its name. */
export interface ReadFamily {
  /** The descriptors: TYPE, UNIT and HELP. */
  readonly meta: Map<string, string>;
  /** The samples in their order. */
  readonly samples: ReadSample[];
}

const NAME = "[a-zA-Z_:][a-zA-Z0-9_:]*";
const LABEL = String.raw`[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\n]|\\["\\n])*"`;
const META = new RegExp(`^# (TYPE|UNIT|HELP) (${NAME}) ((?:[^\\\\\\n"]|\\\\["\\\\n])*)$`);
const SAMPLE = new RegExp(`^(${NAME})\\{(${LABEL}(?:,${LABEL})*)?\\} (-?\\d+(?:\\.\\d+)?(?:e[+-]\\d+)?)$`);

/** The families of an exposition; throws when it breaks a rule of the format. */
export function readOpenMetrics(text: string): ReadonlyMap<string, ReadFamily> {
  if (!text.endsWith("\n# EOF\n")) throw new Error("Expected # EOF as the last line");
  const families = new Map<string, ReadFamily>();
  const seen = new Set<string>();
  let current = "";
  for (const line of text.split("\n").slice(0, -2)) {
    const meta = META.exec(line);
    if (meta !== null) {
      const [, kind = "", name = "", value = ""] = meta;
      if (name !== current && families.has(name)) throw new Error(`The family ${name} comes twice`);
      current = name;
      const family = families.get(name) ?? { meta: new Map(), samples: [] };
      families.set(name, family);
      if (family.meta.has(kind) || family.samples.length > 0) throw new Error(`Misplaced: ${line}`);
      family.meta.set(kind, value);
      continue;
    }
    const [, name = "", labels = "", value = ""] = SAMPLE.exec(line) ?? [];
    if (name === "") throw new Error(`Neither a descriptor nor a sample: ${line}`);
    const key = `${name}{${labels}}`;
    if (seen.has(key)) throw new Error(`The sample comes twice: ${line}`);
    seen.add(key);
    families.get(current)?.samples.push({ name, labels: readLabels(labels), value: Number(value) });
  }
  for (const [name, family] of families) checkFamily(name, family);
  return families;
}

function readLabels(text: string): Record<string, string> {
  return Object.fromEntries(
    [...text.matchAll(/([a-zA-Z0-9_]+)="((?:[^"\\]|\\.)*)"/g)].map(([, name, value = ""]) => [
      name,
      value.replace(/\\(.)/g, (_, escaped) => escaped === "n" ? "\n" : escaped),
    ]),
  );
}

function checkFamily(name: string, { meta, samples }: ReadFamily): void {
  const unit = meta.get("UNIT");
  if (unit !== undefined && !name.endsWith(`_${unit}`)) throw new Error(`${name} does not end in its unit, ${unit}`);
  if (!meta.get("HELP")) throw new Error(`${name} has no HELP`);
  const type = meta.get("TYPE");
  if (type === "gauge") {
    if (samples.some((sample) => sample.name !== name)) throw new Error(`${name} has samples of another name`);
    return;
  }
  if (type !== "histogram") throw new Error(`${name} has the type ${type}`);
  const groups = Map.groupBy(samples, ({ labels: { le: _, ...labels } }) => JSON.stringify(labels));
  for (const group of groups.values()) checkHistogram(name, group);
}

function checkHistogram(name: string, samples: readonly ReadSample[]): void {
  const buckets = samples.filter((sample) => sample.name === `${name}_bucket`);
  const bounds = buckets.map(({ labels: { le } }) => le === "+Inf" ? Infinity : Number(le));
  const isAscending = (values: readonly number[], min: number) =>
    values.every((value, i) => i === 0 || value - (values[i - 1] ?? 0) >= min);
  if (bounds.at(-1) !== Infinity || !isAscending(bounds, Number.MIN_VALUE)) throw new Error(`${name}: ${bounds}`);
  if (buckets.some(({ labels: { le = "" } }) => le !== "+Inf" && !le.includes("."))) {
    throw new Error(`${name}: no float`);
  }
  if (!isAscending(buckets.map(({ value }) => value), 0)) throw new Error(`The buckets of ${name} do not add up`);
  const count = samples.find((sample) => sample.name === `${name}_count`)?.value;
  if (count !== buckets.at(-1)?.value) throw new Error(`The last bucket of ${name} is not its count`);
  if (samples.length !== buckets.length + 2) throw new Error(`${name} has other samples`);
}
