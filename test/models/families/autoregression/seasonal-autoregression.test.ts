import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ModelFamily } from '#models/contract/forecast-model.ts';
import { continueSeries, undoDifference } from '#models/families/autoregression/lag-polynomial.ts';
import {
  seasonalAutoregressionLog,
  seasonalAutoregressionMix,
} from '#models/families/autoregression/seasonal-autoregression.ts';
import { seededRandom } from '#test/models/synthetic-series.ts';

const SHAPE = {
  stepSeconds: 3600,
  context: 192,
  horizon: 48,
  levels: [0.1, 0.5, 0.9],
  seasons: [24, 168],
};
const START_SECONDS = 1_420_070_400;

/** A day, a weekend and growth, with relative noise. */
function load(steps: number, noise: number): Float64Array {
  const random = seededRandom(3);
  return Float64Array.from({ length: steps }, (_, t) => {
    const day = 1 + 0.4 * Math.sin((2 * Math.PI * t) / 24) + 0.1 * Math.cos((4 * Math.PI * t) / 24);
    const weekend = Math.floor(t / 24) % 7 > 4 ? 0.7 : 1;
    return 100 * day * weekend * (1 + noise * (random() - 0.5));
  });
}

function meanError(family: ModelFamily, noise: number): number {
  const all = load(888, noise);
  const known = all.subarray(0, 840);
  const series = { startSeconds: START_SECONDS, stepSeconds: 3600, values: known };
  const fit = family.fit(series, SHAPE);
  if (fit.kind !== 'fitted') throw new Error(fit.reason);
  const out = new Float64Array(48);
  fit.model.forecastInto(known.slice(-192), START_SECONDS + 840 * 3600, out);
  return out.reduce((sum, value, h) => sum + Math.abs(value / all[840 + h]! - 1), 0) / 48;
}

describe.each([
  [seasonalAutoregressionLog, 0.02],
  [seasonalAutoregressionMix, 0.02],
] as const)('$name', (family, allowed) => {
  it('continues two seasons, exactly without noise and steadily with it', () => {
    expect(meanError(family, 0)).toBeLessThan(allowed / 2 + 0.03);
    expect(meanError(family, 0.05)).toBeLessThan(allowed + 0.03);
  });

  it('continues a constant and zeros', () => {
    for (const level of [0, 7]) {
      const values = new Float64Array(400).fill(level);
      const series = { startSeconds: START_SECONDS, stepSeconds: 3600, values };
      const fit = family.fit(series, SHAPE);
      if (fit.kind !== 'fitted') throw new Error(fit.reason);
      const out = new Float64Array(48);
      fit.model.forecastInto(values.slice(0, 192), START_SECONDS, out);
      out.forEach((value) => expect(value).toBeCloseTo(level, 5));
    }
  });

  it('says what it lacks of a short series', () => {
    const values = new Float64Array(20).fill(1);
    const fit = family.fit({ startSeconds: 0, stepSeconds: 3600, values }, SHAPE);
    expect(fit.kind === 'too-little-data' && fit.reason).toMatch(/20 steps/);
  });
});

describe('undoDifference', () => {
  it('continues the values as summing up the continued differences does', () => {
    const weight = fc.double({ min: -0.4, max: 0.4, noNaN: true });
    fc.assert(
      fc.property(weight, weight, fc.integer({ min: 1, max: 6 }), (a, b, lag) => {
        const inner = { constant: 0.3, lags: [1, 3], coefficients: Float64Array.of(a, b) };
        const known = Float64Array.from({ length: 20 }, (_, t) => Math.sin(t) * 5 + t);
        const values = new Float64Array(30);
        values.set(known);
        continueSeries(undoDifference(inner, lag), values, 20);
        const differences = new Float64Array(30 - lag);
        for (let t = lag; t < 20; t++) differences[t - lag] = known[t]! - known[t - lag]!;
        continueSeries(inner, differences, 20 - lag);
        for (let t = 20; t < 30; t++) {
          expect(values[t]! - values[t - lag]!).toBeCloseTo(differences[t - lag]!, 8);
        }
      }),
    );
  });
});
