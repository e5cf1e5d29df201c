import type { ClaimSource } from '#adapters/aws/auto-scaling/read-claim.ts';
import { createAutoScalingTarget } from '#adapters/aws/auto-scaling-target.ts';
import { createDynamodbFloorStore } from '#adapters/aws/dynamodb/floor/dynamodb-floor-store.ts';
import { environment, settings } from '#functions/environment/environment.ts';
import { required } from '#functions/environment/read-environment.ts';
import { autoScaling } from './auto-scaling.ts';
import { dynamodb, reportUnreadable } from './dynamodb.ts';
import { instanceCapacity } from './instance-capacity.ts';

/** Where it is remembered, and seen, what owners want of their groups' minimums. */
export const claimSource: ClaimSource = {
  client: autoScaling,
  floors: createDynamodbFloorStore({
    client: dynamodb,
    table: required(environment, 'FOREPRINT_TABLE'),
    onUnreadable: reportUnreadable,
  }),
  nowSeconds: () => Math.floor(Date.now() / 1000),
};

/** The Auto Scaling groups of this account and region. */
export const target = createAutoScalingTarget({
  ...claimSource,
  capacityOf: instanceCapacity(settings),
});
