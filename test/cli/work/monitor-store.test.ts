import { expect, it } from 'vitest';
import { monitoringLine } from '#cli/presenters/monitoring-lines.ts';
import { monitorStore } from '#cli/work/monitor-store.ts';
import { EMPTY_FOOTPRINT } from '#core/domain/footprint.ts';
import { trainerInProcess } from '#core/training/train-in-process.ts';
import { trainApplication } from '#core/use-cases/train-application.ts';
import { HOURLY, MONDAY } from '#test/core/hourly-fleet.ts';
import { DAY, portsWithHistory } from '#test/core/shop-ports.ts';

const NOW = MONDAY + 14 * DAY;

it('trains an application on the spot whose forecasts have failed for a day, and says so', async () => {
  // Another one can win only where all compete.
  const trainer = trainerInProcess(() => undefined, null);
  const ports = { ...(await portsWithHistory(14)), trainer };
  const before = await trainApplication(ports, 'shop', NOW, HOURLY);
  const store = { ...ports, directory: '', close: async () => undefined };
  const monitorAt = async (hours: number) => {
    const timestampSeconds = NOW + (hours - 1) * 3600;
    const points = [{ timestampSeconds, footprint: { ...EMPTY_FOOTPRINT, cpu: 10 } }];
    await ports.history.append([{ applicationId: 'shop', applicationType: 'web', points }]);
    const { monitored, failures } = await monitorStore(store, {
      ...{ ...ports, settings: HOURLY, at: undefined },
      wallClockSeconds: NOW + hours * 3600,
    });
    expect(failures).toEqual([]);
    return monitored[0]!;
  };
  expect((await monitorAt(1)).retrained).toBeNull();

  // What a day of misses leaves behind.
  const state = (await ports.incidents.state('shop'))!;
  const cpu = { ...state.detector.resources.cpu!, modelled: 400, modelError: 8, baseError: 2 };
  const detector = { ...state.detector, resources: { cpu } };
  await ports.incidents.save('shop', { ...state, detector }, []);

  const failed = await monitorAt(2);
  expect(failed.retrained?.trained.cpu?.trainedToSeconds).toBe(NOW + 2 * 3600);
  expect(failed.retrained?.trained.cpu?.model).not.toBe(before.trained.cpu!.model);
  expect(monitoringLine(failed)).toContain('forecasts of cpu failed for a day: trained again');
  expect((await monitorAt(3)).retrained).toBeNull();
});
