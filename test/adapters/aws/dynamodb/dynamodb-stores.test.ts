import {
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ResourceNotFoundException,
  ScanCommand,
} from '@aws-sdk/client-dynamodb';
import { expect, it } from 'vitest';
import { createDynamodbHistoryStore } from '#adapters/aws/dynamodb/dynamodb-history-store.ts';
import { createDynamodbIncidentStore } from '#adapters/aws/dynamodb/dynamodb-incident-store.ts';
import { createDynamodbProfileStore } from '#adapters/aws/dynamodb/dynamodb-profile-store.ts';
import { ItemFormatError, WriteContention } from '#adapters/aws/dynamodb/item-error.ts';
import { removeApplication } from '#adapters/aws/dynamodb/remove-application.ts';
import { TableError } from '#adapters/aws/dynamodb/table-error.ts';
import { itemKey, listPartition } from '#adapters/aws/dynamodb/table-schema.ts';
import { NEW_CONTROLLER_STATE } from '#core/controller/controller-state.ts';
import { EMPTY_FOOTPRINT } from '#core/domain/footprint.ts';
import {
  exampleCluster,
  exampleDecision,
  exampleIncident,
  exampleProfile,
} from '#test/adapters/contracts/example-profiles.ts';
import { incidentStoreContract } from '#test/adapters/contracts/incident-store-contract.ts';
import { profileStoreContract } from '#test/adapters/contracts/profile-store-contract.ts';
import { interceptSend } from '#test/emulators/intercept-send.ts';
import { openDynamodb } from '#test/emulators/open-dynamodb.ts';

const DAY = 86_400;
const openTable = openDynamodb();

profileStoreContract('DynamoDB', async () =>
  createDynamodbProfileStore({ ...(await openTable()), logRetentionDays: 30 }),
);
incidentStoreContract('DynamoDB', async () =>
  createDynamodbIncidentStore({ ...(await openTable()), retentionDays: 400 }),
);

it('returns the clusters of a single replacement while others replace them', async () => {
  const table = await openTable();
  const store = createDynamodbProfileStore({ ...table, logRetentionDays: null });
  const generation = (k: number) =>
    ['a', 'b', 'c'].map((id) => ({ ...exampleCluster(id), version: k }));
  await store.putClusters(generation(0));
  const writes = (async () => {
    for (let k = 1; k <= 12; k++) await store.putClusters(generation(k));
  })();
  const seen: number[][] = [];
  for (let k = 0; k < 20; k++) seen.push((await store.clusters()).map((c) => c.version));
  await writes;
  for (const versions of seen) expect(new Set(versions).size).toBe(1);
  for (const versions of seen) expect(versions).toHaveLength(3);
  const { Count } = await table.client.send(new ScanCommand({ TableName: table.table }));
  expect(Count).toBe(4);
});

it('keeps every profile and decision when two stores share a table', async () => {
  const table = await openTable();
  const store = createDynamodbProfileStore({ ...table, logRetentionDays: 30 });
  const ids = Array.from({ length: 40 }, (_, k) => `app-${String(k).padStart(2, '0')}`);
  await Promise.all(
    ids.map((applicationId) => store.putApplication({ ...exampleProfile, applicationId })),
  );
  expect((await store.applications()).map((p) => p.applicationId)).toEqual(ids);
});

it('lets decisions and ended incidents expire, open incidents never', async () => {
  const table = await openTable();
  const expiryAt = async (pk: string, sk: string) => {
    const Key = itemKey(pk, sk);
    const found = await table.client.send(new GetItemCommand({ TableName: table.table, Key }));
    return found.Item?.['expires']?.N;
  };
  const profiles = createDynamodbProfileStore({ ...table, logRetentionDays: 30 });
  await profiles.logAllocation(exampleDecision('shop', 600, 2));
  expect(await expiryAt('log#shop', '1970-01-01T00:10:00.000Z')).toBe(String(600 + 30 * DAY));

  const incidents = createDynamodbIncidentStore({ ...table, retentionDays: 10 });
  const sort = 'incident#1970-01-01T00:05:00.000Z#cpu';
  await incidents.save('shop', NEW_CONTROLLER_STATE, [exampleIncident(300, null)]);
  expect(await expiryAt('monitoring#shop', sort)).toBeUndefined();
  await incidents.save('shop', NEW_CONTROLLER_STATE, [exampleIncident(300, 900)]);
  expect(await expiryAt('monitoring#shop', sort)).toBe(String(900 + 10 * DAY));
});

