import * as z from 'zod';
import type { HistoryStore } from '#core/domain/ports.ts';

const listSchema = z.array(z.string());

/**
 * Restricts a history to the applications of a list. The store may contain others: Timestream
 * cannot delete records, so retired groups remain until they expire.
 * @param list JSON of a training run's first step; null (no first step) for all applications.
 */
export function historyOfListed(history: HistoryStore, list: string | null): HistoryStore {
  if (list === null) return history;
  const listed = new Set(listSchema.parse(JSON.parse(list)));
  return {
    ...history,
    async applications() {
      const all = await history.applications();
      return all.filter(({ applicationId }) => listed.has(applicationId));
    },
  };
}
