/** A series to keep the shape of, and how many of the points may be spent on it. */
export interface Drawn {
  readonly values: Float64Array;
  readonly points: number;
}

function keepExtremes(kept: Set<number>, values: Float64Array, from: number, to: number): void {
  let lowest = -1;
  let highest = -1;
  for (let k = from; k < to; k += 1) {
    const value = values[k]!;
    if (Number.isNaN(value)) continue;
    if (lowest < 0 || value < values[lowest]!) lowest = k;
    if (highest < 0 || value > values[highest]!) highest = k;
  }
  if (lowest >= 0) kept.add(lowest).add(highest);
}

/** The first missing step of each bucket, so that a gap that begins there breaks the line. */
function keepGap(kept: Set<number>, values: Float64Array, from: number, to: number): void {
  for (let k = from; k < to; k += 1) {
    const begins = Number.isNaN(values[k]!) && (k === 0 || !Number.isNaN(values[k - 1]!));
    if (begins) {
      kept.add(k);
      return;
    }
  }
}

/**
 * Steps to draw so that what can be seen survives: for every series the smallest and the largest value of each of
 * points ÷ 2 equal stretches (Jugel et al., "M4: A Visualization-Oriented Time Series Data Aggregation", VLDB 2014,
 * without the first and last value), the beginnings of gaps, and both ends. Every series is then drawn at the union of
 * these steps, so that an actual value is compared with the interval of its own moment.
 * @returns increasing step numbers; all steps where there are no more of them than points.
 */
export function visibleSteps(series: readonly Drawn[]): readonly number[] {
  const length = Math.max(0, ...series.map(({ values }) => values.length));
  const points = series.reduce((sum, drawn) => sum + drawn.points, 0);
  if (length <= points) return Array.from({ length }, (_, k) => k);
  const kept = new Set([0, length - 1]);
  for (const drawn of series) {
    const buckets = Math.max(1, Math.floor(drawn.points / 2));
    for (let bucket = 0; bucket < buckets; bucket += 1) {
      const from = Math.floor((bucket * length) / buckets);
      const to = Math.floor(((bucket + 1) * length) / buckets);
      keepExtremes(kept, drawn.values, from, to);
      keepGap(kept, drawn.values, from, to);
    }
  }
  return [...kept].sort((a, b) => a - b);
}
