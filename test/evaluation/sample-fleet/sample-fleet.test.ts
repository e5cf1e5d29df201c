import { describe, expect, it } from 'vitest';
import { RESOURCES } from '#core/domain/footprint.ts';
import type { SampleEvent } from '#evaluation/sample-fleet/fleet-events.ts';
import { createSampleFleet } from '#evaluation/sample-fleet/sample-fleet.ts';
import type { SampleFleet } from '#evaluation/sample-fleet/sample-fleet.ts';

const DAY = 86_400;
// A Monday.
const START = Date.UTC(2026, 0, 5) / 1000;
const fleet = createSampleFleet({ seed: 1, startSeconds: START });

const windowOf = (id: string, of: SampleFleet = fleet) =>
  of.applications.find((application) => application.applicationId === id)!.window;
const eventOf = (kind: SampleEvent['kind'], id?: string) =>
  fleet.events.find((e) => e.kind === kind && (id === undefined || e.applicationId === id))!;
const measured = (values: Float64Array) => values.filter((value) => !Number.isNaN(value));
const mean = (values: Float64Array) => {
  const measuredValues = measured(values);
  return measuredValues.reduce((sum, value) => sum + value, 0) / measuredValues.length;
};
/** Mean of cores between two instants. */
const cores = (id: string, from: number, to: number) =>
  mean(windowOf(id).values.cpu.subarray((from - START) / 300, (to - START) / 300));

function correlation(a: Float64Array, b: Float64Array): number {
  const both = [...a.keys()].filter((k) => !Number.isNaN(a[k]! + b[k]!));
  const centred = (values: Float64Array) => {
    const measuredValues = Float64Array.from(both, (k) => values[k]!);
    const level = mean(measuredValues);
    return measuredValues.map((value) => value - level);
  };
  const [x, y] = [centred(a), centred(b)];
  const dot = (p: Float64Array, q: Float64Array) =>
    p.reduce((sum, value, k) => sum + value * q[k]!, 0);
  return dot(x, y) / Math.sqrt(dot(x, x) * dot(y, y));
}

