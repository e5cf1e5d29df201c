import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterEach, describe, expect, it } from 'vitest';
import { createCloudwatchMetricSource } from '#adapters/aws/cloudwatch-metric-source.ts';
import { createDynamodbHistoryStore } from '#adapters/aws/dynamodb/dynamodb-history-store.ts';
import { createDynamodbIncidentStore } from '#adapters/aws/dynamodb/dynamodb-incident-store.ts';
import type { Resource } from '#core/domain/footprint.ts';
import { createAccountWorld } from '#evaluation/account/account-world.ts';
import {
  BUSY_MEMORY,
  BUSY_MINUTE_BYTES,
  DETAILED,
  GARBAGE_MEMORY,
  IDLE_MEMORY,
  type MonitoringRules,
} from '#evaluation/account/metric-log.ts';
import { answerCloudwatch } from '#test/emulators/account/answer-cloudwatch.ts';
import { answerSdk } from '#test/emulators/account/answer-sdk.ts';
import { BOX_TABLES } from '#test/emulators/account/box-environment.ts';
import { BOX_TYPE } from '#test/emulators/account/open-box-group.ts';
import { openScenario, type Scenario } from './open-scenario.ts';

const STEP = 300;
const STEPS = 48;
/** As ingest reads again. */
const OVERLAP = 1800;
const METERED = {
  applicationId: 'shop',
  applicationType: null,
  vcpus: 2,
  memoryBytes: 8e9,
  monitoringSeconds: 60,
} as const;

let close: () => void = () => undefined;
afterEach(() => close());

/** A group that grows and shrinks by its owner's hand, with a number of instances that comes late. */
function openWorld(groupDelaySeconds: number) {
  const world = createAccountWorld({
    demand: { startSeconds: 0, stepSeconds: STEP, values: new Float64Array(STEPS).fill(3) },
    group: {
      sizes: { min: 1, desired: 3, max: 20 },
      bootSeconds: 60,
      types: [{ name: 'large', cores: 2, weight: 1 }],
      scheduledActions: [
        { name: 'up', atSeconds: 20 * STEP + 60, desired: 12 },
        { name: 'down', atSeconds: 30 * STEP + 120, desired: 4 },
      ],
    },
    monitoring: { ...DETAILED, groupDelaySeconds },
    alarmDelaySeconds: 60,
    objective: 0.85,
    countedFromStep: 0,
  });
  const group = { name: 'shop', world, tags: new Map(), policies: [], owner: { min: 1, max: 20 } };
  const groups = new Map([['shop', group]]);
  close = answerSdk(
    CloudWatchClient,
    answerCloudwatch(groups, () => world.nowSeconds),
  );
  return world;
}

describe('a number of instances that comes later than CPU', () => {
  it.each([120, 360, 600])('leaves CPU as it was once it is read again: %d s', async (delay) => {
    const world = openWorld(delay);
    const client = new CloudWatchClient({ region: 'eu-west-1' });
    const stored = new Map<number, number | null>();
    while (world.goesOn) {
      world.passMinute();
      const { nowSeconds } = world;
      if (nowSeconds % STEP !== 180) continue;
      const source = createCloudwatchMetricSource({
        client,
        groups: [METERED],
        periodSeconds: STEP,
        nowSeconds,
      });
      const toSeconds = Math.floor(nowSeconds / STEP) * STEP;
      const range = { fromSeconds: Math.max(0, toSeconds - OVERLAP), toSeconds };
      for await (const { points } of source.read(range)) {
        for (const { timestampSeconds, footprint } of points) {
          stored.set(timestampSeconds, footprint.cpu);
        }
      }
      // What is as late as CPU is judged as it will stay, the first time that it is stored.
      if (delay > DETAILED.delaySeconds) continue;
      for (const cpu of stored.values()) expect(cpu).toBeCloseTo(3, 6);
    }
    const settled = [...stored].filter(([at]) => at + STEP + delay + STEP <= world.nowSeconds);
    expect(settled.length).toBeGreaterThan(STEPS / 2);
    for (const [, cpu] of settled) expect(cpu).toBeCloseTo(3, 6);
  });
});

