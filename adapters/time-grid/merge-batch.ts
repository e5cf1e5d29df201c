import type { ApplicationPoints } from '#core/domain/ports.ts';
import { mergePoints } from './merge-points.ts';

/**
 * Normalizes a batch of HistoryStore.append: one entry per application and one point per time;
 * later entries of the batch take precedence. An application without a measured point has no
 * points.
 * @throws RangeError if a time is not a whole number of seconds, or a value is negative or not
 * finite.
 */
export function mergeBatch(batch: readonly ApplicationPoints[]): readonly ApplicationPoints[] {
  const byId = new Map<string, ApplicationPoints>();
  for (const entry of batch) {
    const earlier = byId.get(entry.applicationId);
    byId.set(entry.applicationId, {
      applicationId: entry.applicationId,
      applicationType: entry.applicationType ?? earlier?.applicationType ?? null,
      points: earlier ? [...earlier.points, ...entry.points] : entry.points,
      isSimulated: entry.isSimulated === true || earlier?.isSimulated === true,
    });
  }
  return [...byId.values()].map((entry) => ({ ...entry, points: mergePoints(entry.points) }));
}
