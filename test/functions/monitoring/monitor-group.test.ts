import { beforeEach, describe, expect, test } from 'vitest';
import type { Alert } from '#core/domain/ports.ts';
import { readMonitorState } from '#core/controller/monitor-state.ts';
import { DEFAULT_SETTINGS } from '#core/domain/settings/settings.ts';
import { trainApplication } from '#core/use-cases/train-application.ts';
import { monitorGroup } from '#functions/monitoring/monitor-group.ts';
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

const monitor = (step: number) =>
  monitorGroup(ports, { applicationId: 'shop', nowSeconds: NOW + (step + 1) * STEP }, settings);

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
    expect((await monitor(2))?.opened).toHaveLength(1);
    expect(await monitor(2)).toBeNull();
    expect(ports.alerts.map(({ kind }) => kind)).toEqual(['incident-opened']);
  });

  test('that could not be published is told by the next run', async () => {
    await rush();
    const publish = () => Promise.reject(new Error('throttled'));
    const failing = { ...ports, notifier: { publish } };
    const request = { applicationId: 'shop', nowSeconds: NOW + 3 * STEP };
    await expect(monitorGroup(failing, request, settings)).rejects.toThrow('throttled');
    await measure(3, 20);
    await monitor(3);
    expect(ports.alerts.map(({ kind }: Alert) => kind)).toEqual(['incident-opened']);
  });

  test('whose state could not be saved is told again rather than not at all', async () => {
    await rush();
    const incidents = { ...ports.incidents, save: () => Promise.reject(new Error('throttled')) };
    const request = { applicationId: 'shop', nowSeconds: NOW + 3 * STEP };
    await expect(monitorGroup({ ...ports, incidents }, request, settings)).rejects.toThrow();
    await monitor(2);
    expect(ports.alerts).toHaveLength(2);
    expect(await ports.incidents.incidents('shop')).toHaveLength(1);
  });
});

describe('a forecast that fails for a day', () => {
  test('has its application trained at once, and the schedule heeds it where that cannot be asked for', async () => {
    await measure(0, 4);
    await monitor(0);
    // What a day of misses leaves behind.
    const state = await readMonitorState(ports.incidents, 'shop');
    const cpu = { ...state.detector.resources.cpu!, modelled: 400, modelError: 8, baseError: 2 };
    const detector = { ...state.detector, resources: { cpu } };
    await ports.incidents.save('shop', { ...state, detector }, []);

    const asked: string[] = [];
    const requestTraining = async (ids: readonly string[]) => {
      asked.push(...ids);
      throw new Error('no queue');
    };
    await measure(1, 4);
    const request = { applicationId: 'shop', nowSeconds: NOW + 2 * STEP };
    await expect(monitorGroup({ ...ports, requestTraining }, request, settings)).rejects.toThrow(
      'no queue',
    );
    expect(asked).toEqual(['shop']);
    const { trained } = await trainApplication(ports, 'shop', NOW + 2 * STEP, settings);
    expect(trained.cpu?.penalties?.[0]?.factor).toBeGreaterThan(3);
    await measure(2, 4);
    expect((await monitor(2))?.badForecasts).toEqual([]);
  });
});
