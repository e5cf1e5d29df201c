import type { FootprintWindow, Resource } from '#core/domain/footprint.ts';
import { localSeconds } from '#core/domain/local-time.ts';
import type { ApplicationProfile } from '#core/domain/profiles.ts';
import { medianOf } from './find-peaks.ts';
import { recurringUse } from './recurring-use.ts';

/** Peaks are not expected to follow a change of the level further than this. */
const MOST_RATIO = 3;

/** What a peak that recurs will use in one step, if it comes. */
export interface ExpectedPeak {
  /** Probability that it comes. */
  readonly chance: number;
  /** Use of past peaks at this time, at today's level, ascending; in the resource's unit. */
  readonly uses: readonly number[];
}

/**
 * Per resource and step ahead; null where no peak is expected. Resources without any are absent.
 */
export type ExpectedPeaks = Readonly<Partial<Record<Resource, readonly (ExpectedPeak | null)[]>>>;

/**
 * The peaks that are expected in the next steps.
 * @param now the step that begins, in Unix seconds, and how many steps are looked ahead.
 * @param measured what was measured before it; its last week tells today's level.
 */
export function expectedPeaks(
  { peaks = {} }: Pick<ApplicationProfile, 'peaks'>,
  now: { readonly seconds: number; readonly stepSeconds: number; readonly steps: number },
  { values }: FootprintWindow,
): ExpectedPeaks {
  const expected: Partial<Record<Resource, (ExpectedPeak | null)[]>> = {};
  const { seconds, stepSeconds, steps } = now;
  for (const [name, log] of Object.entries(peaks)) {
    const resource = name as Resource;
    const found = Array.from({ length: steps }, (_, ahead) => {
      const at = localSeconds(seconds + ahead * stepSeconds, log.timeZone);
      return recurringUse(log, at, stepSeconds);
    });
    if (found.every((recurring) => recurring === null)) continue;
    const week = Math.ceil((7 * 86_400) / stepSeconds);
    const level = medianOf(values[resource].subarray(-week));
    expected[resource] = found.map(
      (recurring) =>
        recurring && {
          chance: recurring.chance,
          uses: recurring.past
            .map((past) => past.use * ratioOf(level, past.level))
            .sort((a, b) => a - b),
        },
    );
  }
  return expected;
}

/** An idle application says nothing of its peaks. */
function ratioOf(level: number, before: number): number {
  if (!(level > 0) || !(before > 0)) return 1;
  return Math.min(MOST_RATIO, Math.max(1 / MOST_RATIO, level / before));
}
