import type { FootprintWindow, Resource } from '#core/domain/footprint.ts';
import { perResource } from '#core/domain/footprint.ts';
import { createRandom, standardNormal } from '#core/domain/random.ts';

export const DAY = 86_400;
/** A Monday. */
export const MONDAY = Date.UTC(2026, 0, 5) / 1000;

/** A window whose resources follow functions of time; absent resources are not measured. */
export function windowOf(
  shapes: Partial<Record<Resource, (seconds: number) => number>>,
  { days = 7, startSeconds = MONDAY, stepSeconds = 300 } = {},
): FootprintWindow {
  const steps = (days * DAY) / stepSeconds;
  const values = perResource((resource) =>
    Float64Array.from(
      { length: steps },
      (_, step) => shapes[resource]?.(startSeconds + step * stepSeconds) ?? NaN,
    ),
  );
  return { startSeconds, stepSeconds, values };
}

/** Cores with one hump a day at a UTC hour, with noise. */
export function humpedCpu(peakHour: number, level: number, seed: number): FootprintWindow {
  const random = createRandom(seed);
  return windowOf({
    cpu: (seconds) => {
      const phase = ((seconds / 3600 - peakHour) / 12) * Math.PI;
      return level * (1.2 + Math.cos(phase)) * Math.exp(0.1 * standardNormal(random));
    },
  });
}
