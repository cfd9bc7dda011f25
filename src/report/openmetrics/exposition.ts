/**
 * Metrics in the text format of OpenMetrics 1.0, as far as it is the text format of Prometheus too: only gauges and
 * histograms, no timestamps. Readers of either take it, such as the textfile collector of Prometheus's node exporter.
 *
 * Source: https://github.com/prometheus/OpenMetrics/blob/v1.0.0/specification/OpenMetrics.md
 *
 * @module
 */

import { escapeText } from "../../wire/escape.ts";

/** What all names begin with. */
const PREFIX = "bitcoin_p2p_handshake";

/** Labels of a sample, by name. */
export type Labels = { readonly [name: string]: string };

/** A measured value. */
export interface Sample {
  /** What distinguishes it within its family. */
  readonly labels: Labels;
  /** The value; any finite number. */
  readonly value: number;
  /** The end of its name, in a histogram only. */
  readonly suffix?: "_bucket" | "_count" | "_sum";
}

/** A metric with all its samples. */
export interface Family {
  /** The name after the program's prefix; it ends in the unit, if there is one. */
  readonly name: string;
  /** Its type. */
  readonly type: "gauge" | "histogram";
  /** What it measures: words without a line end, a backslash or a quote. */
  readonly help: string;
  /** The unit; absent for counts. */
  readonly unit?: "seconds";
  /** The samples, those of a histogram together. */
  readonly samples: readonly Sample[];
}

/** The text of the families that have samples, with `labels` added to every sample. */
export function exposition(families: readonly Family[], labels: Labels): string {
  const lines = families.filter(({ samples }) => samples.length > 0).flatMap((family) => familyLines(family, labels));
  return [...lines, "# EOF", ""].join("\n");
}

function familyLines({ name: ending, type, help, unit, samples }: Family, labels: Labels): string[] {
  const name = `${PREFIX}_${ending}`;
  return [
    `# TYPE ${name} ${type}`,
    ...unit === undefined ? [] : [`# UNIT ${name} ${unit}`],
    `# HELP ${name} ${help}`,
    ...samples.map((sample) =>
      `${name}${sample.suffix ?? ""}${labelSet({ ...labels, ...sample.labels })} ${sample.value}`
    ),
  ];
}

function labelSet(labels: Labels): string {
  return `{${Object.entries(labels).map(([name, value]) => `${name}="${labelValue(value)}"`).join(",")}}`;
}

function labelValue(text: string): string {
  return escapeText(text).replaceAll("\\", "\\\\").replaceAll('"', '\\"');
}
