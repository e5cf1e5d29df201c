import { existsSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readSeries } from '../read-m4.ts';
import { goldenM4, goldenSynthetic, M4_TRAIN, relativeDifference } from '../statistical-golden.ts';
import type { GoldenAnswers } from '../statistical-golden.ts';
import { autoEts } from '#models/ets/auto-ets.ts';
import { etsForecast } from '#models/ets/ets-forecast.ts';
import { admissibleForms, formName } from '#models/ets/ets-form.ts';
import { fitEts } from '#models/ets/fit-ets.ts';

function expectAgreement(values: Float64Array, season: number, { ets }: GoldenAnswers): boolean {
  const fit = autoEts(values, season, 'simplex')!;
  if (formName(fit.form) !== ets.form) return false;
  const allowed = 1e-3 * Math.abs(ets.logLikelihood);
  expect(fit.logLikelihood).toBeGreaterThanOrEqual(ets.logLikelihood - allowed);
  const forecast = etsForecast(fit.run, fit.steps, ets.forecast.length);
  expect(relativeDifference(forecast, ets.forecast)).toBeLessThan(0.01);
  return true;
}

describe('autoEts', () => {
  it.each(goldenSynthetic().series.map((golden) => [golden.name, golden] as const))(
    'chooses and forecasts as statsforecast does: %s',
    (_name, golden) => {
      expect(expectAgreement(Float64Array.from(golden.values), golden.season, golden)).toBe(true);
    },
  );

  it.skipIf(!existsSync(M4_TRAIN))(
    `agrees with statsforecast on M4 hourly (${M4_TRAIN}; skipped without)`,
    () => {
      const all = readSeries(M4_TRAIN);
      const golden = goldenM4();
      const same = golden.filter((row) => expectAgreement(all.get(row.name)!, 24, row));
      expect(same.length).toBeGreaterThanOrEqual(0.8 * golden.length);
    },
  );

  it('scales with the unit of the series', () => {
    const [, , , , golden] = goldenSynthetic().series;
    fc.assert(
      fc.property(fc.double({ min: 0.5, max: 2, noNaN: true }), (unit) => {
        const values = Float64Array.from(golden!.values, (value) => value * unit);
        const fit = autoEts(values, 12, 'simplex')!;
        const forecast = etsForecast(fit.run, fit.steps, 24).map((value) => value / unit);
        expect(relativeDifference(forecast, golden!.ets.forecast)).toBeLessThan(0.02);
      }),
      { numRuns: 5 },
    );
  });

  it.each(goldenSynthetic().series.map((golden) => [golden.name, golden] as const))(
    'finds no smaller likelihood along derivatives than the simplex: %s',
    (_name, { values, season }) => {
      const list = Float64Array.from(values);
      for (const form of admissibleForms(Math.min(...values) > 0, season > 1)) {
        const problem = { values: list, period: season, form, mostBeta: 0.2 };
        const smooth = fitEts({ ...problem, search: 'smooth' }).logLikelihood;
        const simplex = fitEts({ ...problem, search: 'simplex' }).logLikelihood;
        expect(smooth, formName(form)).toBeGreaterThan(simplex - 0.02 * Math.abs(simplex));
      }
    },
  );

  it('repeats a constant and has no opinion on a handful of values', () => {
    const fit = autoEts(new Float64Array(40).fill(7), 12)!;
    expect([...etsForecast(fit.run, 40, 3)]).toEqual([7, 7, 7]);
    expect(autoEts(Float64Array.of(1, 2, 3), 12)).toBeNull();
  });

  it('never tries multiplicative forms on values that reach zero', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 30, maxLength: 40 }),
        (list) => {
          const fit = autoEts(Float64Array.from([0, ...list]), 4)!;
          expect(fit.form.error).toBe('A');
          expect(etsForecast(fit.run, fit.steps, 8).every(Number.isFinite)).toBe(true);
        },
      ),
      { numRuns: 15 },
    );
  });
});
