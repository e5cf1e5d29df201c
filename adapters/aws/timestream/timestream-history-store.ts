import { mergeBatch } from '#adapters/time-grid/merge-batch.ts';
import { fillSlotMeans } from '#adapters/time-grid/slot-means.ts';
import { emptyWindow } from '#adapters/time-grid/window-slots.ts';
import { HistoryWriteError } from '#core/domain/history-write-error.ts';
import type { HistoryStore } from '#core/domain/ports.ts';
import { describeHistories } from './describe-histories.ts';
import { createPointReader } from './point-reader.ts';
import { pointRecords } from './point-records.ts';
import { recordColumns } from './record-columns.ts';
import type { TimestreamTable } from './timestream-table.ts';
import { writeRecords } from './write-records.ts';

export interface TimestreamHistoryOptions extends TimestreamTable {
  /** Time in milliseconds since 1970. The time of writing is the version of a record. */
  readonly nowMs: () => number;
}

/**
 * History in a table of Timestream for LiveAnalytics, which is closed to accounts created after
 * 2025-06-20. Points older than the table's memory store need magnetic store writes.
 * @throws HistoryWriteError from `append` with every rejected point and its reason; the others are
 * stored.
 * @throws HistoryReadError from the other methods.
 */
export function createTimestreamHistoryStore(options: TimestreamHistoryOptions): HistoryStore {
  const location = `timestream:${options.database}.${options.table}`;
  const nextVersion = versionClock(options.nowMs);
  const reader = createPointReader(options, options.nowMs);
  return {
    location,

    async append(batch) {
      const merged = mergeBatch(batch);
      const version = nextVersion();
      const records = merged.flatMap((entry) => pointRecords(entry, version));
      reader.forget();
      const unstored = await writeRecords(options, records, version);
      if (unstored.length > 0) throw new HistoryWriteError(location, unstored);
    },

    async read(applicationId, range, stepSeconds) {
      const window = emptyWindow(range, stepSeconds);
      const columns = recordColumns(await reader.read(applicationId, range));
      fillSlotMeans(window, columns, { first: 0, end: columns.times.length });
      return window;
    },

    async application(applicationId) {
      return (await describeHistories(options, applicationId))[0] ?? null;
    },

    applications: () => describeHistories(options),
  };
}

/** Microseconds since 1970, strictly increasing: a later append has a later version. */
function versionClock(nowMs: () => number): () => number {
  let last = 0;
  return () => (last = Math.max(last + 1, Math.floor(nowMs() * 1000)));
}
