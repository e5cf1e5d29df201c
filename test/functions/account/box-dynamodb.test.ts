import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDynamodbHistoryStore } from '#adapters/aws/dynamodb/dynamodb-history-store.ts';
import { createDynamodbIncidentStore } from '#adapters/aws/dynamodb/dynamodb-incident-store.ts';
import { createDynamodbProfileStore } from '#adapters/aws/dynamodb/dynamodb-profile-store.ts';
import { createDynamodbWatermarkStore } from '#adapters/aws/dynamodb/dynamodb-watermark-store.ts';
import { createDynamodbFloorStore } from '#adapters/aws/dynamodb/floor/dynamodb-floor-store.ts';
import { floorStoreContract } from '#test/adapters/contracts/floor-store-contract.ts';
import { historyStoreContract } from '#test/adapters/contracts/history-store-contract.ts';
import { incidentStoreContract } from '#test/adapters/contracts/incident-store-contract.ts';
import { profileStoreContract } from '#test/adapters/contracts/profile-store-contract.ts';
import { watermarkStoreContract } from '#test/adapters/contracts/watermark-store-contract.ts';
import { answerDynamodb } from '#test/emulators/account/answer-dynamodb.ts';
import { answerSdk } from '#test/emulators/account/answer-sdk.ts';
import { satisfies } from '#test/emulators/account/dynamodb-condition.ts';

// What the stores ask of a service holds of the one in the box as of DynamoDB and its emulator.
describe('DynamoDB in an account in a box', () => {
  let close = (): void => undefined;
  beforeAll(() => {
    close = answerSdk(DynamoDBClient, answerDynamodb());
  });
  afterAll(() => close());

  let tables = 0;
  const open = () => ({
    client: new DynamoDBClient({ region: 'eu-central-1' }),
    table: `table-${tables++}`,
  });
  historyStoreContract('the box', async () =>
    createDynamodbHistoryStore({ ...open(), retentionDays: null }),
  );
  profileStoreContract('the box', async () =>
    createDynamodbProfileStore({ ...open(), logRetentionDays: 30 }),
  );
  incidentStoreContract('the box', async () =>
    createDynamodbIncidentStore({ ...open(), retentionDays: 400 }),
  );
  watermarkStoreContract('the box', async () => createDynamodbWatermarkStore(open()));
  floorStoreContract(async () => createDynamodbFloorStore(open()));
});

describe('a condition', () => {
  it('means what the same condition means in JavaScript', () => {
    const number = fc.integer({ min: -3, max: 3 });
    fc.assert(
      fc.property(number, number, fc.option(number), (a, b, c) => {
        const request = {
          ExpressionAttributeNames: { '#c': 'c d' },
          ExpressionAttributeValues: { ':b': { N: String(b) }, ':s': { S: 'x' } },
        };
        const item = { a: { N: String(a) }, ...(c !== null && { 'c d': { N: String(c) } }) };
        const holds = (condition: string) => satisfies(item, condition, request);
        expect(holds('a < :b')).toBe(a < b);
        expect(holds('a >= :b')).toBe(a >= b);
        expect(holds('a <> :s')).toBe(false);
        expect(holds('attribute_not_exists(#c) OR #c <= :b')).toBe(c === null || c <= b);
        expect(holds('NOT (a = :b AND attribute_exists(#c))')).toBe(!(a === b && c !== null));
        expect(holds('a = :b OR a < :b AND #c > :b')).toBe(
          a === b || (a < b && c !== null && c > b),
        );
      }),
    );
  });

  it.each(['a ~ :b', 'a =', '(a = :b', 'contains(a, :b)', 'a = :b :b'])(
    'refuses %s',
    (condition) => {
      expect(() => satisfies({}, condition, {})).toThrow(SyntaxError);
    },
  );
});
