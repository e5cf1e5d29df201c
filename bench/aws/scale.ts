import { cpuUsage } from 'node:process';
import { createAutoScalingTarget } from '#adapters/aws/auto-scaling-target.ts';
import { CLOUDWATCH_LIMITS } from '#adapters/aws/cloudwatch/source-limits.ts';
import { createCloudwatchMetricSource } from '#adapters/aws/cloudwatch-metric-source.ts';
import { createDynamodbHistoryStore } from '#adapters/aws/dynamodb/dynamodb-history-store.ts';
import { createDynamodbIncidentStore } from '#adapters/aws/dynamodb/dynamodb-incident-store.ts';
import { createDynamodbProfileStore } from '#adapters/aws/dynamodb/dynamodb-profile-store.ts';
import { createDynamodbWatermarkStore } from '#adapters/aws/dynamodb/dynamodb-watermark-store.ts';
import { createMemoryFloorStore } from '#adapters/memory/memory-floor-store.ts';
import { DEFAULT_SETTINGS } from '#core/domain/settings/settings.ts';
import { ingestApplications } from '#core/ingestion/ingest-applications.ts';
import { allocateGroup } from '#functions/allocation/allocate-group.ts';
import { eachGroup } from '#functions/groups/each-group.ts';
import type { EnrolledGroup } from '#functions/groups/enrolled-group.ts';
import { monitorGroups } from '#functions/monitoring/monitor-groups.ts';
import { createForecasterCache } from '#models/stored/forecaster-cache.ts';
import { exampleDecision } from '#test/adapters/contracts/example-profiles.ts';
import { emulateAutoScaling } from '#test/emulators/emulate-auto-scaling.ts';
import { cpuSecondsSince } from '../cpu-seconds.ts';
import { benchArguments, renewTable } from '../write-table.ts';
import { createCallCounter } from './call-counter.ts';
import { simulatedDynamodb } from './simulated-dynamodb.ts';
import {
  fleetSeeds,
  NEWCOMER,
  NOW,
  simulatedCloudwatch,
  STEP,
  trainedProfile,
} from './simulated-fleet.ts';

/**
 * What a run of each function over many groups asks of AWS and takes: the functions' own use cases
 * and adapters against services simulated in this process, with their latencies. `tsx
 * bench/aws/scale.ts [GROUPS] [NEWCOMERS] [ingest allocate monitor back-fill]`: all functions
 * unless told.
 */
const [groups = '1000', fresh = '20', ...chosen] = benchArguments;
const [groupCount, newcomers] = [Number(groups), Number(fresh)];
const LOADED_MODELS = 2048;
const S3_MS = 30;

const counter = createCallCounter();
const { profile, files } = await trainedProfile();
const bytes = [...files.values()].map((file) => file.length);
console.log(`${groupCount} groups; model files of ${bytes.join(', ')} bytes`);

// What is expected an hour later is noted in a decision: this one's hour is the newest measured
// step.
const client = simulatedDynamodb(
  counter,
  fleetSeeds(profile, exampleDecision('one', NOW - STEP - 3600, 4)),
);
const table = { client, table: 'simulated' };
const history = createDynamodbHistoryStore({ ...table, retentionDays: 455 });
const profiles = createDynamodbProfileStore({ ...table, logRetentionDays: 455 });
const incidents = createDynamodbIncidentStore({ ...table, retentionDays: 455 });
const forecasters = createForecasterCache(async (sha256) => {
  await counter.call('S3 GetObject', S3_MS);
  return files.get(sha256.split(' ')[0]!)!;
}, LOADED_MODELS);
const instanceCapacity = { cpu: 2, memory: 8 * 2 ** 30, disk: null, network: null };
const target = createAutoScalingTarget({
  client: emulateAutoScaling().client,
  floors: createMemoryFloorStore(),
  nowSeconds: () => NOW,
  capacityOf: async () => instanceCapacity,
});

const groupsNamed = (prefix: string, count: number): readonly EnrolledGroup[] =>
  Array.from({ length: count }, (_, k) => ({
    applicationId: `${prefix}-${String(k).padStart(5, '0')}`,
    applicationType: 'web',
    mode: 'observe',
    known: {
      minSize: 1,
      maxSize: 20,
      desired: 4,
      instances: [],
      ownMinimum: 1,
      hasFloor: false,
      isSettled: true,
    },
    metering: { monitoringSeconds: 300 },
    instanceTypes: ['m7i.large'],
  }));

const rows: Record<string, string | number>[] = [];

async function measure(name: string, groups: number, run: () => Promise<unknown>): Promise<void> {
  if (chosen.length > 0 && !chosen.includes(name)) return;
  counter.reset();
  const [cpu, start] = [cpuUsage(), performance.now()];
  const outcome = await run();
  const seconds = (performance.now() - start) / 1000;
  const cpuMs = (1000 * cpuSecondsSince(cpu)) / groups;
  console.log(
    `\n${name}: ${seconds.toFixed(1)} s, ${cpuMs.toFixed(2)} ms of CPU a group  ${JSON.stringify(outcome)}`,
  );
  const calls = [...counter.counts].map(([call, { calls, concurrent, perSecond, units }]) => ({
    call,
    calls,
    'a group': Number((calls / groups).toFixed(2)),
    units: Math.round(units),
    'most at once': concurrent,
    'most a second': perSecond,
  }));
  console.table(calls);
  rows.push({
    'one run': name,
    groups,
    clock: `${seconds.toFixed(0)} s`,
    'CPU a group': `${cpuMs.toFixed(1)} ms`,
    'calls a group': calls.map((each) => `${each['a group']} ${each.call}`).join(', '),
  });
}

const report = (what: string, error: unknown): void => console.error(what, error);
const watermarks = createDynamodbWatermarkStore(table);
const cloudwatch = simulatedCloudwatch(counter);
const ingest = (groups: readonly EnrolledGroup[], nowSeconds: number) =>
  ingestApplications(
    {
      history,
      watermarks,
      sourceOf: (some, periodSeconds) =>
        createCloudwatchMetricSource({ client: cloudwatch, groups: some, periodSeconds }),
      limits: CLOUDWATCH_LIMITS,
      requestTraining: async (ids) => counter.call('SQS SendMessage', 10, ids.length),
      mayContinue: async () => true,
      report,
    },
    groups.map((group) => ({ ...group, ...group.metering, vcpus: 2, memoryBytes: 8 * 2 ** 30 })),
    { nowSeconds, stepSeconds: STEP, historyDays: 455 },
  );

const fleet = groupsNamed('group', groupCount);
const settled = { fromSeconds: 0, throughSeconds: NOW - STEP, stage: 'settled' } as const;
await watermarks.save(new Map(fleet.map(({ applicationId }) => [applicationId, settled])));
await measure('ingest', groupCount, () => ingest(fleet, NOW));

const ports = { history, profiles, incidents, forecasters, target, mayAct: async () => true };
const allocate = async (group: EnrolledGroup): Promise<void> => {
  await allocateGroup(ports, group, NOW, DEFAULT_SETTINGS);
};
await measure('allocate', groupCount, () => eachGroup(fleet, allocate, { report }));

const notifier = { publish: () => counter.call('SNS Publish', 20) };
await measure('monitor', groupCount, () =>
  monitorGroups(
    { ...ports, notifier, report },
    { groups: fleet, nowSeconds: NOW },
    DEFAULT_SETTINGS,
  ),
);

const late = groupsNamed(NEWCOMER, newcomers);
await measure('back-fill', newcomers, () => ingest(late, NOW));
if (chosen.length === 0) await renewTable('aws', 'scale', rows);
process.exit(0);
