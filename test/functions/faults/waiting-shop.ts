import { CreateTableCommand } from '@aws-sdk/client-dynamodb';
import type { Context } from 'aws-lambda';
import { beforeAll } from 'vitest';
import type { FloorStore } from '#adapters/aws/auto-scaling/floor-record.ts';
import { createAutoScalingTarget } from '#adapters/aws/auto-scaling-target.ts';
import { createDynamodbHistoryStore } from '#adapters/aws/dynamodb/dynamodb-history-store.ts';
import { createDynamodbIncidentStore } from '#adapters/aws/dynamodb/dynamodb-incident-store.ts';
import { createDynamodbProfileStore } from '#adapters/aws/dynamodb/dynamodb-profile-store.ts';
import { createDynamodbFloorStore } from '#adapters/aws/dynamodb/floor/dynamodb-floor-store.ts';
import type { DynamodbTable } from '#adapters/aws/dynamodb/table-schema.ts';
import { createS3ModelStore } from '#adapters/aws/s3-model-store.ts';
import { DEFAULT_SETTINGS, type Settings } from '#core/domain/settings/settings.ts';
import { trainInProcess } from '#core/training/train-in-process.ts';
import { trainApplication } from '#core/use-cases/train-application.ts';
import { allocateGroup } from '#functions/allocation/allocate-group.ts';
import { decideAction } from '#functions/allocation/decide-action.ts';
import { handleLifecycleAction } from '#functions/allocation/handle-lifecycle-action.ts';
import { lifecycleEventSchema } from '#functions/events/lifecycle-event.ts';
import { findEnrolledGroup } from '#functions/groups/list-enrolled-groups.ts';
import { decideOnce } from '#functions/wiring/decide-once.ts';
import { createForecasterCache } from '#models/stored/forecaster-cache.ts';
import { emulateAutoScaling } from '#test/emulators/emulate-auto-scaling.ts';
import { faultPlan, injectFaults, type Fault } from '#test/emulators/inject-faults.ts';
import { openDynamodb } from '#test/emulators/open-dynamodb.ts';
import { openS3 } from '#test/emulators/open-s3.ts';
import { LAUNCH_EVENT } from '#test/functions/events/example-events.ts';

export const STEP = 300;
const DAY = 86_400;
const action = lifecycleEventSchema.parse(LAUNCH_EVENT);
export const NOW = Math.floor(action.atSeconds / STEP) * STEP;
/** The owner's own limits. */
export const OWNER = { minSize: 1, maxSize: 6 };
/** Nine cores in use, instances of two: five of them, within the owner's limits. */
export const FLOOR = 5;

export const settings: Settings = {
  ...DEFAULT_SETTINGS,
  resources: ['cpu'],
  training: { ...DEFAULT_SETTINGS.training, context: 288, horizon: 12, windowSeconds: 3 * DAY },
};
const everything = { mode: 'observe' as const, groups: [] };
const context = { getRemainingTimeInMillis: () => 60_000 } as Context;

const dynamodb = openDynamodb();
export const s3 = openS3();
/** Calls of all clients, and which of them meets with what. */
export const plan = faultPlan();
let table: DynamodbTable;
let handled: DynamodbTable;
let cases = 0;

beforeAll(async () => {
  table = await dynamodb();
  handled = { client: table.client, table: 'handled' };
  await table.client.send(
    new CreateTableCommand({
      TableName: handled.table,
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      BillingMode: 'PAY_PER_REQUEST',
    }),
  );
  injectFaults(table.client, plan);
  injectFaults(s3().client, plan);
  const { history, profiles, models } = stores();
  const points = Array.from({ length: (3 * DAY) / STEP }, (_, k) => ({
    timestampSeconds: NOW - (k + 1) * STEP,
    footprint: { cpu: 9, memory: null, disk: null, network: null },
  }));
  await history.append([{ applicationId: 'shop', applicationType: 'web', points }]);
  const ports = { history, profiles, models, trainer: trainInProcess };
  await trainApplication(ports, 'shop', NOW, settings);
});

function stores() {
  return {
    history: createDynamodbHistoryStore({ ...table, retentionDays: null }),
    profiles: createDynamodbProfileStore({ ...table, logRetentionDays: null }),
    incidents: createDynamodbIncidentStore({ ...table, retentionDays: null }),
    models: createS3ModelStore({ client: s3().client, bucket: 'models', prefix: 'models/' }),
  };
}

/**
 * The group `shop` with an instance that waits, in a world where nothing was decided for this
 * action before.
 */
export function waitingShop() {
  const scaling = emulateAutoScaling();
  injectFaults(scaling.client, plan);
  const group = {
    ...OWNER,
    desired: 2,
    tags: new Map([['foreprint:mode', 'scale-out']]),
    instances: [{ type: 'm7i.large', state: 'InService' }],
  };
  scaling.groups.set('shop', group);
  const token = `token-${cases++}`;
  scaling.waiting.add(token);
  const { models, ...others } = stores();
  const stored = createDynamodbFloorStore(table);
  // The group of every case has its own record.
  const floors: FloorStore = {
    read: (name) => stored.read(`${name} ${token}`),
    all: stored.all,
    write: (name, record) => stored.write(`${name} ${token}`, record),
  };
  const source = { client: scaling.client, floors, nowSeconds: () => NOW };
  const target = createAutoScalingTarget({
    ...source,
    capacityOf: async () => ({ cpu: 2, memory: null, disk: null, network: null }),
  });
  const reports: string[] = [];
  const report = (what: string, error: unknown): void =>
    void reports.push(`${what}: ${String(error)}`);
  const ports = {
    ...others,
    report,
    forecasters: createForecasterCache((sha256) => models.get(sha256), 8),
    target,
    mayAct: async () => true,
    findGroup: (name: string) => findEnrolledGroup(scaling.client, name, everything, source),
  };
  const decide = decideOnce(handled, async (waiting: typeof action, signal) => {
    await decideAction(ports, waiting, settings, signal);
  });
  const decisions: Promise<boolean>[] = [];
  const answer = (lateSeconds = 2) => {
    // The time for a decision is over as soon as a call hangs: no test has to wait for it.
    const deadline = new AbortController();
    plan.onHang = () => deadline.abort(new Error('no decision in time'));
    return handleLifecycleAction(
      {
        decide(waiting, signal) {
          const decision = decide(waiting, context, signal);
          decisions.push(decision);
          return decision;
        },
        complete: target.completeLifecycleAction,
        report,
      },
      { ...action, token },
      { nowSeconds: action.atSeconds + lateSeconds, deadline: deadline.signal },
    );
  };
  /** Waits until every decision has ended, those too that were given up. */
  const decided = async () => void (await Promise.allSettled(decisions));
  /** The schedule's next tick for this group. */
  const tick = async () => {
    const found = await ports.findGroup('shop');
    if (found) await allocateGroup(ports, found, NOW + STEP, settings);
  };
  return { scaling, group, target, ports, reports, answer, decided, tick };
}

/** Counts calls anew, with or without a fault. */
export function begin(fault: { readonly at: number; readonly kind: Fault } | null): void {
  plan.calls.length = 0;
  plan.fault = fault;
}
