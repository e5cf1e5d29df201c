import { stepStart } from '#core/align-time.ts';
import type { TimeRange } from '#core/ports.ts';

const DAY_SECONDS = 86_400;

/** CloudWatch keeps points of five minutes this long. */
export const BACK_FILL_SECONDS = 63 * DAY_SECONDS;
/** Points are read again for so long, because metrics arrive late and are corrected. */
const OVERLAP_SECONDS = 1800;
/** Groups no further behind than this share their calls; those further behind are back-filled one by one. */
const FRESH_SECONDS = DAY_SECONDS;
/** Steps of a back-fill: a week, oldest first, so that the newest stored point is a watermark at any moment. */
const PART_SECONDS = 7 * DAY_SECONDS;

export interface PlannedReads<G> {
  /** Read together, for one range. */
  readonly fresh: { readonly groups: readonly G[]; readonly range: TimeRange } | null;
  readonly backFills: readonly { readonly group: G; readonly parts: readonly TimeRange[] }[];
}

/**
 * What has to be read now. The newest stored point of a group is its watermark: a missed or failed run leaves it where
 * it is, and the next run reads from there.
 * @param lastSeconds newest stored point of each group; a group without any is new.
 */
export function planReads<G extends { readonly applicationId: string }>(
  groups: readonly G[],
  lastSeconds: ReadonlyMap<string, number>,
  { nowSeconds, stepSeconds }: { readonly nowSeconds: number; readonly stepSeconds: number },
): PlannedReads<G> {
  const toSeconds = stepStart(nowSeconds, stepSeconds);
  const oldest = toSeconds - BACK_FILL_SECONDS;
  const starts = groups.map((group) => {
    const last = lastSeconds.get(group.applicationId) ?? -Infinity;
    return { group, fromSeconds: Math.max(oldest, Math.min(last, toSeconds) - OVERLAP_SECONDS) };
  });
  const isFresh = ({ fromSeconds }: { fromSeconds: number }) =>
    toSeconds - fromSeconds <= FRESH_SECONDS;
  const fresh = starts.filter(isFresh);
  return {
    fresh:
      fresh.length === 0
        ? null
        : {
            groups: fresh.map(({ group }) => group),
            range: { fromSeconds: Math.min(...fresh.map((s) => s.fromSeconds)), toSeconds },
          },
    backFills: starts
      .filter((start) => !isFresh(start))
      .map(({ group, fromSeconds }) => ({ group, parts: partsOf({ fromSeconds, toSeconds }) })),
  };
}

function partsOf({ fromSeconds, toSeconds }: TimeRange): readonly TimeRange[] {
  const parts: TimeRange[] = [];
  for (let from = fromSeconds; from < toSeconds; from += PART_SECONDS) {
    parts.push({ fromSeconds: from, toSeconds: Math.min(toSeconds, from + PART_SECONDS) });
  }
  return parts;
}
