import { describe, expect, it } from 'vitest';
import { recommendSize } from '#core/capacity/recommend-size.ts';
import { EMPTY_FOOTPRINT } from '#core/domain/footprint.ts';
import { DEFAULT_SETTINGS } from '#core/domain/settings/settings.ts';
import { cpuWindow } from '#test/core/hourly-fleet.ts';

const rules = {
  minInstances: 1,
  targetUtilization: DEFAULT_SETTINGS.allocation.targetUtilization,
};
const type = (name: string, cpu: number, pricePerHour: number) => ({
  name,
  capacity: { ...EMPTY_FOOTPRINT, cpu },
  pricePerHour,
});

describe('recommendSize', () => {
  const window = cpuWindow(Float64Array.of(1, 1, 1, 7, NaN));

  it('weighs a close fit against a lower price per core', () => {
    // With two cores: 1, 1, 1 and 4 instances, 1.75 on average; with eight cores always one.
    const close = recommendSize(window, [type('eight', 8, 3), type('two', 2, 1)], rules);
    expect(close).toEqual([
      { type: 'two', meanInstances: 1.75, peakInstances: 4, costPerHour: 1.75 },
      { type: 'eight', meanInstances: 1, peakInstances: 1, costPerHour: 3 },
    ]);
    const cheap = recommendSize(window, [type('eight', 8, 1.5), type('two', 2, 1)], rules);
    expect(cheap[0]!.type).toBe('eight');
  });

  it('recommends nothing without a measurement or a capacity', () => {
    expect(recommendSize(cpuWindow(Float64Array.of(NaN)), [type('two', 2, 1)], rules)).toEqual([]);
    const unlimited = { name: 'any', capacity: EMPTY_FOOTPRINT, pricePerHour: 1 };
    expect(recommendSize(window, [unlimited], rules)).toEqual([]);
  });
});
