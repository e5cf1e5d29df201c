import type { FootprintWindow, Resource } from '#core/domain/footprint.ts';
import { meanMeasured } from '#core/domain/measured.ts';
import type { RegularSeries } from '#models/series/series.ts';

/**
 * Training series of a cluster's model: in every step the mean of the members' usage ÷ own mean
 * level, NaN if no member was measured. An application's expected usage is this series × the
 * application's mean level.
 * @param windows members on one common grid. Members without usage are left out.
 * @returns null if no member used the resource.
 * @throws RangeError if the grids differ.
 */
export function meanShapeSeries(
  windows: readonly FootprintWindow[],
  resource: Resource,
): RegularSeries | null {
  const first = windows[0];
  if (first === undefined) return null;
  const sums = new Float64Array(first.values[resource].length);
  const counts = new Float64Array(sums.length);
  for (const window of windows) {
    requireSameGrid(first, window, resource);
    const level = meanMeasured(window.values[resource]);
    if (level !== null && level > 0) addScaled(sums, counts, { window, resource, level });
  }
  if (counts.every((count) => count === 0)) return null;
  const values = sums.map((sum, step) => sum / counts[step]);
  return { startSeconds: first.startSeconds, stepSeconds: first.stepSeconds, values };
}

function addScaled(
  sums: Float64Array,
  counts: Float64Array,
  member: {
    readonly window: FootprintWindow;
    readonly resource: Resource;
    readonly level: number;
  },
): void {
  member.window.values[member.resource].forEach((value, step) => {
    if (Number.isNaN(value)) return;
    sums[step] += value / member.level;
    counts[step] += 1;
  });
}

function requireSameGrid(a: FootprintWindow, b: FootprintWindow, resource: Resource): void {
  const grid = (window: FootprintWindow): string =>
    `${window.startSeconds} + ${window.values[resource].length} × ${window.stepSeconds} s`;
  if (grid(a) !== grid(b)) {
    throw new RangeError(`windows on different grids: ${grid(a)} and ${grid(b)}`);
  }
}
