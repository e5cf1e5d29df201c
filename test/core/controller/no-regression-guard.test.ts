import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { advanceGuard, keepsPromise, newGuard } from '#core/controller/no-regression-guard.ts';

const RULES = { lastingSteps: 1, stepSeconds: 3600 };
const DAY = 24;
/** Runs of short steps so far of two headroomFactors, the larger one last. */
type Runs = readonly [number, number];

const after = (steps: readonly Runs[], rules = RULES) =>
  steps.reduce((trial, runs) => advanceGuard(trial, runs, rules), newGuard(2));
/** Whether a headroom keeps the guard after these steps. */
const keeps = (steps: readonly Runs[], headroom: number, rules = RULES) =>
  keepsPromise(after(steps, rules), headroom, steps.length * rules.stepSeconds);
const days = (count: number, runs: Runs = [0, 0]) => Array<Runs>(count * DAY).fill(runs);

describe('keepsPromise', () => {
  it('promises nothing before four days', () => {
    const early = [...days(3), [1, 0] as const];
    expect(keeps(early, 0)).toBe(true);
    expect(keeps([...early, ...days(1)], 0)).toBe(false);
  });

  it('allows no step that the largest headroom would have held, and forgives it after a month', () => {
    const short = [...days(4), [1, 0] as const];
    expect(keeps(short, 0)).toBe(false);
    expect(keeps([...short, ...days(29)], 0)).toBe(false);
    expect(keeps([...short, ...days(31)], 0)).toBe(true);
  });

  it('holds nothing against a headroom that the largest one would have missed as well', () => {
    const deploy: readonly Runs[] = [...days(4), [1, 1], [2, 2], [3, 3]];
    expect(keeps(deploy, 0)).toBe(true);
    expect(keeps([...deploy, [4, 0]], 0)).toBe(false);
  });

  it('promises nothing where the largest headroom is short again and again', () => {
    const bursts: readonly Runs[] = [...days(4), [1, 1], [0, 0], [1, 1], [2, 0]];
    expect(keeps(bursts, 0)).toBe(true);
    expect(keeps([...bursts, ...days(70)], 0)).toBe(true);
  });

  it('counts shortages from the step on that makes them lasting', () => {
    const rules = { ...RULES, lastingSteps: 3 };
    const short: readonly Runs[] = [...days(4), [1, 0], [2, 0]];
    expect(keeps(short, 0, rules)).toBe(true);
    expect(keeps([...short, [3, 0]], 0, rules)).toBe(false);
  });

  it('is always kept by the largest headroom, and by no headroom that was short more often than one that breaks it', () => {
    const runs = fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 3 }));
    const history = fc.array(runs, { minLength: 90, maxLength: 200 });
    fc.assert(
      fc.property(history, (steps) => {
        const trial = steps.reduce(
          (known, [a, b]) => advanceGuard(known, [a + b, a, 0], RULES),
          newGuard(3),
        );
        const holds = (headroom: number) =>
          keepsPromise(trial, headroom, steps.length * RULES.stepSeconds);
        expect(holds(2)).toBe(true);
        if (holds(0)) expect(holds(1)).toBe(true);
      }),
    );
  });
});
