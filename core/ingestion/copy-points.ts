import { HistoryWriteError } from '#core/domain/history-write-error.ts';
import { MetricReadError } from '#core/domain/metric-read-error.ts';
import type {
  ApplicationPoints,
  HistoryStore,
  MetricSource,
  TimeRange,
} from '#core/domain/ports.ts';

/** What became of copying one range. */
export interface Copied {
  /** Points stored, per application; 0 where nothing was measured. */
  readonly points: ReadonlyMap<string, number>;
  /** Why an application's range was not copied whole; it has to be read again. */
  readonly failed: ReadonlyMap<string, unknown>;
}

/**
 * Reads a range of some applications and stores it. One that fails, in whatever way, does not stop
 * the others.
 */
export async function copyPoints(
  ports: { readonly history: HistoryStore; readonly source: MetricSource },
  ids: readonly string[],
  range: TimeRange,
): Promise<Copied> {
  const failed = new Map<string, unknown>();
  const parts: ApplicationPoints[] = [];
  try {
    for await (const part of ports.source.read(range)) parts.push(part);
  } catch (cause) {
    // What was read of the others came before this was thrown.
    const unread = cause instanceof MetricReadError ? cause.unread : null;
    for (const id of unread?.map(({ applicationId }) => applicationId) ?? ids) {
      failed.set(id, cause);
    }
  }
  for (const [id, cause] of await appendEach(ports.history, parts)) failed.set(id, cause);
  const points = new Map<string, number>();
  for (const id of ids) if (!failed.has(id)) points.set(id, 0);
  for (const { applicationId: id, points: read } of parts) {
    if (points.has(id)) points.set(id, points.get(id)! + read.length);
  }
  return { points, failed };
}

/** Appends all at once, or one by one where a single application's points keep all of them out. */
async function appendEach(
  history: HistoryStore,
  parts: readonly ApplicationPoints[],
): Promise<ReadonlyMap<string, unknown>> {
  if (parts.length === 0) return new Map();
  try {
    await history.append(parts);
    return new Map();
  } catch (cause) {
    if (cause instanceof HistoryWriteError) {
      return new Map(cause.unstored.map((part) => [part.applicationId, part.cause ?? cause]));
    }
    if (parts.length === 1) return new Map([[parts[0]!.applicationId, cause]]);
  }
  const failed = new Map<string, unknown>();
  for (const part of parts) {
    for (const [id, cause] of await appendEach(history, [part])) failed.set(id, cause);
  }
  return failed;
}
