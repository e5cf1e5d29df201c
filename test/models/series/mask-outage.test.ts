import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskOutage } from '#models/series/mask-outage.ts';

const SHORTEST = 48;
const busy = fc.double({ min: 1, max: 100, noNaN: true });
const history = fc.array(fc.oneof({ weight: 9, arbitrary: busy }, fc.constant(NaN)), {
  minLength: 200,
  maxLength: 300,
});
const withZeros = (values: readonly number[], runs: readonly (readonly [number, number])[]) => {
  const series = Float64Array.from(values);
  for (const [from, length] of runs) series.fill(0, from, from + length);
  return series;
};

describe('maskOutage', () => {
  it('takes a single run of zeros that is over for not measured, and nothing else', () => {
    fc.assert(
      fc.property(history, fc.nat(170), fc.integer({ min: 3, max: 20 }), (values, at, length) => {
        const from = at + 1;
        const series = withZeros(values, [[from, length]]);
        const masked = maskOutage(series, SHORTEST);
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
    expect(maskOutage(series, SHORTEST)).toBe(series);
  });

  it('leaves short histories, and series that are negative too', () => {
    const series = withZeros(Array<number>(200).fill(5), [[20, 10]]);
    expect(maskOutage(series, 201)).toBe(series);
    series[3] = -1;
    expect(maskOutage(series, SHORTEST)).toBe(series);
  });
});
