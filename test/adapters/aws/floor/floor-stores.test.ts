import { describe } from 'vitest';
import { createDynamodbFloorStore } from '#adapters/aws/dynamodb/floor/dynamodb-floor-store.ts';
import { createMemoryFloorStore } from '#adapters/memory/memory-floor-store.ts';
import { floorStoreContract } from '#test/adapters/contracts/floor-store-contract.ts';
import { openDynamodb } from '#test/emulators/open-dynamodb.ts';

const dynamodb = openDynamodb();

describe('minimums remembered in DynamoDB', () => {
  floorStoreContract(async () => createDynamodbFloorStore(await dynamodb()));
});

describe('minimums remembered in memory', () => {
  floorStoreContract(async () => createMemoryFloorStore());
});
