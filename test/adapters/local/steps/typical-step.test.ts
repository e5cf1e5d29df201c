import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findStep } from '#adapters/local/steps/find-step.ts';
import { fitStep } from '#adapters/local/steps/fit-step.ts';
import { typicalStep } from '#adapters/local/steps/typical-step.ts';

const repeat = (count: number, ...of: readonly number[]) =>
  Float64Array.from({ length: count * of.length }, (_, k) => of[k % of.length]!);

describe('typicalStep', () => {
  it.each([
    ['nothing', [], null],
    ['one difference', [420], 420],
    ['a step and a gap', [300, 900], 300],
    ['many gaps', [600, 300, 900, 1200, 600, 1500, 900, 600, 1800, 600], 300],
    ['one jump of the clock', [...repeat(40, 300), 120], 300],
    ['an unusual step with one jump', [...repeat(40, 290), 11], 290],
    ['a clock that rounds to whole seconds', repeat(30, 299, 301), 300],
    ['a coarse jitter', repeat(30, 260, 340), 300],
    ['fractions of seconds', repeat(10, 60.25, 59.5, 60.1), 60],
    ['an unusual step with jitter', repeat(30, 418, 422, 420), 420],
  ])('of %s', (_, differences, expected) => {
    expect(typicalStep(Float64Array.from(differences))).toBe(expected);
  });
});

const fitOf = (differences: readonly number[] | Float64Array, step: number) => {
  const all = Float64Array.from(differences);
  return fitStep(all, findStep(all), step);
};

describe('fitStep', () => {
  it.each([
    ['nothing', [], 300],
    ['jitter', repeat(30, 260, 340), 300],
    [
      'gaps of any length',
      [...repeat(40, 300), 86_400, ...repeat(40, 300), 600, 300, 600, 300],
      300,
    ],
    [
      'single jumps of the clock',
      [...repeat(20, 300), 17, ...repeat(20, 300), 4000, ...repeat(20, 300)],
      300,
    ],
    ['now and then on its grid', [1500, 300, 3300, 900, 12_600, 2100], 300],
  ])('rounds %s', (_, differences, step) => {
    expect(fitOf(differences, step)).toBe('rounded');
  });

  it.each([
    ['a shorter step', repeat(20, 60), 300],
    ['a stretch of a longer step', [...repeat(60, 300), ...repeat(10, 900)], 900],
    ['a stretch of a shorter step', [...repeat(60, 300), ...repeat(20, 60)], 300],
  ])('averages %s', (_, differences, step) => {
    expect(fitOf(differences, step)).toBe('averaged');
  });

  it.each([
    ['another step', repeat(20, 420), 'has a step of 420 s, not of 300 s'],
    ['one single other difference', [420], 'has a step of 420 s, not of 300 s'],
    [
      'chance',
      [13, 950, 120, 377, 801, 222, 64, 510, 1290, 170],
      'has times without a regular step',
    ],
  ])('refuses %s', (_, differences, expected) => {
    expect(fitOf(differences, 300)).toEqual({ fault: expect.stringContaining(expected) });
  });
});

describe('findStep', () => {
  const stepOf = (differences: Float64Array) => findStep(differences).step;

  it.each([11, 60, 300, 660, 1500, 18_000, 172_800, 0.25, 0.1])(
    'finds the grid of %s s of which one time in twelve was measured',
    (step) => {
      fc.assert(
        fc.property(fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })), (random) => {
          const gaps = Array.from({ length: 200 }, () => {
            const chance: number = random.next().value;
            return 1 + Math.floor(Math.log(1 - 0.999 * chance) / Math.log(11 / 12));
          });
          // By chance all gaps may be even; a pair of neighbours says that they are not.
          expect(stepOf(Float64Array.from([...gaps, 2, 3], (gap) => gap * step))).toBeCloseTo(
            step,
            9,
          );
        }),
        { numRuns: 20, seed: 7 },
      );
    },
  );

  it('finds the grid below the jitter of what was measured now and then', () => {
    const times = Array.from(
      { length: 120 },
      (_, k) => 300 * (k * 7 + ((k * k) % 5)) + (k % 3) - 1,
    );
    const differences = Float64Array.from(times.slice(1), (time, k) => time - times[k]!);
    expect(stepOf(differences)).toBe(300);
  });

  it.each([
    ['five minutes, then one', [...repeat(2000, 300), ...repeat(1500, 60)], 300, 60],
    ['one minute, then five', [...repeat(1500, 60), ...repeat(2000, 300)], 300, 60],
    [
      'five minutes with gaps, then one',
      [...repeat(40, ...repeat(50, 300), 4500), ...repeat(900, 60)],
      300,
      60,
    ],
    ['seven minutes, then five', [...repeat(500, 420), ...repeat(500, 300)], 420, 300],
  ])('takes the longest one of %s', (_, differences, step, shortest) => {
    expect(findStep(Float64Array.from(differences))).toMatchObject({ step, shortest, fault: null });
  });

  it('takes the shortest one where bursts come again and again', () => {
    const differences = repeat(30, ...repeat(10, 3600), ...repeat(12, 300));
    expect(findStep(differences)).toMatchObject({ step: 300, shortest: 300, fault: null });
  });
});
