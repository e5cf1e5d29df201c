import fc from 'fast-check';
import { expect, it } from 'vitest';
import { visibleSteps } from '#html-report/payload/visible-steps.ts';

const values = fc
  .array(
    fc.oneof(
      { weight: 9, arbitrary: fc.double({ min: 0, max: 1e9, noNaN: true }) },
      fc.constant(NaN),
    ),
    {
      minLength: 1,
      maxLength: 600,
    },
  )
  .map((list) => Float64Array.from(list));

const measured = (series: Float64Array) => series.filter((value) => !Number.isNaN(value));

it('keeps the smallest and the largest value of every series, in order and within the bound', () => {
  fc.assert(
    fc.property(values, values, (first, second) => {
      const steps = visibleSteps([
        { values: first, points: 40 },
        { values: second, points: 20 },
      ]);
      expect([...steps]).toEqual([...new Set(steps)].sort((a, b) => a - b));
      // Two extremes and one gap per bucket, and both ends.
      expect(steps.length).toBeLessThanOrEqual(60 * 1.5 + 2);
      for (const series of [first, second]) {
        const drawn = measured(Float64Array.from(steps, (step) => series[step] ?? NaN));
        expect(Math.max(...drawn)).toBe(Math.max(...measured(series)));
        expect(Math.min(...drawn)).toBe(Math.min(...measured(series)));
      }
    }),
  );
});

it('keeps a spike of a single step among 8,640', () => {
  const series = new Float64Array(8640).fill(2);
  series[4321] = 90;
  expect(visibleSteps([{ values: series, points: 1000 }])).toContain(4321);
});

it('keeps a missing step, so that the line is interrupted at a gap', () => {
  const series = new Float64Array(8640).fill(2).fill(NaN, 5000, 5003);
  const steps = visibleSteps([{ values: series, points: 1000 }]);
  expect(steps.filter((step) => Number.isNaN(series[step]!))).toEqual([5000]);
});

it('keeps all steps of a short series', () => {
  const series = Float64Array.of(3, 1, NaN, 2);
  expect(visibleSteps([{ values: series, points: 10 }])).toEqual([0, 1, 2, 3]);
});