it('rejects an item of another layout', async () => {
  const table = await openTable();
  const store = createDynamodbProfileStore({ ...table, logRetentionDays: null });
  const Item = { ...itemKey(listPartition('profiles', 'shop'), 'shop'), format: { N: '2' } };
  await table.client.send(new PutItemCommand({ TableName: table.table, Item }));
  await expect(store.application('shop')).rejects.toThrow(ItemFormatError);
});

it('removes all items of one application and none of another', async () => {
  const table = await openTable();
  const history = createDynamodbHistoryStore({ ...table, retentionDays: null });
  const profiles = createDynamodbProfileStore({ ...table, logRetentionDays: 30 });
  const incidents = createDynamodbIncidentStore({ ...table, retentionDays: null });
  for (const applicationId of ['shop', 'search']) {
    const points = [0, DAY, 2 * DAY].map((timestampSeconds) => ({
      timestampSeconds,
      footprint: { ...EMPTY_FOOTPRINT, cpu: 1 },
    }));
    await history.append([{ applicationId, applicationType: 'web', points }]);
    await profiles.putApplication({ ...exampleProfile, applicationId });
    await profiles.logAllocation(exampleDecision(applicationId, 600, 2));
    await incidents.save(applicationId, NEW_CONTROLLER_STATE, [exampleIncident(300, null)]);
  }
  expect(await removeApplication(table, 'shop')).toBe(9);
  expect(await history.application('shop')).toBeNull();
  const { Items } = await table.client.send(new ScanCommand({ TableName: table.table }));
  expect(JSON.stringify(Items)).not.toContain('#shop');
  expect(Items).toHaveLength(9);
  expect(await removeApplication(table, 'shop')).toBe(0);
});

it('names the table and keeps the cause when DynamoDB fails', async () => {
  const { client } = await openTable();
  const gone = { client, table: 'no-such-table' };
  const profiles = createDynamodbProfileStore({ ...gone, logRetentionDays: null });
  const incidents = createDynamodbIncidentStore({ ...gone, retentionDays: null });
  const history = createDynamodbHistoryStore({ ...gone, retentionDays: null });
  const range = { fromSeconds: 0, toSeconds: 300 };
  const calls = [
    () => profiles.application('shop'),
    () => profiles.applications(),
    () => profiles.putApplication(exampleProfile),
    () => profiles.clusters(),
    () => profiles.putClusters([exampleCluster('a')]),
    () => profiles.logAllocation(exampleDecision('shop', 600, 2)),
    () => profiles.allocationLog('shop', 1),
    () => incidents.state('shop'),
    () => incidents.save('shop', NEW_CONTROLLER_STATE, []),
    () => incidents.incidents('shop'),
    () => history.read('shop', range, 300),
    () => history.application('shop'),
    () => removeApplication(gone, 'shop'),
  ];
  for (const call of calls) {
    const error = await call().catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(TableError);
    expect((error as TableError).message).toContain('no-such-table');
    expect((error as TableError).cause).toBeInstanceOf(ResourceNotFoundException);
  }
});

