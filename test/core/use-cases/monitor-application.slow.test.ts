import { describe, expect, it } from 'vitest';
import { createDigestNotifier } from '#core/detection/incidents/digest-notifier.ts';
import { EMPTY_FOOTPRINT } from '#core/domain/footprint.ts';
import type { Notifier } from '#core/domain/ports.ts';
import type { DetectionSettings } from '#core/domain/settings/settings.ts';
import { allocate } from '#core/use-cases/allocate.ts';
import { confirmAnnounced } from '#core/use-cases/announce.ts';
import { monitorApplication } from '#core/use-cases/monitor-application.ts';
import { trainApplication } from '#core/use-cases/train-application.ts';
import { HOURLY, MONDAY } from '#test/core/hourly-fleet.ts';
import { DAY, portsWithHistory, request, scalingTarget } from '#test/core/shop-ports.ts';

const HOUR = 3600;
const NOW = MONDAY + 14 * DAY;

async function trainedShop(settings = HOURLY) {
  const ports = { ...(await portsWithHistory(14)), target: scalingTarget() };
  await trainApplication(ports, 'shop', NOW, HOURLY);
  const measure = (atSeconds: number, cpu: number) =>
    ports.history.append([
      {
        applicationId: 'shop',
        applicationType: 'web',
        points: [{ timestampSeconds: atSeconds, footprint: { ...EMPTY_FOOTPRINT, cpu } }],
      },
    ]);
  const monitorAt = (nowSeconds: number) =>
    monitorApplication(ports, { applicationId: 'shop', nowSeconds }, settings);
  return { ports, measure, monitorAt };
}

describe('monitorApplication', () => {
  it('finds a breach, lets the next allocation hold it, and monitors every step once', async () => {
    const { ports, measure, monitorAt } = await trainedShop();
    await allocate(ports, { ...request, nowSeconds: NOW }, HOURLY);
    await measure(NOW, 19);
    const result = await monitorAt(NOW + HOUR);
    expect(result).toMatchObject({ atSeconds: NOW, status: 'over', correction: { cpu: 19 / 0.7 } });
    expect(await monitorAt(NOW + HOUR)).toBeNull();
    const later = { ...request, nowSeconds: NOW + HOUR };
    const { decision: next } = await allocate(ports, later, HOURLY);
    expect(next.allocated.cpu).toBeGreaterThanOrEqual(19);
    expect(next.reason.correction.cpu).toBeGreaterThan(0);
  });

  it('compares a step with what was in force when it began, not with what was decided later', async () => {
    const { ports, monitorAt } = await trainedShop();
    await allocate(ports, { ...request, nowSeconds: NOW }, HOURLY);
    expect(await monitorAt(NOW)).toMatchObject({ atSeconds: NOW - HOUR, status: 'no-allocation' });
  });

  it('forecasts again what to expect when the decision in force is an older one', async () => {
    // Six hours: no model has followed the surge by then.
    const detection = { ...HOURLY.detection, leadSeconds: 6 * HOUR };
    const { ports, measure, monitorAt } = await trainedShop({ ...HOURLY, detection });
    await allocate(ports, { ...request, nowSeconds: NOW }, HOURLY);
    for (let hour = 0; hour < 6; hour++) {
      await measure(NOW + hour * HOUR, 60);
      await monitorAt(NOW + (hour + 1) * HOUR);
    }
    const opened = ports.alerts.filter(({ kind }) => kind === 'incident-opened');
    expect(opened.length).toBe(1);
    expect(opened[0]).toMatchObject({ incident: { resource: 'cpu', direction: 'above' } });
  });

  it('reads state and newest points at the same time, then the log, and saves once', async () => {
    const { ports, measure } = await trainedShop();
    await allocate(ports, { ...request, nowSeconds: NOW - HOUR }, HOURLY);
    await measure(NOW, 10);
    const calls: string[] = [];
    const noted =
      <Given extends unknown[], Found>(name: string, call: (...given: Given) => Promise<Found>) =>
      async (...given: Given): Promise<Found> => {
        calls.push(`${name} begins`);
        const found = await call(...given);
        calls.push(`${name} ends`);
        return found;
      };
    const { history, profiles, incidents } = ports;
    const watched = {
      ...ports,
      history: { ...history, read: noted('points', history.read) },
      profiles: {
        ...profiles,
        application: noted('profile', profiles.application),
        allocationLog: noted('log', profiles.allocationLog),
      },
      incidents: {
        ...incidents,
        state: noted('state', incidents.state),
        save: noted('save', incidents.save),
      },
    };
    const asked = { applicationId: 'shop', nowSeconds: NOW + HOUR };
    await monitorApplication(watched, asked, HOURLY);
    expect(calls).toEqual([
      ...['state begins', 'points begins', 'state ends', 'points ends'],
      ...['log begins', 'log ends', 'save begins', 'save ends'],
    ]);
  });

  it('has nothing to say of an application that it never saw measured', async () => {
    const { monitorAt } = await trainedShop();
    expect(await monitorAt(NOW + 20 * DAY)).toBeNull();
  });
});

