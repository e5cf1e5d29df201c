import { expect, it } from 'vitest';
import { createMemoryHistoryStore } from '#adapters/memory/memory-history-store.ts';
import { createMemoryIncidentStore } from '#adapters/memory/memory-incident-store.ts';
import { createMemoryModelStore } from '#adapters/memory/memory-model-store.ts';
import { createMemoryProfileStore } from '#adapters/memory/memory-profile-store.ts';
import { createMemoryWatermarkStore } from '#adapters/memory/memory-watermark-store.ts';
import { exampleDecision } from '#test/adapters/contracts/example-profiles.ts';
import { historyStoreContract } from '#test/adapters/contracts/history-store-contract.ts';
import { incidentStoreContract } from '#test/adapters/contracts/incident-store-contract.ts';
import { modelStoreContract } from '#test/adapters/contracts/model-store-contract.ts';
import { profileStoreContract } from '#test/adapters/contracts/profile-store-contract.ts';
import { watermarkStoreContract } from '#test/adapters/contracts/watermark-store-contract.ts';

historyStoreContract('memory', async () => createMemoryHistoryStore());
profileStoreContract('memory', async () => createMemoryProfileStore());
incidentStoreContract('memory', async () => createMemoryIncidentStore());
modelStoreContract('memory', async () => createMemoryModelStore());
watermarkStoreContract('memory', async () => createMemoryWatermarkStore());

it('keeps at most the configured number of decisions', async () => {
  const store = createMemoryProfileStore({ keepDecisions: 3 });
  for (let k = 1; k <= 20; k++) await store.logAllocation(exampleDecision('shop', k * 300, k));
  const log = await store.allocationLog('shop', 100);
  expect(log.map((decision) => decision.instances)).toEqual([20, 19, 18]);
});
