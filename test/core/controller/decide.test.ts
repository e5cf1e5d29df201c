import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { COLUMNS } from '#core/controller/service/behaviours.ts';
import { EMPTY_FOOTPRINT, type Footprint } from '#core/domain/footprint.ts';
import { DEFAULT_SETTINGS, type Settings } from '#core/domain/settings/settings.ts';
import { withQuantile } from '#evaluation/replay/frontier-variant.ts';
import { cpuForecast } from '#test/core/forecasts.ts';
import { decideExample, exampleInput, type ExampleInput } from './example-input.ts';

const settings: Settings = { ...DEFAULT_SETTINGS, resources: ['cpu'] };

const onlyCpu = (cpu: number | null): Footprint => ({ ...EMPTY_FOOTPRINT, cpu });

const input = (change: Partial<ExampleInput> = {}): ExampleInput =>
  exampleInput({
    forecast: cpuForecast([
      [2, 3, 5],
      [2, 4, 7],
      [1, 2, 6],
      [9, 9, 99],
    ]),
    target: {
      limits: { minInstances: 1, maxInstances: 20 },
      instanceCapacity: onlyCpu(2),
      desiredInstances: 1,
      inServiceInstances: 1,
    },
    ...change,
  });

describe('decide', () => {
  it('allocates the largest quantile over the lead time, which a hand can recompute', () => {
    const decision = decideExample(input(), withQuantile(settings, 0.9));
    // An instance asked for now serves in the third step, whose quantiles 0.1, 0.5, 0.9 are 1, 2
    // and 6 cores. P(use > x) is 0.3 at 4 cores and 0.1 at 6, so the third instance is used by 0.2
    // of it on average, at least 1 − 0.9. Beyond 6 cores 0.1 is left over an exponential tail of (6
    // − 1) ÷ ln 9 cores: the fourth is used by 0.067 of it.
    expect(decision.instances).toBe(3);
    expect(decision.allocated.cpu).toBe(6);
    expect(decision.serving!.cpu).toBe(2);
    expect(decision.reason.instances).toMatchObject({ current: 1, asked: 3, kept: 3, floor: 1 });
    expect(decision.reason.instances!.leastShare).toBeCloseTo(0.1, 12);
    expect(decision.reason.instances!.lastShare).toBeCloseTo(0.2, 12);
    expect(decision.reason.instances!.nextShare).toBeCloseTo(0.06653, 5);
    expect(decision.reason).toMatchObject({
      source: 'forecast',
      forecast: { cpu: 7 },
      available: { cpu: 40 },
      unreliable: [],
      safetyMargin: { cpu: 0 },
      model: { cpu: 'seasonal-naive-day' },
      profileVersion: 3,
    });
    expect(decision.reason.quantile).toBeCloseTo(0.9, 12);
    expect(decision.reason.summary).toContain('3 instances');
    // One hour after the step of the decision is the 13th step, beyond this forecast's horizon.
    expect(decision.expected).toEqual({ atSeconds: 4200, byResource: {} });
    expect(decision.validUntilSeconds).toBe(900);
  });

  it('says what it expects of the step one detection lead later', () => {
    const soon = { ...settings, detection: { ...settings.detection, leadSeconds: 600 } };
    expect(decideExample(input({ nowSeconds: 700 }), soon).expected).toEqual({
      atSeconds: 1200,
      byResource: { cpu: { lower: 1, median: 2, upper: 6 } },
    });
  });

  it('gives the defaults of the type, or what was requested, without a forecast', () => {
    const none = decideExample(input({ forecast: null }), settings);
    expect(none.reason.source).toBe('default');
    expect(none.allocated.cpu).toBe(settings.allocation.defaultsByType['web']!.allocation.cpu);
    const asked = decideExample(input({ forecast: null, requested: onlyCpu(11) }), settings);
    expect(asked.allocated.cpu).toBe(11);
    expect(asked.instances).toBe(6);
    const unknownType = input({ forecast: null, applicationType: 'nobody-knows' });
    expect(decideExample(unknownType, settings).allocated.cpu).toBe(
      settings.allocation.defaultsByType['default']!.allocation.cpu,
    );
  });

  it('adds margin × factor × half the 80 % interval where the forecast is unreliable', () => {
    const doubtful = withQuantile(
      { ...settings, allocation: { ...settings.allocation, safetyMargin: 0.5, safetyFactor: 2 } },
      0.9,
    );
    const forecast = cpuForecast([[2, 3, 6]], { relativeWidth: 100 });
    const decision = decideExample(input({ forecast }), doubtful);
    expect(decision.reason.unreliable).toEqual(['cpu']);
    expect(decision.reason.safetyMargin.cpu).toBeCloseTo(2, 12);
    // Everything moves up by two cores: the third step's quantiles are 4, 5 and 8.
    expect(decision.instances).toBe(4);
    const { instances } = decideExample(input({ forecast: cpuForecast([[2, 3, 6]]) }), doubtful);
    expect(instances).toBe(3);
  });

  it('raises the allocation to what monitoring found and says by how much', () => {
    const { allocation } = settings;
    const allSeen = { ...settings, allocation: { ...allocation, useEndsAtCapacity: false } };
    const decision = decideExample(input({ correction: onlyCpu(12) }), withQuantile(allSeen, 0.9));
    expect(decision.allocated.cpu).toBe(12);
    expect(decision.instances).toBe(6);
    expect(decision.reason.correction.cpu).toBe(5);
    expect(decision.reason.summary).toContain('really used');
  });

  it('lets the record choose by costs where use ends at the capacity', () => {
    const tried = (quantile: number, useEndsAtCapacity: boolean) => {
      const allocation = { ...settings.allocation, useEndsAtCapacity };
      const own = withQuantile({ ...settings, allocation }, quantile);
      return decideExample(input(), own).reason.instances!.service;
    };
    expect(tried(0.9, true)?.tried).toHaveLength(COLUMNS.length);
    expect(tried(0.9, false)).toBeUndefined();
    // Where hardly any shortage pays, the record knows too few.
    expect(tried(0.98, true)).toBeUndefined();
  });

  it('ignores resources that limit nothing', () => {
    const unlimited = {
      limits: { minInstances: 2, maxInstances: 20 },
      instanceCapacity: EMPTY_FOOTPRINT,
      desiredInstances: 2,
      inServiceInstances: 2,
    };
    const decision = decideExample(input({ target: unlimited }), withQuantile(settings, 0.9));
    expect(decision.instances).toBe(2);
    // What is not counted in instances gets its quantile's peak over the lead time.
    expect(decision.allocated.cpu).toBe(7);
  });
});