describe('createSampleFleet', () => {
  it('has at least 16 applications with 28 days of five-minute steps, all resources plausible', () => {
    expect(fleet.applications.length).toBeGreaterThanOrEqual(16);
    for (const { window } of fleet.applications) {
      for (const resource of RESOURCES) {
        expect(window.values[resource]).toHaveLength(28 * 288);
        const measuredValues = measured(window.values[resource]);
        expect(measuredValues.length).toBeGreaterThan(250);
        expect(Math.min(...measuredValues)).toBeGreaterThanOrEqual(0);
      }
      expect(mean(window.values.cpu)).toBeGreaterThan(0.5);
      expect(mean(window.values.cpu)).toBeLessThan(100);
      expect(mean(window.values.memory)).toBeGreaterThan(2 ** 30);
      expect(mean(window.values.memory)).toBeLessThan(2 ** 38);
      expect(mean(window.values.network)).toBeGreaterThan(2 ** 18);
    }
  });

  it('is the same for the same seed and different for another', () => {
    const again = createSampleFleet({ seed: 1, startSeconds: START });
    const other = createSampleFleet({ seed: 2, startSeconds: START });
    expect([...again.rows()].slice(0, 3000)).toEqual([...fleet.rows()].slice(0, 3000));
    expect(windowOf('shop-eu', other).values.cpu[100]).not.toBe(
      windowOf('shop-eu').values.cpu[100],
    );
  });

  it('varies enough for scaling to matter: the busiest hours need over three times the quietest', () => {
    for (const { window } of fleet.applications) {
      const sorted = measured(window.values.cpu).sort();
      const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))]!;
      expect(at(0.99) / at(0.05)).toBeGreaterThan(3);
    }
  });

  it('correlates the resources and autocorrelates the noise', () => {
    const { values } = windowOf('shop-eu');
    expect(correlation(values.cpu, values.network)).toBeGreaterThan(0.8);
    const ratio = values.network.map((bytes, step) => Math.log(bytes / values.cpu[step]!));
    expect(correlation(ratio.subarray(0, -1), ratio.subarray(1))).toBeGreaterThan(0.6);
  });

  it('contains the deployment, the spike, the growth and the leak', () => {
    const deploy = eventOf('deploy').fromSeconds;
    const week = 7 * DAY;
    expect(
      cores('checkout-eu', deploy + DAY / 24, deploy + DAY / 2) /
        cores('checkout-eu', deploy - week + DAY / 24, deploy - week + DAY / 2),
    ).toBeGreaterThan(1.4);
    const { fromSeconds, toSeconds } = eventOf('traffic-spike');
    expect(
      cores('shop-us-east', fromSeconds, toSeconds) /
        cores('shop-us-east', fromSeconds - week, toSeconds - week),
    ).toBeGreaterThan(1.5);
    expect(
      cores('partner-api', START + 21 * DAY, START + 28 * DAY) /
        cores('partner-api', START, START + week),
    ).toBeGreaterThan(1.6);
    const leak = eventOf('memory-leak');
    const memory = windowOf('session-cache-eu').values.memory;
    const inLeak = memory.subarray(
      (leak.fromSeconds - START) / 300,
      (leak.toSeconds - START) / 300,
    );
    const before = memory.subarray(0, (leak.fromSeconds - START) / 300);
    expect(Math.max(...measured(inLeak))).toBeGreaterThan(1.3 * Math.max(...measured(before)));
    const restarts = [...inLeak.keys()].filter((k) => inLeak[k]! - inLeak[k - 1]! < -10 * 2 ** 30);
    expect(restarts.length).toBeGreaterThanOrEqual(4);
  });

  it('turns a working day into a Sunday on the holiday', () => {
    const { fromSeconds } = eventOf('holiday', 'hr-portal');
    const weekday = new Date(fromSeconds * 1000).getUTCDay();
    expect(weekday).toBeGreaterThanOrEqual(1);
    expect(weekday).toBeLessThanOrEqual(5);
    const day = (from: number) => cores('hr-portal', from + DAY / 4, from + DAY / 2);
    expect(day(fromSeconds)).toBeLessThan(0.5 * day(fromSeconds - 7 * DAY));
  });

  it('contains an application that drifts to another shape and one that appears at the end', () => {
    const drift = eventOf('drift');
    const catalog = windowOf('catalog-eu').values.cpu;
    const shop = windowOf('shop-eu').values.cpu;
    const video = windowOf('video-front').values.cpu;
    const before = (drift.fromSeconds - START) / 300;
    const after = (drift.toSeconds - START) / 300;
    expect(correlation(catalog.subarray(0, before), shop.subarray(0, before))).toBeGreaterThan(0.9);
    expect(correlation(catalog.subarray(after), video.subarray(after))).toBeGreaterThan(0.9);
    const fresh = windowOf('shop-latam').values.cpu;
    const first = fresh.findIndex((value) => !Number.isNaN(value));
    const days = (fresh.length - first) / 288;
    expect(days).toBeGreaterThan(0.9);
    expect(days).toBeLessThan(1.2);
  });

  it('has gaps, missing single resources and duplicate rows', () => {
    const rows = [...fleet.rows()].filter((row) => row.applicationId === 'insurance-portal');
    const times = rows.map((row) => row.timestampSeconds);
    const distinct = new Set(times);
    expect(distinct.size).toBeLessThan(times.length);
    expect(distinct.size).toBe(
      RESOURCES.map((r) => windowOf('insurance-portal').values[r])
        .reduce(
          (union, values) => union.map((seen, k) => seen || +!Number.isNaN(values[k]!)),
          new Array<number>(28 * 288).fill(0),
        )
        .reduce((sum, seen) => sum + seen, 0),
    );
    expect(times.every((time, k) => k === 0 || time >= times[k - 1]!)).toBe(true);
    const { fromSeconds, toSeconds } = eventOf('outage');
    expect(times.some((time) => time >= fromSeconds && time < toSeconds)).toBe(false);
    const all = [...fleet.rows()];
    expect(all.some((row) => row.footprint.disk === null && row.footprint.cpu !== null)).toBe(true);
  });

  it('refuses options that do not describe a grid', () => {
    expect(() => createSampleFleet({ seed: 1, startSeconds: START, days: 2 })).toThrow(/got 2/);
    expect(() => createSampleFleet({ seed: 1, startSeconds: 7 })).toThrow(/got 7/);
    expect(() => createSampleFleet({ seed: 1, startSeconds: 0, stepSeconds: 7 })).toThrow(/got 7/);
  });

  it('also simulates a short fleet with long steps', () => {
    const short = createSampleFleet({ seed: 3, startSeconds: START, days: 3, stepSeconds: 3600 });
    expect(short.applications[0]!.window.values.cpu).toHaveLength(72);
    expect([...short.rows()].length).toBeGreaterThan(1000);
  });
});
