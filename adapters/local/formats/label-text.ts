import type { Labels } from './format.ts';

const PAIR = /([A-Za-z_][\w.]*)\s*=\s*"((?:[^"\\]|\\.)*)"\s*,?\s*/gy;

/** A series as Prometheus and Grafana write it. */
export interface NamedSeries {
  readonly metric: string;
  readonly labels: Labels;
}

/** Reads `metric{a="x", b="y"}`; null if the text has no labels in braces. */
export function readLabelText(text: string): NamedSeries | null {
  const [, metric, inner] = /^([^{]*)\{(.*)\}\s*$/.exec(text) ?? [];
  if (metric === undefined || inner === undefined) return null;
  const labels: [string, string][] = [];
  PAIR.lastIndex = 0;
  for (let pair = PAIR.exec(inner); pair !== null; pair = PAIR.exec(inner)) {
    labels.push([pair[1]!, pair[2]!.replaceAll(/\\(.)/g, '$1')]);
  }
  return { metric: metric.trim(), labels: Object.fromEntries(labels) };
}
