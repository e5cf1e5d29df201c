import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seasonalSums } from '#models/families/smoothing/seasonal-sums.ts';
import { filterWeights } from '#models/families/smoothing/smoothing-filter.ts';
import { createSmoothingModel } from '#models/families/smoothing/smoothing-model.ts';

interface Golden {
  readonly initialSteps: number;
  readonly values: readonly number[];
  readonly cases: readonly {
    readonly levelGain: number;
    readonly trendGain: number;
    readonly damping: number;
    readonly forecast: readonly number[];
  }[];
}

const unit = fc.double({ min: 0.01, max: 0.99, noNaN: true });

describe('createSmoothingModel', () => {
  it('agrees with the damped trend of statsmodels (test/golden/models/damped-trend.json)', () => {
    const golden = JSON.parse(
      readFileSync('test/golden/models/damped-trend.json', 'utf8'),
    ) as Golden;
    expect(golden.cases.length).toBeGreaterThan(3);
    for (const { levelGain, trendGain, damping, forecast } of golden.cases) {
      const model = createSmoothingModel({
        shape: {
          stepSeconds: 300,
          context: golden.values.length,
          horizon: forecast.length,
          levels: [0.5],
        },
        parameters: { levelGain, trendGain, damping, autocorrelation: 0 },
        season: new Float64Array(1),
        initialSteps: golden.initialSteps,
      });
      const out = new Float64Array(forecast.length);
      model.forecastInto(Float64Array.from(golden.values), 0, out);
      forecast.forEach((expected, step) => expect(out[step]).toBeCloseTo(expected, 8));
    }
  });

  it('forecasts a pure season exactly, whatever the phase of the origin', () => {
    const season = Float64Array.from({ length: 12 }, (_, k) => Math.sin(k) * 5);
    const model = createSmoothingModel({
      shape: { stepSeconds: 60, context: 30, horizon: 20, levels: [0.5] },
      parameters: { levelGain: 0.2, trendGain: 0.05, damping: 0.9, autocorrelation: 0.7 },
      season,
      initialSteps: 12,
    });
    fc.assert(
      fc.property(
        fc.integer({ min: 40, max: 1e6 }),
        fc.integer({ min: 0, max: 50 }),
        (step, level) => {
          const at = (k: number) => level + season[k % 12]!;
          const out = new Float64Array(20);
          model.forecastInto(
            Float64Array.from({ length: 30 }, (_, k) => at(step - 30 + k)),
            step * 60,
            out,
          );
          out.forEach((found, h) => expect(found).toBeCloseTo(at(step + h), 8));
        },
      ),
    );
  });
});

describe('seasonalSums', () => {
  it('equals the weighted sums of the season over the context before every phase', () => {
    fc.assert(
      fc.property(
        unit,
        unit,
        unit,
        fc.integer({ min: 2, max: 40 }),
        (alpha, tau, damping, length) => {
          const parameters = {
            levelGain: alpha,
            trendGain: alpha * tau,
            damping,
            autocorrelation: 0,
          };
          const window = { parameters, context: 25, initialSteps: 7 };
          const weights = filterWeights(window);
          const season = Float64Array.from({ length }, (_, k) => ((k * 7) % 11) - 5);
          const sums = seasonalSums(season, window, weights);
          for (let phase = 0; phase < length; phase++) {
            let [level, trend] = [0, 0];
            for (let k = 0; k < 25; k++) {
              const value = season[(phase - 25 + k + 25 * length) % length]!;
              level += weights.level[k]! * value;
              trend += weights.trend[k]! * value;
            }
            expect(sums[3 * phase]).toBeCloseTo(level, 7);
            expect(sums[3 * phase + 1]).toBeCloseTo(trend, 7);
          }
        },
      ),
    );
  });
});
