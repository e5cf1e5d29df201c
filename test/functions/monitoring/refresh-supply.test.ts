import { expect, test } from 'vitest';
import type { Supply } from '#core/capacity/supply.ts';
import { DEFAULT_SETTINGS } from '#core/domain/settings/settings.ts';
import { monitorApplication } from '#core/use-cases/monitor-application.ts';
import type { EnrolledGroup } from '#functions/groups/enrolled-group.ts';
import { freeCpusOnce, refreshSupply } from '#functions/monitoring/refresh-supply.ts';
import { memoryPorts } from '#test/core/memory-ports.ts';

const NOW = 1_764_028_800;
const LAUNCHES = { startsSeconds: [200, 220], refusals: [{ atSeconds: NOW - 30, instances: 2 }] };
const BEFORE: Supply = {
  ...{ startsSeconds: [100], refusals: [], freeCpus: 64, askedAtSeconds: NOW - 600 },
};

function shop(change: Partial<EnrolledGroup> = {}, desired = 2): EnrolledGroup {
  const instances = [
    { InstanceType: 'm7i.large', LifecycleState: 'InService' },
    { InstanceType: 'm7i.large', LifecycleState: 'Pending' },
  ];
  return {
    applicationId: 'shop',
    applicationType: null,
    mode: 'scale-out',
    known: {
      ...{ minSize: 1, maxSize: 9, desired, ownMinimum: 1, hasFloor: false, isSettled: true },
      // What is read of them.
      instances: instances as never,
    },
    metering: { monitoringSeconds: 300 },
    instanceTypes: ['m7i.large'],
    ...change,
  };
}

function account({ launches = true, quota = true } = {}) {
  const asked: string[] = [];
  const reported: string[] = [];
  const report = (what: string) => void reported.push(what);
  const answer = async <T>(what: string, works: boolean, value: T): Promise<T> => {
    asked.push(what);
    if (!works) throw new Error('throttled');
    return value;
  };
  const ports = {
    readLaunches: () => answer('launches', launches, LAUNCHES),
    freeCpus: freeCpusOnce(() => answer('quota', quota, 24), report),
    report,
  };
  return { ports, asked, reported };
}

test('launches are read when nothing is known, once an hour, and while a group lacks instances', async () => {
  const { ports, asked } = account();
  const first = await refreshSupply(ports, shop(), { before: null, nowSeconds: NOW });
  expect(first).toEqual({ ...LAUNCHES, freeCpus: 24, askedAtSeconds: NOW });
  const soon = { before: BEFORE, nowSeconds: NOW };
  expect(await refreshSupply(ports, shop(), soon)).toEqual({ ...BEFORE, freeCpus: 24 });
  expect(asked).toEqual(['launches', 'quota']);
  expect((await refreshSupply(ports, shop({}, 3), soon))?.refusals).toEqual(LAUNCHES.refusals);
  const later = { before: BEFORE, nowSeconds: NOW + 3000 };
  expect((await refreshSupply(ports, shop(), later))?.askedAtSeconds).toBe(NOW + 3000);
  expect(asked).toEqual(['launches', 'quota', 'launches', 'launches']);
});

test('the quota of standard on-demand instances says nothing of others', async () => {
  const { ports, asked } = account();
  const known = { before: BEFORE, nowSeconds: NOW };
  for (const change of [
    { isMixed: true },
    { instanceTypes: ['p4d.24xlarge'] },
    { instanceTypes: [] },
  ]) {
    expect((await refreshSupply(ports, shop(change), known))?.freeCpus).toBeNull();
  }
  expect(asked).toEqual([]);
});

test('what cannot be found out is reported and stays as it was, and an old quota is forgotten', async () => {
  const { ports, reported } = account({ launches: false, quota: false });
  const due = { before: { ...BEFORE, askedAtSeconds: NOW - 4000 }, nowSeconds: NOW };
  const kept = await refreshSupply(ports, shop(), due);
  expect(kept).toEqual({ ...BEFORE, freeCpus: null, askedAtSeconds: NOW - 4000 });
  expect(await refreshSupply(ports, shop(), { before: null, nowSeconds: NOW })).toBeNull();
  expect(reported).toEqual([
    'shop: launches unknown',
    'quota of instances unknown',
    'shop: launches unknown',
  ]);
});

test('monitoring keeps the supply with its state, and keeps it where a later run finds out nothing', async () => {
  const ports = memoryPorts();
  const measure = async (step: number) => {
    const footprint = { cpu: 4, memory: null, disk: null, network: null };
    const points = [{ timestampSeconds: NOW + step * 300, footprint }];
    await ports.history.append([{ applicationId: 'shop', applicationType: null, points }]);
  };
  const monitor = (step: number, found: Supply | null) =>
    monitorApplication(
      { ...ports, refreshSupply: async () => found },
      { applicationId: 'shop', nowSeconds: NOW + (step + 1) * 300 },
      { ...DEFAULT_SETTINGS, resources: ['cpu'] },
    );
  await measure(0);
  await monitor(0, BEFORE);
  expect((await ports.incidents.state('shop'))?.supply).toEqual(BEFORE);
  await measure(1);
  await monitor(1, null);
  expect((await ports.incidents.state('shop'))?.supply).toEqual(BEFORE);
});
