import { stepStart } from '#core/domain/align-time.ts';
import type { SourceLimits, TimeRange } from '#core/domain/ports.ts';
import type { Watermark } from '#core/domain/watermark.ts';
import { hourStart } from './back-fill-part.ts';
import type { IngestTime, Measurable } from './ingest-run.ts';

/** Points are read again for so long, because metrics arrive late and are corrected. */
const OVERLAP_SECONDS = 1800;
const AHEAD_OVERLAP_SECONDS = 86_400;
/**
 * Applications share a call only if their watermarks are no further apart: one that is behind keeps
 * nobody else busy.
 */
const APART_SECONDS = 3600;
/**
 * Steps of a catch-up: a week, so that the watermark moves before an outage of weeks is made up
 * for.
 */
const DAY_SECONDS = 86_400;
const PART_SECONDS = 7 * DAY_SECONDS;

/**
 * How far an application was read; a new one was read to the start of this hour, where its
 * back-fill begins.
 */
export interface TrackedApplication<A> {
  readonly application: A;
  readonly mark: Watermark;
}

/** Applications that are read together, part by part, oldest first. */
export interface FreshChunk<A> {
  readonly applications: readonly A[];
  readonly parts: readonly TimeRange[];
}

/**
 * Every application with its watermark. One that is new, or further behind than the source keeps
 * points of the step, begins anew.
 */
export function trackApplications<A extends Measurable>(
  applications: readonly A[],
  marks: ReadonlyMap<string, Watermark>,
  { nowSeconds, fineDays }: Pick<IngestTime, 'nowSeconds'> & Pick<SourceLimits, 'fineDays'>,
): readonly TrackedApplication<A>[] {
  const anchor = hourStart(nowSeconds);
  const begin: Watermark = { fromSeconds: anchor, throughSeconds: anchor, stage: 'new' };
  return applications.map((application) => {
    const mark = marks.get(application.applicationId);
    const isUsable =
      mark !== undefined && nowSeconds - mark.throughSeconds < fineDays * DAY_SECONDS;
    return { application, mark: isUsable ? mark : begin };
  });
}

/**
 * What every application has to be read from its watermark to now, in chunks of one call's
 * applications.
 */
export function planFresh<A>(
  tracked: readonly TrackedApplication<A>[],
  { nowSeconds, stepSeconds }: Pick<IngestTime, 'nowSeconds' | 'stepSeconds'>,
  { callApplications }: Pick<SourceLimits, 'callApplications'>,
): readonly FreshChunk<A>[] {
  const toSeconds = stepStart(nowSeconds, stepSeconds);
  const starts = tracked
    .map(({ application, mark: { fromSeconds, throughSeconds } }) => {
      // A watermark in the future is that of a clock that was ahead: what it passed over was not
      // there to be read.
      const isAhead = throughSeconds - toSeconds > APART_SECONDS;
      const overlap = isAhead ? AHEAD_OVERLAP_SECONDS : OVERLAP_SECONDS;
      return {
        application,
        at: Math.max(fromSeconds, Math.min(throughSeconds, toSeconds) - overlap),
      };
    })
    .filter(({ at }) => at < toSeconds)
    .sort((a, b) => a.at - b.at);
  const chunks: FreshChunk<A>[] = [];
  for (let from = 0; from < starts.length;) {
    const first = starts[from]!.at;
    const chunk = starts
      .slice(from, from + callApplications)
      .filter(({ at }) => at - first <= APART_SECONDS);
    chunks.push({
      applications: chunk.map(({ application }) => application),
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
