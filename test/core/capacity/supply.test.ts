import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { availableInstances } from '#core/capacity/available-instances.ts';
import { withLearnedWarmUp, withSupply, type Supply } from '#core/capacity/supply.ts';
import { EMPTY_FOOTPRINT } from '#core/domain/footprint.ts';
import { DEFAULT_SETTINGS } from '#core/domain/settings/settings.ts';
import { allocate } from '#core/use-cases/allocate.ts';
import { trainApplication } from '#core/use-cases/train-application.ts';
import { HOURLY, MONDAY } from '#test/core/hourly-fleet.ts';
import { DAY, portsWithHistory, request, scalingTarget } from '#test/core/shop-ports.ts';

const NOW = 1_764_000_000;
const supply = (change: Partial<Supply> = {}): Supply => ({
  ...{ startsSeconds: [], refusals: [], freeCpus: null, askedAtSeconds: NOW },
  ...change,
});
const group = {
  desiredInstances: 9,
  inServiceInstances: 4,
  pendingInstances: 1,
  limits: { minInstances: 1, maxInstances: 20 },
  instanceCapacity: { ...EMPTY_FOOTPRINT, cpu: 4 },
};

describe('withLearnedWarmUp', () => {
  const learned = (startsSeconds: readonly number[]) =>
    withLearnedWarmUp(DEFAULT_SETTINGS, supply({ startsSeconds })).allocation.warmUpSeconds;

  it('takes what was observed in the place of what is configured', () => {
    expect(withLearnedWarmUp(DEFAULT_SETTINGS, null)).toBe(DEFAULT_SETTINGS);
    expect(learned([100, 120])).toBe(600);
    expect(learned([100, 120, 90, 110, 95])).toBe(116);
    expect(learned([900, 920, 890, 910, 895])).toBe(916);
  });

  it('does not take a start of hours for a warm-up', () => {
    expect(learned([40_000, 40_000, 40_000, 40_000, 40_000])).toBe(3600);
  });
});

describe('withSupply', () => {
  const available = (known: Partial<Supply>, now = NOW) =>
    withSupply(group, supply(known), now).availableInstances;

  it('leaves the maximum where nothing is known', () => {
    expect(withSupply(group, null, NOW)).toBe(group);
    expect(available({})).toBe(20);
  });

  it('gives what there is and what the quota still allows', () => {
    // 27 virtual CPUs are six instances of four more than the five that are there.
    expect(available({ freeCpus: 27 })).toBe(11);
    expect(available({ freeCpus: 0 })).toBe(5);
  });

  it('asks for one more than there were for an hour after a refusal', () => {
    const refusals = [{ atSeconds: NOW - 60, instances: 5 }];
    expect(available({ refusals })).toBe(6);
    expect(available({ refusals }, NOW + 3540)).toBe(20);
  });
});

it('never has more than the maximum, and never less than what is there', () => {
  fc.assert(
    fc.property(
      fc.record({
        maxInstances: fc.integer({ min: 0, max: 30 }),
        current: fc.integer({ min: 0, max: 40 }),
        quotaInstances: fc.option(fc.integer({ min: 0, max: 40 })),
        refusals: fc.array(
          fc.record({
            atSeconds: fc.integer({ min: NOW - 7200, max: NOW + 60 }),
            instances: fc.integer({ min: 0, max: 40 }),
          }),
        ),
      }),
      (known) => {
        const had = availableInstances({ ...known, nowSeconds: NOW });
        expect(had).toBeLessThanOrEqual(known.maxInstances);
        expect(had).toBeGreaterThanOrEqual(Math.min(known.maxInstances, known.current));
      },
    ),
  );
});

it('decides within the supply that monitoring found, and says so', async () => {
  const base = scalingTarget();
  const ports = { ...(await portsWithHistory(14)), target: base };
  const now = MONDAY + 14 * DAY;
  await trainApplication(ports, 'shop', now, HOURLY);
  const { decision: free } = await allocate(ports, { ...request, nowSeconds: now }, HOURLY);
  expect(free.reason.warmUpSeconds).toBe(HOURLY.allocation.warmUpSeconds);
  const state = (await ports.incidents.state('shop'))!;
  const { inServiceInstances, pendingInstances } = await base.describe('shop');
  const known = supply({
    startsSeconds: [3000, 3000, 3000, 3000, 3000],
    refusals: [{ atSeconds: now - 60, instances: 0 }],
  });
  await ports.incidents.save('shop', { ...state, supply: known }, []);
  const later = { ...request, nowSeconds: now + 60 };
  const { decision: held } = await allocate(ports, later, HOURLY);
  const most = Math.max(1, inServiceInstances + pendingInstances);
  expect(free.instances).toBeGreaterThan(most);
  expect(held.instances).toBe(most);
  expect(held.reason).toMatchObject({ warmUpSeconds: 3000, instances: { available: most } });
  expect(held.reason.summary).toContain('held at what can be had now');
});
