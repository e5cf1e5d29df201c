import { expect, it } from 'vitest';
import { createDynamodbExpectStore } from '#adapters/aws/dynamodb/expect/dynamodb-expect-store.ts';
import { parseExpectTags, type TaggedExpectations } from '#cdk/configuration/expect-tags.ts';
import { withExpected } from '#cdk/configuration/with-expected.ts';
import { DEFAULT_SETTINGS } from '#core/domain/settings/settings.ts';
import { eventsInForce } from '#core/expectation/events-in-force.ts';
import { keepExpected } from '#functions/groups/tagged-expectations.ts';
import { openDynamodb } from '#test/emulators/open-dynamodb.ts';

const createTable = openDynamodb();
const group = (applicationId: string, tag: string) => ({
  applicationId,
  expected: parseExpectTags([['foreprint:expect', tag]], applicationId),
});

it('keeps what tags say for training, and reports a fault once', async () => {
  const store = createDynamodbExpectStore<TaggedExpectations>(await createTable());
  const reported: string[] = [];
  const keep = (...groups: readonly ReturnType<typeof group>[]) =>
    keepExpected(store, groups, (_, error) => reported.push(String(error)));
  await keep();
  expect(await store.read()).toBeNull();
  const sale = group('shop', 'sale: 2026-11-27 x2 least=4');
  for (let run = 0; run < 2; run++) await keep(sale, group('blog', 'soon'));
  expect(reported).toHaveLength(1);
  expect(reported[0]).toContain('tag foreprint:expect of blog');
  const { entries } = (await store.read())!;
  expect(entries).toEqual(sale.expected.entries);

  const settings = withExpected(DEFAULT_SETTINGS, entries);
  const noon = Date.parse('2026-11-27T12:00Z') / 1000;
  const range = { fromSeconds: noon, toSeconds: noon + 3600 };
  expect(eventsInForce(settings, 'shop', range)).toMatchObject({ atLeast: 4, changeUse: true });
  expect(eventsInForce(settings, 'blog', range)).toMatchObject({ atLeast: 0 });
  await keep();
  expect(await store.read()).toEqual({ entries: [], faults: [] });
});
