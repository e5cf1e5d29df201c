import type { FootprintWindow } from '#core/domain/footprint.ts';
import { perResource } from '#core/domain/footprint.ts';
import type { RandomSource } from '#core/domain/random.ts';

const HOUR = 3600;
const DAY = 24 * HOUR;

/**
 * Probability per step that one point is missing, mean number of short outages per day, and their
 * longest length.
 */
const SINGLE_LOSS = 0.001;
const OUTAGES_PER_DAY = 0.1;
const LONGEST_OUTAGE_SECONDS = 2 * HOUR;

export interface Span {
  readonly fromSeconds: number;
  readonly toSeconds: number;
}

/**
 * The window with missing points as NaN: single points, short outages at random, and everything
 * within `silent`. In one of three short outages only disk and network are missing, as when one of
 * two agents stops.
 */
export function loseMeasurements(
  random: RandomSource,
  window: FootprintWindow,
  silent: readonly Span[],
): FootprintWindow {
  const values = perResource((resource) => window.values[resource].slice());
  const lose = (from: number, to: number, resources: readonly (keyof typeof values)[]): void => {
    for (const resource of resources) {
      values[resource].fill(NaN, Math.max(0, from), Math.max(0, to));
    }
  };
  const everything = ['cpu', 'memory', 'disk', 'network'] as const;
  const outageChance = (OUTAGES_PER_DAY * window.stepSeconds) / DAY;
  const longest = LONGEST_OUTAGE_SECONDS / window.stepSeconds;
  for (let step = 0; step < values.cpu.length; step++) {
    if (random() < SINGLE_LOSS) lose(step, step + 1, everything);
    if (random() >= outageChance) continue;
    const half = random() < 1 / 3;
    lose(step, step + 1 + Math.floor(random() * longest), half ? ['disk', 'network'] : everything);
  }
  const index = (seconds: number): number =>
    Math.round((seconds - window.startSeconds) / window.stepSeconds);
  for (const span of silent) lose(index(span.fromSeconds), index(span.toSeconds), everything);
  return { ...window, values };
}
