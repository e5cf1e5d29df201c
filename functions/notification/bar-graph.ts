const BARS = [...'▁▂▃▄▅▆▇█'];
const GAP = '·';

/**
 * Draws series as lines of block characters, on one scale from 0 to their largest value; NaN is a
 * gap. Text needs no storage for pictures and is displayed on every phone.
 */
export function barGraph(series: readonly (readonly number[])[]): readonly string[] {
  const largest = Math.max(0, ...series.flat().filter(Number.isFinite));
  const bar = (value: number): string => {
    if (!Number.isFinite(value)) return GAP;
    const height =
      largest === 0 ? 0 : Math.round((Math.max(0, value) / largest) * (BARS.length - 1));
    return BARS[height]!;
  };
  return series.map((values) => values.map(bar).join(''));
}