const ON_TIME = 120;
const LATE = 360;
const MEMORY_BYTES = BOX_TYPE.memoryMib * 2 ** 20;
/** About six cores, never the same: part of a sum is far from it, and a wave is no incident. */
const demandAt = (step: number): number => 6 + 0.2 * Math.sin((2 * Math.PI * step) / 48);
const INSTANCES = 5;
const MEASURED: readonly Resource[] = ['cpu', 'memory', 'network'];
/** What a resource of the group uses in a step. */
const useOf: Readonly<Partial<Record<Resource, (step: number) => number>>> = {
  cpu: demandAt,
  memory: (step) =>
    // Garbage of four minutes at the most, of two in the mean.
    MEMORY_BYTES *
    ((IDLE_MEMORY + 2 * GARBAGE_MEMORY) * INSTANCES +
      (BUSY_MEMORY * demandAt(step)) / BOX_TYPE.cores),
  network: (step) => ((demandAt(step) / BOX_TYPE.cores) * 5 * BUSY_MINUTE_BYTES) / STEP,
};

const rulesOf = (late: Resource): MonitoringRules => ({
  sampleSeconds: 60,
  hasGroupMetrics: true,
  delaySeconds: late === 'cpu' ? LATE : ON_TIME,
  groupDelaySeconds: ON_TIME,
  otherDelaySeconds: {
    memory: late === 'memory' ? LATE : ON_TIME,
    network: late === 'network' ? LATE : ON_TIME,
  },
});

describe('one metric that comes six minutes late', () => {
  let opened: Scenario | null = null;
  afterEach(() => {
    opened?.close();
    opened = null;
  });

  it.each(MEASURED)(
    'is judged when it is complete, once, and keeps no other waiting: %s',
    async (late) => {
      const values = Array.from({ length: 20 * 12 }, (_, step) => demandAt(step));
      opened = await openScenario(
        [
          {
            name: 'shop',
            mode: 'observe',
            tracking: null,
            demand: values,
            ...{ min: INSTANCES, max: INSTANCES },
            monitoring: rulesOf(late),
          },
        ],
        () => undefined,
        // A metric that is missing is an incident here, one that is late is none.
        { configuration: { detection: { missing: { [late]: 'breach' } } } },
      );
      const { box, handlers } = opened;
      const client = new DynamoDBClient({});
      const incidents = createDynamodbIncidentStore({
        ...{ client, table: BOX_TABLES.state, retentionDays: 29 },
      });
      const history = createDynamodbHistoryStore({
        ...{ client, table: BOX_TABLES.history, retentionDays: null },
      });
      const startSeconds = box.nowSeconds;
      await box.pass(8 * 60);
      // The delay is known once it was seen twice; until then the metric is taken for punctual.
      await box.pass(33, handlers);
      box.stores.published.length = 0;
      const judged = new Map<Resource, number[]>(MEASURED.map((name) => [name, []]));
      for (let tick = 0; tick < 36; tick++) {
        await box.pass(5, handlers);
        const newest = Math.floor(box.nowSeconds / STEP) * STEP - STEP;
        const state = await incidents.state('shop');
        const window = await history.read(
          'shop',
          { fromSeconds: newest - STEP, toSeconds: newest + STEP },
          STEP,
        );
        for (const name of MEASURED) {
          const { late: lateness, recent = [] } = state?.detector.resources[name] ?? {};
          const at = lateness?.measuredSeconds ?? recent.at(-1)?.atSeconds ?? NaN;
          judged.get(name)?.push((at - newest) / STEP);
          // Part of a sum is never stored, and never judged.
          const truth = useOf[name]?.((at - startSeconds) / STEP) ?? NaN;
          expect((recent.at(-1)?.actual ?? NaN) / truth).toBeCloseTo(1, 6);
          expect(Number.isNaN(window.values[name][1])).toBe(name === late);
          expect(window.values[name][0]).not.toBeNaN();
        }
        expect(box.stores.published).toEqual([]);
      }
      for (const [name, lags] of judged) {
        expect(new Set(lags)).toEqual(new Set([name === late ? -1 : 0]));
      }
    },
  );
});
