import { existsSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readSeries } from '../read-m4.ts';
import { goldenM4, goldenSynthetic, M4_TRAIN, relativeDifference } from '../statistical-golden.ts';
import type { GoldenAnswers } from '../statistical-golden.ts';
import { autoTheta, seasonalThetaForecast } from '#models/theta/auto-theta.ts';

function expectAgreement(values: Float64Array, season: number, { theta }: GoldenAnswers): void {
  const found = autoTheta(values, season)!;
  expect(found.fit.form).toBe(theta.form);
  expect(found.fit.loss / theta.loss).toBeCloseTo(1, 3);
  const forecast = seasonalThetaForecast(found, theta.forecast.length);
  expect(relativeDifference(forecast, theta.forecast)).toBeLessThan(1e-3);
}

describe('autoTheta', () => {
  it.each(goldenSynthetic().series.map((golden) => [golden.name, golden] as const))(
    'chooses and forecasts as statsforecast does: %s',
    (_name, golden) => {
      expectAgreement(Float64Array.from(golden.values), golden.season, golden);
    },
  );

  it.skipIf(!existsSync(M4_TRAIN))(
    `agrees with statsforecast on M4 hourly (${M4_TRAIN}; skipped without)`,
    () => {
      const all = readSeries(M4_TRAIN);
      goldenM4().forEach((row) => expectAgreement(all.get(row.name)!, 24, row));
    },
  );

  it('keeps a constant and has no opinion on a handful of values', () => {
    const found = autoTheta(new Float64Array(30).fill(4), 12)!;
    seasonalThetaForecast(found, 5).forEach((value) => expect(value).toBeCloseTo(4, 6));
    expect(autoTheta(Float64Array.of(1, 2), 1)).toBeNull();
  });

  it('gives finite forecasts whatever the series', () => {
    const value = fc.oneof(fc.constant(0), fc.double({ min: -1e3, max: 1e6, noNaN: true }));
    fc.assert(
      fc.property(fc.array(value, { minLength: 5, maxLength: 60 }), (list) => {
        const found = autoTheta(Float64Array.from(list), 7)!;
        expect(seasonalThetaForecast(found, 10).every(Number.isFinite)).toBe(true);
      }),
      { numRuns: 40 },
    );
  });
});
