import { describe, expect, it } from 'vitest';
import type { ArimaOrder } from '#models/families/arima/estimation/arima-order.ts';
import { orderText } from '#models/families/arima/estimation/arima-order.ts';
import { fitArima } from '#models/families/arima/estimation/fit-arima.ts';
import { forecastArima } from '#models/families/arima/forecast/forecast-arima.ts';
import { autoArima } from '#models/families/arima/search/auto-arima.ts';
import { seededRandom } from '#test/models/synthetic-series.ts';
import { golden } from './golden.ts';

const values = Float64Array.from(golden.values);
const gappy = values.map((value, t) => (golden.gaps.includes(t) ? NaN : value));

const orderOf = ({ order, constant }: (typeof golden.cases)[number]): ArimaOrder => ({
  p: order[0],
  d: order[1],
  q: order[2],
  seasonalP: order[3],
  seasonalD: order[4],
  seasonalQ: order[5],
  season: golden.season,
  constant,
});

describe('fitArima', () => {
  it.each(golden.cases.map((found) => [found.name, found] as const))(
    'reaches the likelihood of statsmodels: %s',
    (_name, found) => {
      const fit = fitArima(found.gaps ? gappy : values, orderOf(found));
      expect(fit!.logLikelihood).toBeGreaterThan(found.log_likelihood - 0.02);
      expect(fit!.logLikelihood).toBeLessThan(found.log_likelihood + 0.2);
    },
  );

  it.each(golden.cases.filter(({ gaps }) => !gaps).map((found) => [found.name, found] as const))(
    'forecasts what statsmodels forecasts: %s',
    (_name, found) => {
      const fit = fitArima(values, orderOf(found))!;
      forecastArima(fit, values, 24).forEach((value, h) => {
        expect(Math.abs(value / found.forecast[h]! - 1)).toBeLessThan(0.005);
      });
    },
  );

  it('has no model for fewer values than parameters', () => {
    expect(fitArima(values.subarray(0, 4), orderOf(golden.cases[1]!))).toBeNull();
  });
});

describe('autoArima', () => {
  it('finds the order a series was made with', () => {
    const random = seededRandom(5);
    const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    const made = new Float64Array(600);
    for (let t = 2; t < 600; t++) made[t] = 1.2 * made[t - 1]! - 0.5 * made[t - 2]! + normal();
    const { order } = autoArima(
      made.map((value) => value + 20),
      { season: 1 },
    )!;
    expect(orderText(order)).toBe('ARIMA(2,0,0) with mean');
  });

  it('differences a strong season and a random walk', () => {
    expect(autoArima(values, { season: golden.season })!.order.seasonalD).toBe(1);
    const random = seededRandom(9);
    const walk = new Float64Array(300);
    for (let t = 1; t < 300; t++) walk[t] = walk[t - 1]! + random() - 0.5;
    expect(autoArima(walk, { season: 1 })!.order.d).toBe(1);
  });

  it.each([
    ['constant', new Float64Array(100).fill(4), 4],
    ['all zero', new Float64Array(100), 0],
    ['a straight line', Float64Array.from({ length: 100 }, (_, t) => 3 * t), 300],
  ])('goes on as it was where the series is %s', (_name, series, next) => {
    const fit = autoArima(series, { season: 1 })!;
    expect(forecastArima(fit, series, 1)[0]).toBeCloseTo(next, 6);
  });
});
