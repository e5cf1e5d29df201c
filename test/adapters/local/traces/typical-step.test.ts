import { describe, expect, it } from 'vitest';
import { stepFault } from '#adapters/local/traces/step-fault.ts';
import { typicalStep } from '#adapters/local/traces/typical-step.ts';

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

describe('stepFault', () => {
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
  ])('finds none in %s', (_, differences, step) => {
    expect(stepFault(Float64Array.from(differences), step)).toBeNull();
  });

  it.each([
    ['another step', repeat(20, 420), 'has a step of 420 s, not of 300 s'],
    ['one single other difference', [420], 'has a step of 420 s, not of 300 s'],
    [
      'a stretch of a longer step',
      [...repeat(60, 300), ...repeat(10, 900)],
      'mixes two steps: 300 s and 900 s',
    ],
    [
      'a stretch of a shorter step',
      [...repeat(60, 300), ...repeat(20, 60)],
      'mixes two steps: 60 s and 300 s',
    ],
    [
      'chance',
      [13, 950, 120, 377, 801, 222, 64, 510, 1290, 170],
      'has times without a regular step',
    ],
  ])('finds %s', (_, differences, expected) => {
    expect(stepFault(Float64Array.from(differences), 300)).toContain(expected);
  });
});
