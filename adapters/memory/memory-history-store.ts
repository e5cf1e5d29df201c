import { inferStepSeconds, STEP_SAMPLE } from '#adapters/time-grid/infer-step-seconds.ts';
import { mergePoints } from '#adapters/time-grid/merge-points.ts';
import { fillSlotMeans } from '#adapters/time-grid/slot-means.ts';
import { emptyWindow } from '#adapters/time-grid/window-slots.ts';
import { RESOURCES } from '#core/domain/footprint.ts';
import type { ApplicationHistory, ApplicationPoints, HistoryStore } from '#core/domain/ports.ts';
import { PointTable } from './point-table.ts';

interface Stored {
  applicationType: string | null;
  isSimulated: boolean;
  readonly table: PointTable;
}

/**
 * History in the memory of this process: the in-memory twin of the DuckDB store, for replays and
 * tests.
 */
export function createMemoryHistoryStore(): HistoryStore {
  const stored = new Map<string, Stored>();

  return {
    location: 'memory',

    async append(batch) {
      // Validates the whole batch before any of it is stored.
      const merged = batch.map((entry) => ({ ...entry, points: mergePoints(entry.points) }));
      for (const entry of merged) put(stored, entry);
    },

    async read(applicationId, range, stepSeconds) {
      const table = stored.get(applicationId)?.table;
      if (!table) return emptyWindow(range, stepSeconds);
      const measured = RESOURCES.filter((resource) => table.values[resource]);
      const window = emptyWindow(range, stepSeconds, measured);
      const [first, end] = [table.indexOf(range.fromSeconds), table.indexOf(range.toSeconds)];
      fillSlotMeans(window, table, { first, end });
      return window;
    },

    async application(applicationId) {
      const entry = stored.get(applicationId);
      return entry && entry.table.count > 0 ? describe(applicationId, entry) : null;
    },

    async applications() {
      return [...stored]
        .filter(([, { table }]) => table.count > 0)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([applicationId, entry]) => describe(applicationId, entry));
    },
  };
}

function put(
  stored: Map<string, Stored>,
  { applicationId, applicationType, points, isSimulated = false }: ApplicationPoints,
): void {
  const entry = stored.get(applicationId) ?? newEntry();
  entry.applicationType = applicationType ?? entry.applicationType;
  entry.isSimulated ||= isSimulated;
  for (const point of points) entry.table.put(point);
  stored.set(applicationId, entry);
}

function newEntry(): Stored {
  return { applicationType: null, isSimulated: false, table: new PointTable() };
}

function describe(
  applicationId: string,
  { applicationType, isSimulated, table }: Stored,
): ApplicationHistory {
  const { times, count } = table;
  return {
    applicationId,
    applicationType,
    stepSeconds: inferStepSeconds(times.subarray(Math.max(0, count - STEP_SAMPLE), count)),
    firstSeconds: times[0]!,
    lastSeconds: times[count - 1]!,
    points: count,
    ...(isSimulated && { isSimulated }),
  };
}
