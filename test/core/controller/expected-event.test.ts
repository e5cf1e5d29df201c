import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS, type Settings } from '#core/domain/settings/settings.ts';
import { expecting } from '#test/core/expectation/expected-of.ts';
import { cpuForecast } from '#test/core/forecasts.ts';
import { decideExample, exampleInput } from './example-input.ts';

const SETTINGS: Settings = { ...DEFAULT_SETTINGS, resources: ['cpu'] };
const SPAN = { from: '1970-01-01T00:00Z', to: '1970-01-01T20:00Z' };
const forecast = cpuForecast(Array.from({ length: 6 }, () => [9, 10, 11]));

describe('a decision in an expected event', () => {
  it('says what is expected, and until when', () => {
    const settings = expecting([{ name: 'sale', ...SPAN, times: 1.5 }], SETTINGS);
    const { reason } = decideExample(exampleInput({ forecast }), settings);
    expect(reason.summary).toContain('expected: sale, ×1.5 until 20:00');
    expect(decideExample(exampleInput({ forecast }), SETTINGS).reason.expected).toBeUndefined();
  });

  it('holds what is asked for within the limits, with and without a forecast', () => {
    const limits = fc
      .record({ low: fc.integer({ min: 1, max: 30 }), more: fc.integer({ min: 0, max: 30 }) })
      .map(({ low, more }) => ({ minInstances: low, maxInstances: low + more }));
    const given = fc.record({
      limits,
      atLeast: fc.integer({ min: 1, max: 80 }),
      known: fc.boolean(),
    });
    fc.assert(
      fc.property(given, ({ limits: { minInstances, maxInstances }, atLeast, known }) => {
        const { target } = exampleInput();
        const example = exampleInput({
          forecast: known ? forecast : null,
          target: { ...target, limits: { minInstances, maxInstances } },
        });
        const settings = expecting([{ name: 'launch', ...SPAN, atLeast }], SETTINGS);
        const { instances } = decideExample(example, settings);
        expect(instances).toBeGreaterThanOrEqual(Math.min(atLeast, maxInstances));
        expect(instances).toBeGreaterThanOrEqual(minInstances);
        expect(instances).toBeLessThanOrEqual(maxInstances);
      }),
    );
  });

  it('moves by no more than one decision may', () => {
    const settings = expecting([{ name: 'launch', ...SPAN, atLeast: 9 }], {
      ...SETTINGS,
      allocation: { ...SETTINGS.allocation, maxIncrease: 3 },
    });
    expect(decideExample(exampleInput({ forecast }), settings).instances).toBe(4);
  });
});
