import { html, trusted, type Html } from './html.ts';

const WIDTH = 120;
const HEIGHT = 28;
/** Number of bars, two pixels each. */
const BARS = 60;

/** Smallest and largest measured value of `count` equal ranges; null without a measurement. */
function extremes(
  values: Float64Array,
  count: number,
): readonly (readonly [number, number] | null)[] {
  return Array.from({ length: count }, (_, bar) => {
    const from = Math.floor((bar * values.length) / count);
    const to = Math.floor(((bar + 1) * values.length) / count);
    const part = values.subarray(from, to).filter((value) => !Number.isNaN(value));
    return part.length === 0 ? null : [Math.min(...part), Math.max(...part)];
  });
}

/**
 * A series as a small picture: one bar per range from its smallest to its largest value, with 0 at
 * the bottom. It is decorative and hidden from screen readers.
 */
export function sparkline(values: Float64Array): Html {
  const bars = extremes(values, BARS);
  const top = Math.max(1e-12, ...bars.map((bar) => bar?.[1] ?? 0));
  const y = (value: number) => (HEIGHT - 1 - (value / top) * (HEIGHT - 2)).toFixed(1);
  const path = bars
    .map((bar, k) => {
      if (bar === null) return '';
      const x = (k + 0.5) * (WIDTH / BARS);
      return `M${x} ${y(bar[0])}V${(Number(y(bar[1])) - 0.8).toFixed(1)}`;
    })
    .join('');
  return html`<svg
    class="spark"
    viewBox="0 0 ${WIDTH} ${HEIGHT}"
    aria-hidden="true"
    focusable="false"
  >
    <path d="${trusted(path)}" />
  </svg>`;
}
