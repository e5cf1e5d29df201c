import { onTestFinished } from 'vitest';
import { createFileModelStore } from '#adapters/local/file-model-store.ts';
import { openLocalStore, type LocalStore } from '#adapters/local/store/open-local-store.ts';
import { historyStoreContract } from '#test/adapters/contracts/history-store-contract.ts';
import { incidentStoreContract } from '#test/adapters/contracts/incident-store-contract.ts';
import { modelStoreContract } from '#test/adapters/contracts/model-store-contract.ts';
import { profileStoreContract } from '#test/adapters/contracts/profile-store-contract.ts';
import { temporaryDirectory } from '#test/adapters/temporary-directory.ts';

async function open(): Promise<LocalStore> {
  const store = await openLocalStore(await temporaryDirectory());
  onTestFinished(() => store.close());
  return store;
}

historyStoreContract('DuckDB', async () => (await open()).history);
profileStoreContract('DuckDB', async () => (await open()).profiles);
incidentStoreContract('DuckDB', async () => (await open()).incidents);
modelStoreContract('files', async () => createFileModelStore(await temporaryDirectory()));
