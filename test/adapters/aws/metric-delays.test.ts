import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MeteredGroup } from '#adapters/aws/cloudwatch/metered-group.ts';
import { createMetricDelays } from '#adapters/aws/cloudwatch/metric-delays.ts';

const PERIOD = 300;
const GROUP: MeteredGroup = {
  applicationId: 'shop',
  applicationType: null,
  vcpus: 2,
  memoryBytes: 8e9,
  monitoringSeconds: 60,
};
const BASIC: MeteredGroup = { ...GROUP, monitoringSeconds: 300 };

interface Course {
  readonly group: MeteredGroup;
  /** Seconds after its end until a period has its last value. */
  readonly delayAt: (period: number) => number;
  readonly ticks: number;
  readonly phaseSeconds?: number;
}

/** Reads as ingest does, and returns the delay after each tick. */
function pass(
  { group, delayAt, ticks, phaseSeconds = 180 }: Course,
  delays = createMetricDelays(),
) {
  const seen: number[] = [];
  for (let tick = 1; tick <= ticks; tick++) {
    const nowSeconds = tick * PERIOD + phaseSeconds;
    const range = { fromSeconds: Math.max(0, tick - 7) * PERIOD, toSeconds: (tick + 1) * PERIOD };
    const series = new Map<number, number>();
    for (let at = range.fromSeconds; at < range.toSeconds; at += PERIOD) {
      const minutes = Math.floor((nowSeconds - delayAt(at / PERIOD) - at) / 60);
      if (minutes > 0) series.set(at, Math.min(5, minutes));
    }
    delays.observe(group, new Map([['networkIn', series]]), {
      ...{ range, periodSeconds: PERIOD, nowSeconds },
    });
    seen.push(delays.of(group, 'networkIn'));
  }
  return { delays, seen };
}

describe('the delay of a metric', () => {
  it('is what is documented while nothing speaks against it', () => {
    expect(createMetricDelays().of(GROUP, 'networkIn')).toBe(180);
    expect(createMetricDelays().of(BASIC, 'networkIn')).toBe(600);
    const { seen, delays } = pass({ group: GROUP, delayAt: () => 120, ticks: 40 });
    expect(new Set(seen)).toEqual(new Set([180]));
    expect(delays.measured('shop')).toEqual({});
    expect(delays.measured('other')).toBeNull();
  });

  it('is longer once a period was seen twice to change later', () => {
    const { seen } = pass({ group: GROUP, delayAt: () => 360, ticks: 20 });
    expect(seen[1]).toBe(180);
    for (const delay of seen.slice(3)) {
      expect(delay).toBeGreaterThan(180);
      expect(delay).toBeLessThan(480);
    }
  });

  it('is what it was before after one late period in an hour', () => {
    const delayAt = (period: number) => (period === 20 ? 900 : 120);
    const { seen } = pass({ group: GROUP, delayAt, ticks: 50 });
    expect(new Set(seen)).toEqual(new Set([180]));
  });

  it('of basic monitoring is shorter than documented where an hour shows it', () => {
    const { seen } = pass({ group: BASIC, delayAt: () => 300, ticks: 40 });
    expect(seen[3]).toBe(600);
    expect(seen.at(-1)).toBeLessThan(480);
  });

  it('outlives the process that measured it', () => {
    const { delays } = pass({ group: GROUP, delayAt: () => 360, ticks: 20 });
    const measured = delays.measured('shop');
    expect(measured).toMatchObject({ networkIn: expect.any(Number) as number });
    const next = createMetricDelays();
    next.recall('shop', measured!);
    expect(next.of(GROUP, 'networkIn')).toBe(delays.of(GROUP, 'networkIn'));
  });

  it('never lets a period be judged that still changes, whatever the delay and the phase', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1200 }),
        fc.integer({ min: 0, max: 299 }),
        fc.constantFrom(GROUP, BASIC),
        (delay, phaseSeconds, group) => {
          const { seen } = pass({ group, delayAt: () => delay, ticks: 40, phaseSeconds });
          const [judged = 0] = seen.slice(-1);
          // The first of the ages at which ingest reads, from the delay on.
          const ages = Array.from({ length: 7 }, (_, k) => phaseSeconds + k * PERIOD);
          const judgedAt = ages.find((age) => age >= judged) ?? Infinity;
          expect(judgedAt).toBeGreaterThanOrEqual(delay);
          // And none waits for more than one read after it is complete, or three minutes.
          const complete = ages.find((age) => age >= Math.max(delay, 180)) ?? Infinity;
          expect(judgedAt).toBeLessThanOrEqual(complete + PERIOD);
        },
      ),
    );
  });
});
