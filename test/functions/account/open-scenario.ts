import type { ScalingPolicy } from '@aws-sdk/client-auto-scaling';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { vi } from 'vitest';
import { LAUNCH_HOOK, MODE_TAG, TERMINATE_HOOK } from '#cdk/configuration/group-tags.ts';
import type { ScheduledAction, SimulatedHook } from '#evaluation/account/account-instance.ts';
import { createAccountWorld } from '#evaluation/account/account-world.ts';
import { DETAILED } from '#evaluation/account/metric-log.ts';
import { createTrackingPolicy } from '#evaluation/account/tracking-policy.ts';
import {
  openAccountBox,
  type AccountBox,
  type BoxHandlers,
} from '#test/emulators/account/account-box.ts';
import type { BoxGroup } from '#test/emulators/account/box-group.ts';
import { LOOPBACK_CREDENTIALS } from '#test/emulators/loopback-credentials.ts';
import { serveDynamodb } from '#test/emulators/serve-dynamodb.ts';

const TYPE = { name: 'm7g.large', cores: 2, memoryMib: 8192 };
/** A Monday. */
export const START_SECONDS = Date.UTC(2026, 8, 7) / 1000;
export const STEP_SECONDS = 300;
const HOOK_SECONDS = 300;

export interface ScenarioGroup {
  readonly name: string;
  readonly mode: 'observe' | 'scale-out' | 'full';
  /** Target of its own tracking policy, 0 to 1; null without one. */
  readonly tracking: number | null;
  /** Cores wanted per step, from the start on. */
  readonly demand: readonly number[];
  readonly min: number;
  readonly max: number;
  readonly scheduledActions?: readonly ScheduledAction[];
  readonly isRefused?: (atSeconds: number) => boolean;
  readonly tags?: Readonly<Record<string, string>>;
}

/** A box with the handlers around it. */
export interface Scenario {
  readonly box: AccountBox;
  readonly handlers: BoxHandlers;
  close(): void;
}

/** Environment of the functions; set before they are imported. */
async function deployed(endpoint: string): Promise<void> {
  Object.assign(process.env, {
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'loopback',
    AWS_SECRET_ACCESS_KEY: 'loopback',
    AWS_ENDPOINT_URL_DYNAMODB: endpoint,
    POWERTOOLS_DEV: 'false',
    POWERTOOLS_LOG_LEVEL: 'SILENT',
    POWERTOOLS_METRICS_DISABLED: 'true',
    POWERTOOLS_TRACE_ENABLED: 'false',
    FOREPRINT_CONFIGURATION: JSON.stringify({ historyDays: 29 }),
    FOREPRINT_SWITCH: '/foreprint/switch',
    FOREPRINT_HISTORY: 'footprints',
    FOREPRINT_TABLE: 'state',
    FOREPRINT_IDEMPOTENCY_TABLE: 'handled',
    FOREPRINT_MODELS_BUCKET: 'models',
    FOREPRINT_TOPIC_ARN: 'arn:aws:sns:eu-central-1:123456789012:topic',
    FOREPRINT_TRAINING_QUEUE: 'https://sqs.eu-central-1.amazonaws.com/123456789012/trainings',
  });
  const client = new DynamoDBClient({ ...LOOPBACK_CREDENTIALS, endpoint });
  for (const TableName of ['footprints', 'state', 'handled']) {
    const keys = TableName === 'handled' ? ['id'] : ['pk', 'sk'];
    await client.send(
      new CreateTableCommand({
        TableName,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: keys.map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
        KeySchema: keys.map((AttributeName, k) => ({
          AttributeName,
          KeyType: k === 0 ? 'HASH' : 'RANGE',
        })),
      }),
    );
  }
  client.destroy();
}

/** Opens a scenario: groups, stores, and the product's handlers in front of them. */
export async function openScenario(
  groups: readonly ScenarioGroup[],
  check: (group: BoxGroup, nowSeconds: number) => void,
  deliveries = 1,
): Promise<Scenario> {
  const server = await serveDynamodb();
  // Clients are made when the functions are imported, for this scenario's stores.
  vi.resetModules();
  await deployed(server.endpoint);
  const boxGroups = groups.map(openGroup);
  const box = openAccountBox({
    groups: boxGroups,
    types: [TYPE],
    phaseSeconds: 180,
    deliveries,
    check: () => {
      for (const group of boxGroups) check(group, box.nowSeconds);
    },
  });
  const [ingest, monitor, allocate, train] = await Promise.all([
    import('#functions/ingest.ts'),
    import('#functions/monitor.ts'),
    import('#functions/allocate.ts'),
    import('#functions/train.ts'),
  ]);
  return {
    box,
    handlers: {
      ingest: ingest.handler,
      monitor: monitor.handler,
      allocate: allocate.handler,
      train: train.handler,
    },
    close() {
      box.close();
      server.close();
    },
  };
}

function openGroup(scenario: ScenarioGroup): BoxGroup {
  const { name, mode, tracking, min, max, demand, tags = {}, ...owner } = scenario;
  const world = createAccountWorld({
    demand: {
      startSeconds: START_SECONDS,
      stepSeconds: STEP_SECONDS,
      values: Float64Array.from(demand),
    },
    group: {
      sizes: { min, desired: min, max },
      bootSeconds: 120,
      types: [{ name: TYPE.name, cores: TYPE.cores, weight: 1 }],
      hooks: [hook(LAUNCH_HOOK, 'launching'), hook(TERMINATE_HOOK, 'terminating')],
      ...owner,
    },
    monitoring: DETAILED,
    alarmDelaySeconds: 60,
    ...(tracking !== null && {
      policy: (group, alarmed) =>
        createTrackingPolicy(group, alarmed, {
          target: tracking,
          pointSeconds: 60,
          warmUpSeconds: 120,
        }),
    }),
    objective: 0.85,
    countedFromStep: 0,
  });
  return {
    name,
    world,
    tags: new Map([[MODE_TAG, mode], ['foreprint:monitoring', '60'], ...Object.entries(tags)]),
    policies: tracking === null ? [] : [trackingPolicy(name, tracking)],
    owner: { min, max },
  };
}

function hook(name: string, transition: SimulatedHook['transition']): SimulatedHook {
  return { name, transition, heartbeatSeconds: HOOK_SECONDS, defaultResult: 'CONTINUE' };
}

function trackingPolicy(group: string, target: number): ScalingPolicy {
  return {
    AutoScalingGroupName: group,
    PolicyName: 'keep-cpu',
    PolicyType: 'TargetTrackingScaling',
    Enabled: true,
    TargetTrackingConfiguration: {
      PredefinedMetricSpecification: { PredefinedMetricType: 'ASGAverageCPUUtilization' },
      TargetValue: target * 100,
    },
  };
}
