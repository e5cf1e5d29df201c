import { expect, test } from 'vitest';
import { createMemoryHistoryStore } from '#adapters/memory/memory-history-store.ts';
import { historyOfListed } from '#functions/training/history-of-listed.ts';

test('contains only the listed applications, or all without a list', async () => {
  const history = createMemoryHistoryStore();
  const footprint = { cpu: 1, memory: null, disk: null, network: null };
  for (const applicationId of ['shop', 'retired']) {
    const points = [{ timestampSeconds: 300, footprint }];
    await history.append([{ applicationId, applicationType: null, points }]);
  }
  const idsOf = async (list: string | null) =>
    (await historyOfListed(history, list).applications()).map((known) => known.applicationId);
  expect(await idsOf('["shop","enrolled just now"]')).toEqual(['shop']);
  expect((await idsOf(null)).sort()).toEqual(['retired', 'shop']);
  expect(await idsOf('[]')).toEqual([]);
  await expect(idsOf('{}')).rejects.toThrow(/expected array/i);
});
