import { UsageError } from '#cli/context/usage-error.ts';
import type { ApplicationHistory, HistoryStore } from '#core/domain/ports.ts';
import { nearestName } from '#core/domain/settings/nearest-name.ts';

/**
 * The stored histories of the named applications, or of all.
 * @throws UsageError if nothing is stored, or if a named application is not stored.
 */
export async function chosenHistories(
  history: HistoryStore,
  names: readonly string[],
): Promise<readonly ApplicationHistory[]> {
  const stored = await history.applications();
  const storedIds = new Set(stored.map(({ applicationId }) => applicationId));
  const unknown = names.filter((name) => !storedIds.has(name));
  if (unknown.length > 0) {
    const listed = unknown.map((name) => `"${name}"`).join(', ');
    const nearest = nearestName(unknown[0]!, [...storedIds]);
    const advice = nearest === null ? '' : `; did you mean "${nearest}"?`;
    throw new UsageError(`${history.location} contains no history of ${listed}${advice}`);
  }
  if (stored.length === 0) throw new UsageError(`${history.location} contains no application yet`);
  return names.length === 0
    ? stored
    : stored.filter(({ applicationId }) => names.includes(applicationId));
}
