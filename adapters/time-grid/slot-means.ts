import {
  PEAK_RESOURCES,
  RESOURCES,
  type FootprintWindow,
  type Resource,
} from '#core/domain/footprint.ts';

/**
 * Stored points of one application as columns, in the order of time; NaN if a resource was not
 * measured.
 */
export interface PointColumns {
  /** Unix seconds, strictly increasing. */
  readonly times: Float64Array;
  readonly values: Readonly<Record<Resource, Float64Array>>;
}

/** Point columns that omit resources without any measurement. */
export interface MeasuredColumns extends Pick<PointColumns, 'times'> {
  readonly values: Partial<PointColumns['values']>;
}

/** The points from index `first` to `end` (exclusive). */
export interface PointRun {
  readonly first: number;
  readonly end: number;
}

/**
 * Writes points into the slots of a window that contains their times. A slot with several points
 * (the window's step is longer than the stored one) gets their mean, or their largest value where
 * peaks count (`PEAK_RESOURCES`); an empty slot stays NaN.
 * @param window all NaN; changed in place.
 */
export function fillSlotMeans(
  window: FootprintWindow,
  columns: MeasuredColumns,
  run: PointRun,
): void {
  const runs = gaplessRuns(window, columns.times, run);
  if (runs) copyRuns(window, columns, runs);
  else for (const resource of RESOURCES) fillMeans(window, columns, { ...run, resource });
}

/** Runs of points on the window's grid without gaps; null if a point is off the grid. */
function gaplessRuns(
  { startSeconds, stepSeconds }: FootprintWindow,
  times: Float64Array,
  { first, end }: PointRun,
): readonly PointRun[] | null {
  const runs: PointRun[] = [];
  for (let i = first; i < end;) {
    if ((times[i] - startSeconds) % stepSeconds !== 0) return null;
    let next = i + 1;
    while (next < end && times[next] - times[next - 1] === stepSeconds) next++;
    runs.push({ first: i, end: next });
    i = next;
  }
  return runs;
}

function copyRuns(
  window: FootprintWindow,
  { times, values }: MeasuredColumns,
  runs: readonly PointRun[],
): void {
  for (const { first, end } of runs) {
    const slot = (times[first] - window.startSeconds) / window.stepSeconds;
    for (const resource of RESOURCES) {
      const column = values[resource];
      if (column) window.values[resource].set(column.subarray(first, end), slot);
    }
  }
}

function fillMeans(
  { startSeconds, stepSeconds, values: targets }: FootprintWindow,
  { times, values }: MeasuredColumns,
  { first, end, resource }: PointRun & { readonly resource: Resource },
): void {
  const source = values[resource];
  if (!source) return;
  const target = targets[resource];
  const isPeak = PEAK_RESOURCES.has(resource);
  let current = -1;
  let count = 0;
  for (let i = first; i < end; i++) {
    const value = source[i];
    if (Number.isNaN(value)) continue;
    const slot = Math.floor((times[i] - startSeconds) / stepSeconds);
    // Times increase, so the points of a slot are adjacent.
    if (slot !== current) [current, count] = [slot, 0];
    count++;
    if (count === 1) target[slot] = value;
    else if (isPeak) target[slot] = Math.max(target[slot], value);
    else target[slot] += (value - target[slot]) / count;
  }
}
