import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { afterEach, describe, expect, it } from 'vitest';
import { createCloudwatchMetricSource } from '#adapters/aws/cloudwatch-metric-source.ts';
import { createAccountWorld } from '#evaluation/account/account-world.ts';
import { DETAILED } from '#evaluation/account/metric-log.ts';
import { answerCloudwatch } from '#test/emulators/account/answer-cloudwatch.ts';
import { answerSdk } from '#test/emulators/account/answer-sdk.ts';

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
