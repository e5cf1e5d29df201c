import * as z from 'zod';
import type { HistoryStore } from '#core/domain/ports.ts';

const listSchema = z.array(z.string());

/**
 * A history that knows only the applications of a list. A history may hold others: Timestream deletes nothing, so groups
 * that were retired are in it until they expire.
 * @param list JSON as the first step of a training run writes it; null, where there was no first step, for all.
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