it('reads the pointer again when the generation it points to is replaced before it is read', async () => {
  const table = await openTable();
  const store = createDynamodbProfileStore({ ...table, logRetentionDays: null });
  await store.putClusters([exampleCluster('a'), exampleCluster('b')]);
  let replacements = 1;
  const overtaken = interceptSend(table.client, async (command) => {
    if (command instanceof QueryCommand && replacements-- > 0) {
      await store.putClusters([exampleCluster('c')]);
    }
  });
  const reader = createDynamodbProfileStore({
    ...table,
    client: overtaken,
    logRetentionDays: null,
  });
  expect(await reader.clusters()).toEqual([exampleCluster('c')]);
  replacements = Infinity;
  await expect(reader.clusters()).rejects.toThrow(WriteContention);
});

it('lists the other applications and reports one with unreadable items', async () => {
  const table = await openTable();
  const unreadable: string[] = [];
  const options = {
    ...table,
    onUnreadable: (error: ItemFormatError) => void unreadable.push(error.message),
  };
  const profiles = createDynamodbProfileStore({ ...options, logRetentionDays: null });
  const history = createDynamodbHistoryStore({ ...options, retentionDays: null });
  const points = [{ timestampSeconds: 0, footprint: { ...EMPTY_FOOTPRINT, cpu: 1 } }];
  for (const applicationId of ['bad', 'good']) {
    await profiles.putApplication({ ...exampleProfile, applicationId });
    await history.append([{ applicationId, applicationType: null, points }]);
  }
  const poisoned = [
    { ...itemKey(listPartition('profiles', 'bad'), 'bad'), body: { B: Buffer.from('no gzip') } },
    { ...itemKey(listPartition('applications', 'bad'), 'bad'), 'in 1970-01': { L: [{ N: '1' }] } },
  ];
  for (const item of poisoned) {
    const Item = { ...item, format: { N: '1' } };
    await table.client.send(new PutItemCommand({ TableName: table.table, Item }));
  }
  expect((await profiles.applications()).map((p) => p.applicationId)).toEqual(['good']);
  expect((await history.applications()).map((a) => a.applicationId)).toEqual(['good']);
  expect(unreadable).toEqual([
    expect.stringContaining('bad has a body that is no compressed JSON'),
    expect.stringContaining('bad has a note without its five numbers'),
  ]);
  const strict = createDynamodbProfileStore({ ...table, logRetentionDays: null });
  await expect(strict.applications()).rejects.toThrow(ItemFormatError);
});

it('lists the other clusters and reports one that is unreadable', async () => {
  const table = await openTable();
  const store = createDynamodbProfileStore({ ...table, logRetentionDays: null });
  await store.putClusters([exampleCluster('bad'), exampleCluster('good')]);
  const { Items = [] } = await table.client.send(new ScanCommand({ TableName: table.table }));
  const bad = Items.find(({ sk }) => sk?.S === 'bad')!;
  const broken = { ...bad, body: { B: Buffer.from('no gzip') } };
  await table.client.send(new PutItemCommand({ TableName: table.table, Item: broken }));
  const unreadable: string[] = [];
  const onUnreadable = ({ message }: ItemFormatError) => void unreadable.push(message);
  const reader = createDynamodbProfileStore({ ...table, logRetentionDays: null, onUnreadable });
  expect((await reader.clusters()).map(({ clusterId }) => clusterId)).toEqual(['good']);
  expect(unreadable).toEqual([expect.stringContaining('bad has a body that is no compressed')]);
  await expect(store.clusters()).rejects.toThrow(ItemFormatError);
});

it('reads what does not change of the log once, and what another store adds at once', async () => {
  const table = await openTable();
  const [store, other] = [1, 2].map(() =>
    createDynamodbProfileStore({ ...table, logRetentionDays: 30 }),
  );
  const { applicationId, ...decision } = exampleDecision('shop', 300, 2);
  await store!.logAllocation({ applicationId, ...decision });
  const [first] = await store!.allocationLog(applicationId, 2);
  await other!.logAllocation({ applicationId, ...decision, decidedAtSeconds: 600 });
  const log = await store!.allocationLog(applicationId, 2);
  expect(log.map(({ decidedAtSeconds }) => decidedAtSeconds)).toEqual([600, 300]);
  expect(log[1]).toBe(first);
});
