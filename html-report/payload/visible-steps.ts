/** A series whose shape is preserved, and the number of points for it. */
export interface DrawnSeries {
  readonly values: Float64Array;
  readonly points: number;
}

function keepExtremes(steps: Set<number>, values: Float64Array, from: number, to: number): void {
  let lowest = -1;
  let highest = -1;
  for (let k = from; k < to; k += 1) {
    const value = values[k]!;
    if (Number.isNaN(value)) continue;
    if (lowest < 0 || value < values[lowest]!) lowest = k;
    if (highest < 0 || value > values[highest]!) highest = k;
  }
  if (lowest >= 0) steps.add(lowest).add(highest);
}

/** Adds the first missing step of a bucket, so that a gap that starts there interrupts the line. */
function keepGap(steps: Set<number>, values: Float64Array, from: number, to: number): void {
  for (let k = from; k < to; k += 1) {
    const begins = Number.isNaN(values[k]!) && (k === 0 || !Number.isNaN(values[k - 1]!));
    if (begins) {
      steps.add(k);
      return;
    }
  }
}

/**
 * Selects steps to draw so that the visible shape is preserved: for every series the smallest and
 * the largest value of each of points ÷ 2 equal ranges (Jugel et al., "M4: A Visualization-Oriented
 * Time Series Data Aggregation", VLDB 2014, without the first and last value), the starts of gaps,
 * and both ends. Every series is drawn at the union of these steps, so that an actual value and the
 * interval of the same step are both visible.
 * @returns increasing step numbers; all steps if there are at most as many as points.
 */
export function visibleSteps(series: readonly DrawnSeries[]): readonly number[] {
  const length = Math.max(0, ...series.map(({ values }) => values.length));
  const points = series.reduce((sum, drawn) => sum + drawn.points, 0);
  if (length <= points) return Array.from({ length }, (_, k) => k);
  const steps = new Set([0, length - 1]);
  for (const drawn of series) {
    const buckets = Math.max(1, Math.floor(drawn.points / 2));
    for (let bucket = 0; bucket < buckets; bucket += 1) {
      const from = Math.floor((bucket * length) / buckets);
      const to = Math.floor(((bucket + 1) * length) / buckets);
      keepExtremes(steps, drawn.values, from, to);
      keepGap(steps, drawn.values, from, to);
    }
  }
  return [...steps].sort((a, b) => a - b);
}
