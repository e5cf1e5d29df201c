import type { ApplicationHistory, HistoryStore } from '#core/domain/ports.ts';
import { UsageError } from '#cli/context/usage-error.ts';

/**
 * What is stored of the named applications, or of all.
 * @throws UsageError if nothing is stored, or nothing of one that was named.
 */
export async function chosenHistories(
  history: HistoryStore,
  names: readonly string[],
): Promise<readonly ApplicationHistory[]> {
  const stored = await history.applications();
  const known = new Set(stored.map(({ applicationId }) => applicationId));
  const unknown = names.filter((name) => !known.has(name));
  if (unknown.length > 0) {
    const listed = unknown.map((name) => `"${name}"`).join(', ');
    throw new UsageError(`${history.location} holds nothing of ${listed}`);
  }
  if (stored.length === 0) throw new UsageError(`${history.location} holds no application yet`);
  return names.length === 0
    ? stored
    : stored.filter(({ applicationId }) => names.includes(applicationId));
}
