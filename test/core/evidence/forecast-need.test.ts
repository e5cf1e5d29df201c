import { describe, expect, it } from 'vitest';
import { criticalQuantile, leadSteps } from '#core/evidence/forecast-need.ts';
import { DEFAULT_SETTINGS } from '#core/domain/settings.ts';

describe('criticalQuantile', () => {
  it('is the newsvendor ratio of the two costs', () => {
    const costs = { ...DEFAULT_SETTINGS.allocation, shortageCost: 3, idleCost: 1 };
    expect(criticalQuantile(costs)).toBe(0.75);
  });

  it('refuses costs that are not positive, naming them', () => {
    const costs = { ...DEFAULT_SETTINGS.allocation, shortageCost: 0, idleCost: 1 };
    expect(() => criticalQuantile(costs)).toThrow('shortage 0, idle 1');
  });
});

describe('leadSteps', () => {
  it('covers the start-up and one step of use after it', () => {
    expect(leadSteps(600, 300)).toBe(3);
    expect(leadSteps(601, 300)).toBe(4);
    expect(leadSteps(0, 300)).toBe(1);
  });
});
