import { quasiNewton } from '#models/optimise/quasi-newton.ts';
import type { EtsSlopes } from './ets-gradient.ts';
import { etsGradient, newTape } from './ets-gradient.ts';
import type { EtsRun } from './ets-likelihood.ts';
import type { EtsStart } from './ets-start.ts';
import type { FirstParameters, Parameters } from './smooth-parameters.ts';
import { chainRule, firstPoint, loadPoint, unitsOf } from './smooth-parameters.ts';

const TOLERANCE = 1e-5;
const ITERATIONS = 400;

/**
 * The likelihood has several maxima: a level that follows with a season that stands still, a season that follows with a
 * level that stands still, and both halfway. On 50 M4 series one of these three led to the best that any of nine found.
 */
const FIRSTS: readonly FirstParameters[] = [
  [-0.5, -3, -2, 2.5],
  [-2.5, -4, 1.5, 2.5],
  [0.5, -2, 0, 2],
];

interface Search {
  readonly values: Float64Array;
  readonly run: EtsRun;
  readonly start: EtsStart;
}

/**
 * Maximum likelihood by quasi-Newton steps along exact derivatives, over gains and damping on a logistic scale – which
 * keeps them within the usual bounds (Hyndman et al. 2008, section 10.1) – and initial states. Leaves parameters and
 * initial states in `run`.
 * @returns the value of etsLikelihood; Infinity if nothing was allowed.
 */
export function searchSmoothly({ values, run, start }: Search): number {
  const units = unitsOf(values, run);
  const tape = newTape(values.length);
  const slopes: EtsSlopes = {
    ...{ alpha: 0, beta: 0, gamma: 0, phi: 0, level: 0, trend: 0 },
    season: new Float64Array(run.period),
  };
  // The slopes come with the value: they are those of the last point.
  const objective = (point: Float64Array): number => {
    if (!loadPoint(point, run, units)) return Infinity;
    const value = etsGradient(values, run, tape, slopes);
    return Number.isNaN(value) ? Infinity : value;
  };
  const gradient = (_point: Float64Array, out: Float64Array): void => {
    const { form, period, alpha, beta, gamma, phi }: EtsRun & Parameters = run;
    chainRule(out, { form, period, alpha, beta, gamma, phi }, { slopes, units });
  };
  let best: { readonly point: Float64Array; readonly value: number } | null = null;
  for (const first of FIRSTS) {
    const from = firstPoint(run, units, { start, first });
    const settings = { tolerance: TOLERANCE, iterations: ITERATIONS };
    const found = quasiNewton({ objective, gradient, start: from, ...settings });
    if (best === null || found.value < best.value) best = found;
  }
  loadPoint(best!.point, run, units);
  return best!.value;
}
