import { BatchGetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, test } from 'vitest';
import {
  createDynamodbWatermarkStore,
  FORGOTTEN_SECONDS,
} from '#adapters/aws/dynamodb/dynamodb-watermark-store.ts';
import { removeApplication } from '#adapters/aws/dynamodb/remove-application.ts';
import type { Watermark } from '#core/domain/watermark.ts';
import { watermarkStoreContract } from '#test/adapters/contracts/watermark-store-contract.ts';
import { interceptSend } from '#test/emulators/intercept-send.ts';
import { openDynamodb } from '#test/emulators/open-dynamodb.ts';

const table = openDynamodb();
watermarkStoreContract('DynamoDB', async () => createDynamodbWatermarkStore(await table()));

const mark = (from: number, through: number, stage: Watermark['stage'] = 'measured') => ({
  fromSeconds: from,
  throughSeconds: through,
  stage,
});

describe('watermarks', () => {
  test('are read back, all groups in one round trip and 16 writes', async () => {
    const { client, table: name } = await table();
    const sent: object[] = [];
    const counted = interceptSend(client, async (command) => void sent.push(command));
    const store = createDynamodbWatermarkStore({ client: counted, table: name });
    const all = new Map(Array.from({ length: 10_000 }, (_, k) => [`group-${k}`, mark(k, k + 300)]));
    expect((await store.read()).size).toBe(0);
    await store.save(all);
    expect(new Map(await store.read())).toEqual(all);
    expect(sent.filter((command) => command instanceof BatchGetItemCommand)).toHaveLength(2);
    expect(sent.filter((command) => command instanceof PutItemCommand)).toHaveLength(16);
    expect(sent).toHaveLength(18);
  });

  test('of two independent writers are both kept', async () => {
    const place = await table();
    const [one, two] = [createDynamodbWatermarkStore(place), createDynamodbWatermarkStore(place)];
    await Promise.all([one.read(), two.read()]);
    await one.save(new Map([['shop', mark(100, 500)]]));
    await two.save(
      new Map([
        ['shop', mark(50, 400, 'settled')],
        ['blog', mark(0, 300)],
      ]),
    );
    const stored = await one.read();
    expect(stored.get('shop')).toEqual(mark(50, 500, 'settled'));
    expect(stored.get('blog')).toEqual(mark(0, 300));
  });

  test('of removed applications and of groups that are no longer read are deleted', async () => {
    const place = await table();
    const store = createDynamodbWatermarkStore(place);
    // Some of them lie beside it in the same item.
    const names = Array.from({ length: 64 }, (_, k) => `group-${k}`);
    await store.save(new Map(names.map((name) => [name, mark(0, 300)])));
    await removeApplication(place, 'group-7');
    expect((await store.read()).has('group-7')).toBe(false);
    expect((await store.read()).size).toBe(63);
    const now = FORGOTTEN_SECONDS + 600;
    // Enough that every item is written.
    const later = Array.from({ length: 1000 }, (_, k) => `new-${k}`);
    await store.save(new Map(later.map((name) => [name, mark(0, now)])));
    const left = await store.read();
    expect([...left.keys()].every((name) => name.startsWith('new-'))).toBe(true);
  });
});
