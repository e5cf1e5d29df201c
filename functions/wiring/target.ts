import { createAnyTarget } from '#adapters/aws/any-target.ts';
import type { ClaimSource } from '#adapters/aws/auto-scaling/read-claim.ts';
import { createAutoScalingTarget } from '#adapters/aws/auto-scaling-target.ts';
import { createDynamodbFloorStore } from '#adapters/aws/dynamodb/floor/dynamodb-floor-store.ts';
import { createEcsServiceTarget } from '#adapters/aws/ecs/ecs-service-target.ts';
import type { ServiceSource } from '#adapters/aws/ecs/service-claims.ts';
import { environment, settings } from '#functions/environment/environment.ts';
import { required } from '#functions/environment/read-environment.ts';
import { scalingClients } from './auto-scaling.ts';
import { dynamodb, reportUnreadable } from './dynamodb.ts';
import { instanceCapacity } from './instance-capacity.ts';

/** Where it is remembered, and seen, what owners want of their minimums. */
export const claimSource: ClaimSource & ServiceSource = {
  ...scalingClients,
  floors: createDynamodbFloorStore({
    client: dynamodb,
    table: required(environment, 'FOREPRINT_TABLE'),
    onUnreadable: reportUnreadable,
  }),
  nowSeconds: () => Math.floor(Date.now() / 1000),
};

const options = { ...claimSource, capacityOf: instanceCapacity(settings) };

/** The Auto Scaling groups and the ECS services of this account and region. */
export const target = createAnyTarget(
  createAutoScalingTarget(options),
  createEcsServiceTarget(options),
);
