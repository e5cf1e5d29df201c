import { CreateTableCommand } from '@aws-sdk/client-dynamodb';
import type { Context } from 'aws-lambda';
import { describe, expect, test } from 'vitest';
import { decideOnce } from '#functions/wiring/decide-once.ts';
import { openDynamodb } from '#test/emulators/open-dynamodb.ts';

const dynamodb = openDynamodb();

/** What the library reads of Lambda's context. */
const context = { getRemainingTimeInMillis: () => 60_000 } as Context;
const { signal } = new AbortController();

async function handledEvents() {
  const { client } = await dynamodb();
  const table = `handled-${Math.floor(performance.now() * 1000)}`;
  await client.send(
    new CreateTableCommand({
      TableName: table,
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      ProvisionedThroughput: { ReadCapacityUnits: 1, WriteCapacityUnits: 1 },
    }),
  );
  return { client, table };
}

describe('a lifecycle action is decided', () => {
  test('once, however often its event comes, and each action for itself', async () => {
    const decided: string[] = [];
    const decide = decideOnce(await handledEvents(), async ({ token }: { token: string }) => {
      decided.push(token);
    });
    expect(await decide({ token: 'a' }, context, signal)).toBe(true);
    expect(await decide({ token: 'a' }, context, signal)).toBe(false);
    expect(await decide({ token: 'b' }, context, signal)).toBe(true);
    expect(decided).toEqual(['a', 'b']);
  });

  test('once, when its event comes twice at the same time', async () => {
    let finish: () => void = () => undefined;
    const started = new Promise<void>((resolve) => (finish = resolve));
    const decide = decideOnce(await handledEvents(), () => started);
    const first = decide({ token: 'a' }, context, signal);
    const second = decide({ token: 'a' }, context, signal);
    const loser = await Promise.race([first, second]);
    finish();
    expect(loser).toBe(false);
    expect((await Promise.all([first, second])).filter(Boolean)).toHaveLength(1);
  });

  test('again, when the first attempt failed', async () => {
    let attempts = 0;
    const decide = decideOnce(await handledEvents(), async () => {
      if (++attempts === 1) throw new Error('throttled');
    });
    await expect(decide({ token: 'a' }, context, signal)).rejects.toThrow(/throttled/);
    expect(await decide({ token: 'a' }, context, signal)).toBe(true);
  });
});
