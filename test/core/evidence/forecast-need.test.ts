import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '#core/domain/settings/settings.ts';
import { criticalQuantile, warmUpHorizon } from '#core/evidence/forecast-need.ts';

describe('criticalQuantile', () => {
  it('is the newsvendor ratio of the two costs', () => {
    const costs = { ...DEFAULT_SETTINGS.allocation, shortageCost: 3, idleCost: 1 };
    expect(criticalQuantile(costs)).toBe(0.75);
  });

  it('refuses costs that are not positive, and names them', () => {
    const costs = { ...DEFAULT_SETTINGS.allocation, shortageCost: 0, idleCost: 1 };
    expect(() => criticalQuantile(costs)).toThrow('shortage 0, idle 1');
  });
});

describe('warmUpHorizon', () => {
  it('covers the instance warm-up and one step of use after it', () => {
    expect(warmUpHorizon(600, 300)).toBe(3);
    expect(warmUpHorizon(601, 300)).toBe(4);
    expect(warmUpHorizon(0, 300)).toBe(1);
  });
});
