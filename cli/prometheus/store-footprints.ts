import { applicationPoints } from '#adapters/local/traces/trace-batches.ts';
import { readFootprints } from '#adapters/prometheus/read-footprints.ts';
import type { Progress } from '#cli/progress/progress.ts';
import type { HistoryStore, TimeRange } from '#core/domain/ports.ts';
import type { OpenPrometheus } from './open-prometheus.ts';
import { requestOf } from './read-trace.ts';

/** Applications per append. */
const BATCH_APPLICATIONS = 200;
/** The newest values may have been incomplete when they were read. */
const AGAIN_SECONDS = 900;

export interface StoredFootprints {
  readonly applications: number;
  readonly points: number;
  /** What was read: less than was asked for where it goes on from what is stored. */
  readonly range: TimeRange;
}

/**
 * Reads footprints into the store, window after window, so that what was interrupted goes on where
 * it ended. What is stored of every application is not read again.
 * @param isExplicit whether the user asked for a time; it is then read where not all is stored.
 */
export async function storeFootprints(
  history: HistoryStore,
  open: OpenPrometheus,
  { isExplicit, progress }: { readonly isExplicit: boolean; readonly progress: Progress },
): Promise<StoredFootprints> {
  const range = await unstored(history, open, isExplicit);
  const { client, stepSeconds } = open;
  progress.start(`Reading ${client.location}`, (range.toSeconds - range.fromSeconds) / stepSeconds);
  const names = new Set<string>();
  let points = 0;
  for await (const { windows, range: part } of readFootprints(client, {
    ...requestOf(open),
    range,
  })) {
    const all = [...windows];
    for (let from = 0; from < all.length; from += BATCH_APPLICATIONS) {
      const batch = all
        .slice(from, from + BATCH_APPLICATIONS)
        .map(([applicationId, window]) =>
          applicationPoints({ applicationId, applicationType: null, window }),
        )
        .filter((entry) => entry.points.length > 0);
      await history.append(batch);
      batch.forEach(({ applicationId }) => names.add(applicationId));
      points += batch.reduce((sum, entry) => sum + entry.points.length, 0);
    }
    progress.update((part.toSeconds - range.fromSeconds) / stepSeconds);
  }
  return { applications: names.size, points, range };
}

/** From where some application is not stored yet. */
async function unstored(
  history: HistoryStore,
  { range, stepSeconds, survey }: OpenPrometheus,
  isExplicit: boolean,
): Promise<TimeRange> {
  const stored = new Map(
    (await history.applications()).map((known) => [known.applicationId, known]),
  );
  let oldestEnd = Infinity;
  for (const applicationId of survey.applications) {
    const known = stored.get(applicationId);
    const isBegun = known && (!isExplicit || known.firstSeconds <= range.fromSeconds + stepSeconds);
    if (!isBegun) return range;
    oldestEnd = Math.min(oldestEnd, known.lastSeconds);
  }
  const again = Math.floor((oldestEnd - AGAIN_SECONDS) / stepSeconds) * stepSeconds;
  const fromSeconds = Math.min(range.toSeconds - stepSeconds, again);
  return { ...range, fromSeconds: Math.max(range.fromSeconds, fromSeconds) };
}
