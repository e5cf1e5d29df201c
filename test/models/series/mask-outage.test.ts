import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskOutage } from '#models/series/mask-outage.ts';

const SEASONS = [24];
const busy = fc.double({ min: 1, max: 100, noNaN: true });
const history = fc.array(fc.oneof({ weight: 9, arbitrary: busy }, fc.constant(NaN)), {
  minLength: 200,
  maxLength: 300,
});
type Runs = readonly (readonly [from: number, length: number])[];

const withRuns = (values: ArrayLike<number>, runs: Runs, value: number) => {
  const series = Float64Array.from(values);
  for (const [from, length] of runs) series.fill(value, from, from + length);
  return series;
};
const withZeros = (values: readonly number[], runs: Runs) => withRuns(values, runs, 0);

describe('maskOutage', () => {
  it('takes a single run of zeros that is over for not measured, and nothing else', () => {
    fc.assert(
      fc.property(history, fc.nat(170), fc.integer({ min: 3, max: 20 }), (values, at, length) => {
        const from = at + 1;
        const series = withZeros(values, [[from, length]]);
        const masked = maskOutage(series, SEASONS);
        series.fill(NaN, from, from + length);
        expect(masked).toEqual(series);
      }),
    );
  });

  it.each([
    ['that lasts', [[190, 10]]],
    ['from the beginning', [[0, 10]]],
    [
      'that comes again',
      [
        [20, 10],
        [120, 10],
      ],
    ],
    ['of a moment', [[20, 2]]],
    ['beyond a tenth of the history', [[20, 21]]],
  ] as const)('leaves a run of zeros %s', (_, runs) => {
    const series = withZeros(Array<number>(200).fill(5), runs);
    expect(maskOutage(series, SEASONS)).toBe(series);
  });

  it('leaves short histories, and series that are negative too', () => {
    const series = withZeros(Array<number>(200).fill(5), [[20, 10]]);
    expect(maskOutage(series, [101])).toBe(series);
    series[3] = -1;
    expect(maskOutage(series, SEASONS)).toBe(series);
  });

  it('takes two runs that are next to nothing, each in another part of every season', () => {
    const usual = fc.array(fc.double({ min: 50, max: 100, noNaN: true }), {
      minLength: 400,
      maxLength: 450,
    });
    fc.assert(
      fc.property(
        usual,
        fc.record({
          first: fc.integer({ min: 1, max: 100 }),
          days: fc.integer({ min: 2, max: 8 }),
          later: fc.integer({ min: 7, max: 17 }),
          lengths: fc.tuple(fc.integer({ min: 3, max: 7 }), fc.integer({ min: 3, max: 7 })),
          rest: fc.double({ min: 0, max: 0.4, noNaN: true }),
        }),
        (values, { first, days, later, lengths: [a, b], rest }) => {
          const runs: Runs = [
            [first, a],
            [first + days * 24 + later, b],
          ];
          const masked = maskOutage(withRuns(values, runs, rest), SEASONS);
          expect(masked).toEqual(withRuns(values, runs, NaN));
          // At the same time of day they are part of the day.
          const daily = withRuns(values, [runs[0]!, [first + days * 24, b]], rest);
          expect(maskOutage(daily, SEASONS)).toBe(daily);
        },
      ),
    );
  });

  it('leaves what comes again: nights, weekends, jobs, an application that scales to zero', () => {
    const hours = Array.from({ length: 21 * 24 }, (_, hour) => hour);
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 0.5, noNaN: true }),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 21 }),
        (idle, long, days) => {
          const night = hours.slice(0, days * 24).map((hour) => (hour % 24 < long ? idle : 70));
          const weekend = hours.map((hour) => (Math.floor(hour / 24) % 7 > 4 ? idle : 70));
          const jobs = hours.map((hour) => (hour % (7 * long) < 3 ? 70 : idle));
          for (const values of [night, weekend, weekend.slice(0, 14 * 24), jobs]) {
            const series = Float64Array.from(values);
            expect(maskOutage(series, [24, 168])).toBe(series);
          }
        },
      ),
    );
  });

  it.each([
    ['that is not far below all others', [...Array<number>(100).fill(5), 0.3], 0.04],
    ['of more than a hundredth of the usual', Array<number>(101).fill(5), 0.06],
  ])('leaves a run %s', (_, before, value) => {
    const series = withRuns([...before, ...Array<number>(99).fill(5)], [[20, 8]], value);
    expect(maskOutage(series, SEASONS)).toBe(series);
  });

  it('leaves two runs where no season is known that could bring them together', () => {
    const runs: Runs = [
      [20, 5],
      [80, 5],
    ];
    const series = withRuns(Array<number>(200).fill(5), runs, 0.01);
    expect(maskOutage(series, [])).toBe(series);
    expect(maskOutage(series, SEASONS)).toEqual(withRuns(series, runs, NaN));
  });
});