const amount = fc.double({ min: 0, max: 1e4, noNaN: true });
const row = fc.tuple(amount, amount, amount).map((values) => [...values].sort((a, b) => a - b));
const arbitrary = fc.record({
  rows: fc.array(row, { minLength: 1, maxLength: 5 }),
  correction: fc.option(amount),
  capacity: fc.double({ min: 0.01, max: 100, noNaN: true }),
  min: fc.integer({ min: 0, max: 10 }),
  more: fc.integer({ min: 0, max: 50 }),
  current: fc.integer({ min: 0, max: 60 }),
  available: fc.integer({ min: 0, max: 60 }),
  quantile: fc.double({ min: 0.05, max: 0.98, noNaN: true }),
  relativeWidth: fc.constantFrom(0.1, 10),
});
type Case = typeof arbitrary extends fc.Arbitrary<infer T> ? T : never;

const decide = (some: Case, quantile = some.quantile, scale = 1) =>
  decideExample(
    input({
      forecast: cpuForecast(
        some.rows.map((values) => values.map((value) => value * scale)),
        { relativeWidth: some.relativeWidth },
      ),
      correction: onlyCpu(some.correction),
      target: {
        limits: { minInstances: some.min, maxInstances: some.min + some.more },
        instanceCapacity: onlyCpu(some.capacity),
        desiredInstances: some.current,
        inServiceInstances: some.current,
        availableInstances: some.min + some.available,
      },
    }),
    withQuantile(settings, quantile),
  );

describe('limits on change', () => {
  const at = (current: number, change: Partial<Settings['allocation']>) =>
    decideExample(
      input({
        target: {
          limits: { minInstances: 1, maxInstances: 20 },
          instanceCapacity: onlyCpu(2),
          desiredInstances: current,
          inServiceInstances: current,
        },
      }),
      withQuantile({ ...settings, allocation: { ...settings.allocation, ...change } }, 0.9),
    ).instances;

  it('takes no larger a step than its owner allows', () => {
    expect(at(1, { maxIncrease: 1 })).toBe(2);
    expect(at(12, { maxDecrease: 2 })).toBe(10);
    expect(at(12, {})).toBe(3);
  });

  it('never lowers in the mode scale-out', () => {
    expect(at(12, { mode: 'scale-out' })).toBe(12);
    expect(at(1, { mode: 'scale-out' })).toBe(3);
  });
});

describe('every decision', () => {
  it('stays within the limits and the available amount and is never negative', () => {
    fc.assert(
      fc.property(arbitrary, (some) => {
        const { instances, allocated, reason } = decide(some);
        expect(instances).toBeGreaterThanOrEqual(some.min);
        expect(instances).toBeLessThanOrEqual(some.min + Math.min(some.more, some.available));
        expect(allocated.cpu).toBeGreaterThanOrEqual(0);
        expect(allocated.cpu).toBeLessThanOrEqual(reason.available.cpu! * (1 + 1e-12));
      }),
    );
  });

  it('grows with the quantile and with the forecast', () => {
    fc.assert(
      fc.property(arbitrary, (some) => {
        const here = decide(some);
        expect(decide(some, Math.min(0.99, some.quantile + 0.01)).instances).toBeGreaterThanOrEqual(
          here.instances,
        );
        expect(decide(some, some.quantile, 1.5).instances).toBeGreaterThanOrEqual(here.instances);
      }),
    );
  });

  it('asks for nothing more once it was followed', () => {
    fc.assert(
      fc.property(arbitrary, (some) => {
        const { instances } = decide(some);
        expect(decide({ ...some, current: instances }).instances).toBe(instances);
      }),
    );
  });

  it('is the same for the same input', () => {
    fc.assert(
      fc.property(arbitrary, (some) => {
        expect(decide(some)).toEqual(decide(some));
      }),
    );
  });
});
