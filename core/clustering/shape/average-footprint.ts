import type { FootprintWindow, Resource } from '#core/domain/footprint.ts';

const HOUR = 3600;

/**
 * Mean footprint of the members per hour: [[Unix seconds of the hour's start, mean of the members'
 * means], …]. Hours in which no member was measured are absent. An hour is enough because the
 * result is stored and drawn only.
 */
export function averageFootprint(
  windows: readonly FootprintWindow[],
  resource: Resource,
): readonly (readonly [number, number])[] {
  const hours = new Map<number, { sum: number; members: number }>();
  for (const window of windows) {
    for (const [hour, mean] of hourlyMeans(window, resource)) {
      const entry = hours.get(hour) ?? { sum: 0, members: 0 };
      hours.set(hour, { sum: entry.sum + mean, members: entry.members + 1 });
    }
  }
  return [...hours]
    .sort(([a], [b]) => a - b)
    .map(([hour, { sum, members }]) => [hour, sum / members] as const);
}

/** Mean of each hour with a measurement, keyed by the Unix seconds of the hour's start. */
export function hourlyMeans(
  window: FootprintWindow,
  resource: Resource,
): ReadonlyMap<number, number> {
  const means = new Map<number, number>();
  let [hour, sum, count] = [NaN, 0, 0];
  const close = (): void => {
    if (count > 0) means.set(hour, sum / count);
  };
  window.values[resource].forEach((value, step) => {
    const start = Math.floor((window.startSeconds + step * window.stepSeconds) / HOUR) * HOUR;
    if (start !== hour) {
      close();
      [hour, sum, count] = [start, 0, 0];
    }
    if (Number.isNaN(value)) return;
    sum += value;
    count++;
  });
  close();
  return means;
}
