import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EtsForm } from '#models/ets/ets-form.ts';
import { admissibleForms, formName } from '#models/ets/ets-form.ts';
import type { EtsSlopes } from '#models/ets/ets-gradient.ts';
import { etsGradient, newTape } from '#models/ets/ets-gradient.ts';
import { etsLikelihood } from '#models/ets/ets-likelihood.ts';
import { newRun } from '#models/ets/fit-ets.ts';

const PERIOD = 4;
const VALUES = Float64Array.from(
  { length: 40 },
  (_, t) => 20 + 0.1 * t + 4 * Math.sin((Math.PI * t) / 2) + ((t * 7) % 5),
);
const NAMES = ['alpha', 'beta', 'gamma', 'phi', 'level', 'trend'] as const;

/** Parameters and states in the order of NAMES, then the season. */
function likelihoodAt(form: EtsForm, point: readonly number[]): number {
  return etsLikelihood(VALUES, runAt(form, point));
}

function runAt(form: EtsForm, point: readonly number[]) {
  const period = form.season === 'N' ? 1 : PERIOD;
  const run = newRun(form, period);
  NAMES.forEach((name, k) => (run[name] = point[k]!));
  if (form.season !== 'N') run.season.set(point.slice(NAMES.length));
  return run;
}

const share = fc.double({ min: 0.05, max: 0.6, noNaN: true });

describe.each(admissibleForms(true, true).map((form) => [formName(form), form] as const))(
  'etsGradient of %s',
  (_name, form) => {
    it('equals finite differences of the likelihood', () => {
      const seasons = form.season === 'M' ? [1.1, 1.2, 0.9, 0.8] : [1, 4, -1, -4];
      fc.assert(
        fc.property(share, share, share, (alpha, beta, gamma) => {
          const trending = form.trend === 'A';
          const point = [alpha, trending ? alpha * beta : 0, form.season === 'N' ? 0 : gamma];
          point.push(form.damped ? 0.9 : 1, 21, trending ? 0.2 : 0, ...seasons);
          const run = runAt(form, point);
          const slopes: EtsSlopes = {
            ...{ alpha: 0, beta: 0, gamma: 0, phi: 0, level: 0, trend: 0 },
            season: new Float64Array(run.period),
          };
          const value = etsGradient(VALUES, run, newTape(VALUES.length), slopes);
          expect(value).toBeCloseTo(likelihoodAt(form, point), 8);
          const used = NAMES.filter((name) => {
            if (name === 'beta' || name === 'trend') return trending;
            if (name === 'gamma') return form.season !== 'N';
            return name !== 'phi' || form.damped;
          });
          const expectSlope = (at: number, found: number): void => {
            const moved = (by: number) => likelihoodAt(form, point.with(at, point[at]! + by));
            const expected = (moved(1e-5) - moved(-1e-5)) / 2e-5;
            expect(Math.abs(found - expected)).toBeLessThan(1e-4 * Math.max(1, Math.abs(expected)));
          };
          used.forEach((name) => expectSlope(NAMES.indexOf(name), slopes[name]));
          if (form.season === 'N') return;
          seasons.forEach((_, k) => expectSlope(NAMES.length + k, slopes.season[k]!));
        }),
        { numRuns: 20 },
      );
    });
  },
);
