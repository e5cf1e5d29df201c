import { expect, test } from 'vitest';
import { createAutoScalingTarget } from '#adapters/aws/auto-scaling-target.ts';
import { createDynamodbHistoryStore } from '#adapters/aws/dynamodb/dynamodb-history-store.ts';
import { createDynamodbIncidentStore } from '#adapters/aws/dynamodb/dynamodb-incident-store.ts';
import { createDynamodbProfileStore } from '#adapters/aws/dynamodb/dynamodb-profile-store.ts';
import { createMemoryFloorStore } from '#adapters/memory/memory-floor-store.ts';
import { createMemoryModelStore } from '#adapters/memory/memory-model-store.ts';
import { DEFAULT_SETTINGS, type Settings } from '#core/domain/settings/settings.ts';
import { trainInProcess } from '#core/training/train-in-process.ts';
import { trainApplication } from '#core/use-cases/train-application.ts';
import { allocateGroup } from '#functions/allocation/allocate-group.ts';
import { findEnrolledGroup } from '#functions/groups/list-enrolled-groups.ts';
import { createForecasterCache } from '#models/stored/forecaster-cache.ts';
import { emulateAutoScaling } from '#test/emulators/emulate-auto-scaling.ts';
import { openDynamodb } from '#test/emulators/open-dynamodb.ts';

const NOW = 1_700_000_100;
const STEP = 300;
const settings: Settings = { ...DEFAULT_SETTINGS, resources: ['cpu'] };
const dynamodb = openDynamodb();

test('a group enrolled three hours ago is decided on from these hours once its training was tried', async () => {
  const table = await dynamodb();
  const history = createDynamodbHistoryStore({ ...table, retentionDays: null });
  const profiles = createDynamodbProfileStore({ ...table, logRetentionDays: null });
  const incidents = createDynamodbIncidentStore({ ...table, retentionDays: null });
  const models = createMemoryModelStore();
  const start = Math.floor(NOW / STEP) * STEP - 36 * STEP;
  const points = Array.from({ length: 36 }, (_, k) => ({
    timestampSeconds: start + k * STEP,
    footprint: { cpu: 5 + (k % 3), memory: null, disk: null, network: null },
  }));
  await history.append([{ applicationId: 'shop', applicationType: 'web', points }]);

  const scaling = emulateAutoScaling();
  scaling.groups.set('shop', {
    ...{ minSize: 1, maxSize: 9, desired: 2 },
    tags: new Map([['foreprint:mode', 'scale-out']]),
    instances: [{ type: 'm7i.large', state: 'InService' }],
  });
  const target = createAutoScalingTarget({
    client: scaling.client,
    floors: createMemoryFloorStore(),
    nowSeconds: () => 1_764_000_000,
    capacityOf: async () => ({ cpu: 2, memory: null, disk: null, network: null }),
  });
  const forecasters = createForecasterCache((sha256) => models.get(sha256), 8);
  const ports = { history, profiles, incidents, forecasters, target, mayAct: async () => true };
  const group = (await findEnrolledGroup(scaling.client, 'shop', { mode: 'observe', groups: [] }))!;
  const decide = async (nowSeconds: number) => {
    await allocateGroup(ports, group, nowSeconds, settings);
    const log = await profiles.allocationLog('shop', 2);
    return log.find(({ decidedAtSeconds }) => decidedAtSeconds === nowSeconds)!;
  };

  expect((await decide(NOW)).reason.source).toBe('default');
  const training = { history, profiles, models, trainer: trainInProcess };
  const { skipped } = await trainApplication(training, 'shop', NOW, settings);
  expect(skipped.cpu).toContain('3.0 h measured');
  const { reason, instances } = await decide(NOW + STEP);
  expect(reason.source).toBe('forecast');
  expect(reason.model).toEqual({ cpu: 'similar situations' });
  // Seven cores at most, on instances of two.
  expect(instances).toBe(4);
  expect(scaling.groups.get('shop')!.minSize).toBe(4);
});
