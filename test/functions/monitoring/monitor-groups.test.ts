import { beforeEach, describe, expect, test } from 'vitest';
import { badForecasts } from '#core/detection/incidents/bad-forecast.ts';
import type { Alert } from '#core/domain/ports.ts';
import { DEFAULT_SETTINGS } from '#core/domain/settings/settings.ts';
import { trainApplication } from '#core/use-cases/train-application.ts';
import type { EnrolledGroup } from '#functions/groups/enrolled-group.ts';
import { monitorGroups } from '#functions/monitoring/monitor-groups.ts';
import { memoryPorts } from '#test/core/memory-ports.ts';

const STEP = 300;
const DAY = 86_400;
const NOW = 1_764_028_800;
const settings = {
  ...DEFAULT_SETTINGS,
  resources: ['cpu'] as const,
  training: { ...DEFAULT_SETTINGS.training, context: 288, horizon: 24, windowSeconds: 3 * DAY },
};

let ports: ReturnType<typeof memoryPorts>;

async function measure(step: number, cpu: number): Promise<void> {
  const footprint = { cpu, memory: null, disk: null, network: null };
  const points = [{ timestampSeconds: NOW + step * STEP, footprint }];
  await ports.history.append([{ applicationId: 'shop', applicationType: null, points }]);
}

const shop = (desired = 2): EnrolledGroup => ({
  applicationId: 'shop',
  applicationType: null,
  mode: 'scale-out',
  known: {
    ...{ minSize: 1, maxSize: 9, desired, ownMinimum: 1, hasFloor: false, isSettled: true },
    instances: [],
  },
  metering: { monitoringSeconds: 300 },
  instanceTypes: ['m7i.large'],
});

/** Monitors after a step; what failed is a line in `reports`. */
async function monitor(step: number, change: Partial<Parameters<typeof monitorGroups>[0]> = {}) {
  const reports: string[] = [];
  const report = (what: string, error: unknown) => void reports.push(`${what}: ${String(error)}`);
  const nowSeconds = NOW + (step + 1) * STEP;
  const given = { ...ports, report, ...change };
  const run = await monitorGroups(given, { groups: [shop()], nowSeconds }, settings);
  return { ...run, reports };
}

const kinds = () => ports.alerts.map(({ kind }: Alert) => kind);

beforeEach(async () => {
  ports = memoryPorts();
  for (let step = -(3 * DAY) / STEP; step < 0; step++) await measure(step, 4 + (step % 3) / 10);
  await trainApplication(ports, 'shop', NOW, settings);
});

/** Three steps of five times the usual use: enough for an incident. */
async function rush(): Promise<void> {
  for (const step of [0, 1]) {
    await measure(step, 20);
    await monitor(step);
  }
  await measure(2, 20);
}

describe('an incident', () => {
  test('is told once, however often its step is monitored', async () => {
    await rush();
    expect(await monitor(2)).toMatchObject({ groups: 1, failed: 0, opened: 1 });
    expect(await monitor(2)).toMatchObject({ groups: 1, failed: 0, opened: 0 });
    expect(kinds()).toEqual(['incident-opened']);
    expect((await ports.incidents.state('shop'))?.unannounced).toEqual([]);
  });

  test('that could not be published is told by the next run', async () => {
    await rush();
    const publish = () => Promise.reject(new Error('throttled'));
    await expect(monitor(2, { notifier: { publish } })).rejects.toThrow('throttled');
    expect((await ports.incidents.state('shop'))?.unannounced).toHaveLength(1);
    await measure(3, 20);
    await monitor(3);
    expect(kinds()).toEqual(['incident-opened']);
  });

  test('of a critical application that could not be published is found again by the next run', async () => {
    await rush();
    const digest = { ...settings.detection.digest, critical: ['shop'] };
    const critical = { ...settings, detection: { ...settings.detection, digest } };
    const reports: string[] = [];
    const report = (what: string, error: unknown) => void reports.push(`${what}: ${String(error)}`);
    const publish = () => Promise.reject(new Error('throttled'));
    const given = { ...ports, report };
    const asked = { groups: [shop()], nowSeconds: NOW + 3 * STEP };
    await monitorGroups({ ...given, notifier: { publish } }, asked, critical);
    expect(reports).toEqual([expect.stringContaining('throttled')]);
    expect(await monitorGroups(given, asked, critical)).toMatchObject({ opened: 1 });
    expect(kinds()).toEqual(['incident-opened']);
  });

  test('whose state could not be saved is told again rather than not at all', async () => {
    await rush();
    const incidents = { ...ports.incidents, save: () => Promise.reject(new Error('throttled')) };
    expect((await monitor(2, { incidents })).reports).toEqual([
      expect.stringContaining('throttled'),
    ]);
    await monitor(2);
    expect(ports.alerts).toHaveLength(2);
    expect(await ports.incidents.incidents('shop')).toHaveLength(1);
  });
});

test('a group that was scaled to nothing is not monitored', async () => {
  await measure(0, 4);
  const asked = { groups: [shop(0)], nowSeconds: NOW + STEP };
  await monitorGroups({ ...ports, report: () => undefined }, asked, settings);
  expect(await ports.incidents.state('shop')).toBeNull();
});

describe('a forecast that fails for a day', () => {
  test('has its application trained at once, and the schedule heeds it where that cannot be asked for', async () => {
    await measure(0, 4);
    await monitor(0);
    // What a day of misses leaves behind.
    const state = (await ports.incidents.state('shop'))!;
    const cpu = { ...state.detector.resources.cpu!, modelled: 400, modelError: 8, baseError: 2 };
    const detector = { ...state.detector, resources: { cpu } };
    await ports.incidents.save('shop', { ...state, detector }, []);

    const asked: string[] = [];
    const requestTraining = async (ids: readonly string[]) => {
      asked.push(...ids);
      throw new Error('no queue');
    };
    await measure(1, 4);
    const { reports } = await monitor(1, { requestTraining });
    expect(reports).toEqual([expect.stringContaining('no queue')]);
    expect(asked).toEqual(['shop']);
    const { trained } = await trainApplication(ports, 'shop', NOW + 2 * STEP, settings);
    expect(trained.cpu?.penalties?.[0]?.factor).toBeGreaterThan(3);
    await measure(2, 4);
    await monitor(2);
    const { detector: after } = (await ports.incidents.state('shop'))!;
    expect(badForecasts(after)).toEqual([]);
  });
});
