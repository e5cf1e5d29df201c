import type { FootprintWindow, Resource } from '#core/domain/footprint.ts';
import { localSeconds } from '#core/domain/local-time.ts';
import type { ApplicationProfile } from '#core/domain/profiles.ts';
import { medianOf } from './find-peaks.ts';
import { recurringUse } from './recurring-use.ts';

/** Peaks are not expected to follow a change of the level further than this. */
const MOST_RATIO = 3;

/**
 * The next of `n` exchangeable peaks is higher than all before with a chance of one in `n` + 1 (the
 * argument of conformal prediction). How much higher they do not say: by a tenth, as noise and a
 * few weeks of growth make it. It is reasoned and not tuned.
 */
const HIGHER_THAN_BEFORE = 1.1;

/** What a peak that recurs will use in one step, if it comes. */
export interface ExpectedPeak {
  /** Probability that it comes. */
  readonly chance: number;
  /**
   * Use of past peaks at this time, at today's level, ascending, and at the end one that is higher
   * than all of them; in the resource's unit.
   */
  readonly uses: readonly number[];
}

/**
 * Per resource and step ahead; null where no peak is expected. Resources without any are absent.
 */
export type ExpectedPeaks = Readonly<Partial<Record<Resource, readonly (ExpectedPeak | null)[]>>>;

/** What memories of use tell, see `UsageMemory`. */
type RecentUses = Readonly<
  Partial<Record<Resource, { readonly useAgo: (stepsAgo: number) => number | null }>>
>;

/**
 * The peaks that are expected in the next steps.
 * @param from the step that begins, in Unix seconds, and how many steps are looked ahead.
 * @param measured what was measured before it; its last week tells today's level.
 * @param memories what was used of late, where peaks were not searched for yet.
 */
export function expectedPeaks(
  { peaks = {} }: Pick<ApplicationProfile, 'peaks'>,
  from: { readonly seconds: number; readonly stepSeconds: number; readonly steps: number },
  { values }: FootprintWindow,
  memories: RecentUses = {},
): ExpectedPeaks {
  const expected: Partial<Record<Resource, (ExpectedPeak | null)[]>> = {};
  const { seconds, stepSeconds, steps } = from;
  for (const [name, log] of Object.entries(peaks)) {
    const resource = name as Resource;
    const now = localSeconds(seconds, log.timeZone);
    const memory = memories[resource];
    const useAt = (at: number) => memory?.useAgo(Math.round((now - at) / stepSeconds)) ?? null;
    const found = Array.from({ length: steps }, (_, ahead) => {
      const at = localSeconds(seconds + ahead * stepSeconds, log.timeZone);
      return recurringUse(log, at, { stepSeconds, useAt });
    });
    if (found.every((recurring) => recurring === null)) continue;
    const week = Math.ceil((7 * 86_400) / stepSeconds);
    const level = medianOf(values[resource].subarray(-week));
    expected[resource] = found.map(
      (recurring) =>
        recurring && {
          chance: recurring.chance,
          uses: withHigher(recurring.past.map((past) => past.use * ratioOf(level, past.level))),
        },
    );
  }
  return expected;
}

function withHigher(uses: readonly number[]): readonly number[] {
  const ascending = uses.toSorted((a, b) => a - b);
  return [...ascending, HIGHER_THAN_BEFORE * (ascending.at(-1) ?? 0)];
}

/** An idle application says nothing of its peaks. */
function ratioOf(level: number, before: number): number {
  if (!(level > 0) || !(before > 0)) return 1;
  return Math.min(MOST_RATIO, Math.max(1 / MOST_RATIO, level / before));
}