type Policy = DetectionSettings['missing']['cpu'];

/** A shop that was measured and monitored for two weeks and then falls silent. */
async function silentShop(cpu: Policy, change: Partial<DetectionSettings> = {}) {
  const missing = { ...HOURLY.detection.missing, cpu };
  const settings = {
    ...HOURLY,
    detection: { ...HOURLY.detection, missing, absenceSeconds: 6 * HOUR, ...change },
  };
  const ports = await portsWithHistory(14);
  const digest = createDigestNotifier(ports.notifier, settings.detection.digest);
  const monitorAt = (hours: number, notifier: Notifier = ports.notifier) => {
    const request = { applicationId: 'shop', nowSeconds: NOW + hours * HOUR };
    return monitorApplication({ ...ports, notifier }, request, settings);
  };
  for (let hour = -14 * 24 + 1; hour <= 0; hour++) await monitorAt(hour);
  ports.alerts.length = 0;
  const silentHours = async (hours: number) => {
    for (let hour = 1; hour <= hours; hour++) {
      if ((await monitorAt(hour))?.opened.length) return hour;
    }
    return null;
  };
  const measure = (hour: number, cpuCores: number) => {
    const footprint = { ...EMPTY_FOOTPRINT, cpu: cpuCores };
    const points = [{ timestampSeconds: NOW + hour * HOUR, footprint }];
    return ports.history.append([{ applicationId: 'shop', applicationType: 'web', points }]);
  };
  return { ports, digest, monitorAt, silentHours, measure };
}

describe('an application whose measurements stop', () => {
  it('is an incident once, after the time that is set, and its end is told', async () => {
    const { ports, silentHours, monitorAt, measure } = await silentShop('ignore');
    expect(await silentHours(30)).toBe(6);
    for (let hour = 7; hour < 48; hour++) expect(await monitorAt(hour)).toBeNull();
    expect(ports.alerts).toMatchObject([
      { kind: 'incident-opened', incident: { causes: ['absence'], level: 'page' } },
    ]);
    for (let hour = 48; hour < 96; hour++) {
      await measure(hour, 10 + 5 * Math.sin((hour / 12) * Math.PI));
      await monitorAt(hour + 1);
    }
    expect(ports.alerts.map(({ kind }) => kind)).toContain('incident-resolved');
  });

  it('is never one where absence is none', async () => {
    expect(await (await silentShop('ignore', { absenceSeconds: 0 })).silentHours(30)).toBeNull();
  });

  it('is one after m steps where missing data are a breach', async () => {
    expect(await (await silentShop('breach')).silentHours(30)).toBe(HOURLY.detection.m);
  });

  it('uses nothing where missing data are zeros: judged as such, never as absence', async () => {
    const { ports, silentHours, monitorAt } = await silentShop('zero');
    await silentHours(30);
    const found = await ports.incidents.incidents('shop');
    expect(found.filter(({ causes }) => causes.includes('absence'))).toEqual([]);
    expect(await monitorAt(31)).toMatchObject({ actual: { cpu: 0, memory: null } });
  });

  it('is told by the next run where the run that held it back ended before its end', async () => {
    const { ports, digest, monitorAt } = await silentShop('ignore');
    await monitorAt(6, digest);
    expect(ports.alerts).toEqual([]);
    const next = createDigestNotifier(ports.notifier, HOURLY.detection.digest);
    await monitorAt(7, next);
    for (const id of await next.flush(0)) await confirmAnnounced(ports.incidents, id);
    await monitorAt(8, next);
    await next.flush(0);
    expect(ports.alerts.map(({ kind }) => kind)).toEqual(['incident-opened']);
  });
});
