import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EMPTY_FOOTPRINT } from '#core/domain/footprint.ts';
import { DEFAULT_SETTINGS, type Settings } from '#core/domain/settings/settings.ts';
import type { FootprintForecast } from '#core/forecasting/footprint-forecast.ts';
import { allocate } from '#core/use-cases/allocate.ts';
import { trainApplication } from '#core/use-cases/train-application.ts';
import { withQuantile } from '#evaluation/replay/frontier-variant.ts';
import { decideExample, exampleInput } from '#test/core/controller/example-input.ts';
import { quantileForecast } from '#test/core/forecasts.ts';
import { HOURLY, MONDAY } from '#test/core/hourly-fleet.ts';
import { DAY, portsWithHistory, request, scalingTarget } from '#test/core/shop-ports.ts';

const settings: Settings = { ...DEFAULT_SETTINGS, resources: ['cpu', 'memory'] };
const CAPACITY = { ...EMPTY_FOOTPRINT, cpu: 2, memory: 8 };
const LIMITS = { minInstances: 1, maxInstances: 30 };

/** Three steps of three levels each. Adding up increments gives rows that never decrease. */
const increments = fc.array(fc.double({ min: 0, max: 20, noNaN: true }), {
  minLength: 9,
  maxLength: 9,
});
const rowsOf = (steps: readonly number[]) =>
  [0, 3, 6].map((at) => {
    const [a, b, c] = steps.slice(at, at + 3) as [number, number, number];
    return [a, a + b, a + b + c];
  });
const arbitrary = fc.record({
  cpu: increments,
  memory: increments,
  current: fc.integer({ min: 0, max: 30 }),
  available: fc.integer({ min: 1, max: 30 }),
  quantile: fc.double({ min: 0.05, max: 0.98, noNaN: true }),
});
type Case = typeof arbitrary extends fc.Arbitrary<infer T> ? T : never;
type Needs = Pick<Case, 'cpu' | 'memory'>;

function forecastOf({ cpu, memory }: Needs): FootprintForecast {
  const resourceForecast = (steps: readonly number[], unit: number) => ({
    quantiles: quantileForecast(
      [0.1, 0.5, 0.9],
      rowsOf(steps).map((row) => row.map((value) => value * unit)),
    ),
    model: 'seasonal-naive-day',
    reliability: { relativeWidth: 0.3, loss: 0.1, coverage80: 0.8 },
  });
  return {
    source: 'forecast',
    byResource: { cpu: resourceForecast(cpu, 1), memory: resourceForecast(memory, 4) },
  };
}

const decide = (some: Case, change: Partial<Case> = {}) => {
  const { current, available, quantile, ...needs } = { ...some, ...change };
  return decideExample(
    exampleInput({
      forecast: forecastOf(needs),
      target: {
        limits: LIMITS,
        instanceCapacity: CAPACITY,
        desiredInstances: current,
        inServiceInstances: current,
        availableInstances: available,
      },
    }),
    withQuantile(settings, quantile),
  );
};

describe('every decision for CPU and memory', () => {
  it('stays within the limits and the supply, and holds at least what each resource alone needs', () => {
    fc.assert(
      fc.property(arbitrary, (some) => {
        const { instances, allocated } = decide(some);
        expect(instances).toBeGreaterThanOrEqual(LIMITS.minInstances);
        expect(instances).toBeLessThanOrEqual(Math.min(LIMITS.maxInstances, some.available));
        expect(allocated).toMatchObject({ cpu: 2 * instances, memory: 8 * instances });
        const nothing = some.cpu.map(() => 0);
        for (const alone of [{ cpu: nothing }, { memory: nothing }]) {
          expect(instances).toBeGreaterThanOrEqual(decide(some, alone).instances);
        }
      }),
    );
  });

  it('never shrinks if the forecast of a resource or the quantile grows', () => {
    fc.assert(
      fc.property(arbitrary, increments, fc.constantFrom('cpu', 'memory'), (some, more, grown) => {
        const here = decide(some).instances;
        const rows = rowsOf(some[grown]);
        const raised = rowsOf(more).map((row, step) => row.map((by, k) => rows[step]![k]! + by));
        const steps = raised.flatMap(([a = 0, b = 0, c = 0]) => [a, b - a, c - b]);
        expect(decide(some, { [grown]: steps }).instances).toBeGreaterThanOrEqual(here);
        const quantile = Math.min(0.99, some.quantile + 0.01);
        expect(decide(some, { quantile }).instances).toBeGreaterThanOrEqual(here);
      }),
    );
  });
});

it('answers a repeated event with the same decision, logs it once and changes the group once', async () => {
  const target = scalingTarget();
  const ports = { ...(await portsWithHistory(14)), target };
  const now = MONDAY + 14 * DAY;
  await trainApplication(ports, 'shop', now, HOURLY);
  const event = { ...request, nowSeconds: now };
  const { decision: first } = await allocate(ports, event, HOURLY);
  const { decision: again } = await allocate(ports, event, HOURLY);
  expect(again.allocated).toEqual(first.allocated);
  expect(again.instances).toBe(first.instances);
  expect(await ports.profiles.allocationLog('shop', 10)).toHaveLength(1);
  expect(new Set(target.wishes).size).toBeLessThanOrEqual(1);
});
