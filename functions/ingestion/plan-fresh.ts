import { CALL_GROUPS } from '#adapters/aws/cloudwatch/group-queries.ts';
import type { Watermark } from '#adapters/aws/dynamodb/watermark.ts';
import { stepStart } from '#core/domain/align-time.ts';
import type { TimeRange } from '#core/domain/ports.ts';
import { FINE_SECONDS, hourStart } from './back-fill-part.ts';

/** Points are read again for so long, because metrics arrive late and are corrected. */
const OVERLAP_SECONDS = 1800;
const AHEAD_OVERLAP_SECONDS = 86_400;
/** Groups share a call only if their watermarks are no further apart: one that is behind keeps nobody else busy. */
const APART_SECONDS = 3600;
/** Steps of a catch-up: a week, so that the watermark moves before an outage of weeks is made up for. */
const PART_SECONDS = 7 * 86_400;

/** A group and how far it was read; a new one was read to the start of this hour, where its back-fill begins. */
export interface TrackedGroup<G> {
  readonly group: G;
  readonly mark: Watermark;
}

/** Groups that are read together, part by part, oldest first. */
export interface FreshChunk<G> {
  readonly groups: readonly G[];
  readonly parts: readonly TimeRange[];
}

/** Every group with its watermark. One that is new, or further behind than CloudWatch's five-minute points, begins anew. */
export function trackGroups<G extends { readonly applicationId: string }>(
  groups: readonly G[],
  marks: ReadonlyMap<string, Watermark>,
  nowSeconds: number,
): readonly TrackedGroup<G>[] {
  const anchor = hourStart(nowSeconds);
  const begin: Watermark = { fromSeconds: anchor, throughSeconds: anchor, stage: 'new' };
  return groups.map((group) => {
    const mark = marks.get(group.applicationId);
    const isUsable = mark !== undefined && nowSeconds - mark.throughSeconds < FINE_SECONDS;
    return { group, mark: isUsable ? mark : begin };
  });
}

/** What every group has to be read from its watermark to now, in chunks of one call's groups. */
export function planFresh<G>(
  tracked: readonly TrackedGroup<G>[],
  { nowSeconds, stepSeconds }: { readonly nowSeconds: number; readonly stepSeconds: number },
): readonly FreshChunk<G>[] {
  const toSeconds = stepStart(nowSeconds, stepSeconds);
  const starts = tracked
    .map(({ group, mark: { fromSeconds, throughSeconds } }) => {
      // A watermark in the future is that of a clock that was ahead: what it passed over was not there to be read.
      const isAhead = throughSeconds - toSeconds > APART_SECONDS;
      const overlap = isAhead ? AHEAD_OVERLAP_SECONDS : OVERLAP_SECONDS;
      return {
        group,
        at: Math.max(fromSeconds, Math.min(throughSeconds, toSeconds) - overlap),
      };
    })
    .filter(({ at }) => at < toSeconds)
    .sort((a, b) => a.at - b.at);
  const chunks: FreshChunk<G>[] = [];
  for (let from = 0; from < starts.length;) {
    const first = starts[from]!.at;
    const chunk = starts
      .slice(from, from + CALL_GROUPS)
      .filter(({ at }) => at - first <= APART_SECONDS);
    chunks.push({
      groups: chunk.map(({ group }) => group),
      parts: partsOf({ fromSeconds: first, toSeconds }),
    });
    from += chunk.length;
  }
  return chunks;
}

function partsOf({ fromSeconds, toSeconds }: TimeRange): readonly TimeRange[] {
  const parts: TimeRange[] = [];
  for (let from = fromSeconds; from < toSeconds; from += PART_SECONDS) {
    parts.push({ fromSeconds: from, toSeconds: Math.min(toSeconds, from + PART_SECONDS) });
  }
  return parts;
}
