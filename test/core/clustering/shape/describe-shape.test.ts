import { describe, expect, it } from 'vitest';
import { clusterName } from '#core/clustering/cluster-name.ts';
import { describeShape } from '#core/clustering/shape/describe-shape.ts';
import { footprintShape } from '#core/clustering/shape/footprint-shape.ts';
import type { FootprintWindow } from '#core/domain/footprint.ts';
import { RESOURCES } from '#core/domain/footprint.ts';
import { createRandom, standardNormal } from '#core/domain/random.ts';
import { DAY, humpedCpu, MONDAY, windowOf } from '#test/core/clustering/windows.ts';

const words = (window: FootprintWindow) => describeShape(footprintShape(window, RESOURCES));
const isWeekend = (seconds: number) => (seconds - MONDAY) / DAY >= 5;
const hourOf = (seconds: number) => (seconds % DAY) / 3600;

/** Log-normal noise of mean 1 and standard deviation √(e^σ² − 1). */
const noise = (seed: number, sigma: number) => {
  const random = createRandom(seed);
  return () => Math.exp(sigma * standardNormal(random) - sigma ** 2 / 2);
};

describe('describeShape', () => {
  it.each([
    [2, 'night'],
    [7, 'morning'],
    [12, 'midday'],
    [15, 'afternoon'],
    [20, 'evening'],
    [23, 'night'],
  ])('calls a peak at %i:00 UTC a %s peak', (hour, part) => {
    expect(words(humpedCpu(hour, 3, hour))).toBe(`daily, ${part} peak`);
  });

  it('tells weekdays and weekends apart', () => {
    const office = (seconds: number) => {
      const busy = !isWeekend(seconds) && hourOf(seconds) >= 8 && hourOf(seconds) < 11;
      return busy ? 8 : 1;
    };
    expect(words(windowOf({ cpu: office }))).toBe('weekdays, morning peak');
    expect(words(windowOf({ cpu: (seconds) => (isWeekend(seconds) ? 3 : 1) }))).toMatch(
      /^weekends, /,
    );
  });

  it('calls a constant flat, some noise irregular, and noise of more than the mean bursty', () => {
    expect(words(windowOf({ cpu: () => 4 }))).toBe('flat');
    expect(words(windowOf({ cpu: noise(1, 0.7) }))).toBe('irregular');
    expect(words(windowOf({ cpu: noise(2, 1.3) }))).toBe('bursty');
  });

  it('describes another resource where the CPU has no shape, and says so', () => {
    expect(words(windowOf({ cpu: () => 0, memory: () => 7, disk: noise(3, 1.3) }))).toBe(
      'memory: flat',
    );
    expect(words(windowOf({}))).toBe('unknown shape');
  });

  it('finds the peak of a day that was measured only in part', () => {
    const halfDay = (seconds: number) =>
      hourOf(seconds) < 12 ? 1 + 3 * +(hourOf(seconds) < 4) : NaN;
    expect(words(windowOf({ cpu: halfDay }))).toBe('daily, night peak');
  });
});

it('names a cluster by its medoid and the shape', () => {
  const shape = footprintShape(humpedCpu(20, 1, 1), RESOURCES);
  expect(clusterName('shop-eu', shape)).toBe('like shop-eu (daily, evening peak)');
});
