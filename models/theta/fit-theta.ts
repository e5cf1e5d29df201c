import { straightLine } from '#models/decompose/straight-line.ts';
import { nelderMead } from '#models/optimise/nelder-mead.ts';
import type { ThetaForm, ThetaRun } from './theta-model.ts';
import { thetaLoss } from './theta-model.ts';

/** A Theta model fitted to a series without season. */
export interface ThetaFit {
  readonly form: ThetaForm;
  /** With the fitted parameters and the states after the last value. */
  readonly run: ThetaRun;
  /** Number of values. */
  readonly steps: number;
  /** See thetaLoss. */
  readonly loss: number;
}

/** Bounds of initial level, gain and θ; the gain may not vanish, θ below 1 would turn the line around. */
const LOWER = [-1e10, 0.1, 1];
const UPPER = [1e10, 0.99, 1e10];
const FIRST_ALPHA = 0.5;
const STANDARD_THETA = 2;
const TOLERANCE = 1e-4;
const ITERATIONS = 1000;
const LEAST_SIZE = 1e-10;

/** Least squares over initial level, gain and, in optimised forms, θ; start and bounds are those of statsforecast. */
export function fitTheta(values: Float64Array, form: ThetaForm): ThetaFit {
  const optimised = form === 'OTM' || form === 'DOTM';
  const dynamic = form === 'DSTM' || form === 'DOTM';
  const line = straightLine(values);
  const size = values.reduce((sum, value) => sum + Math.abs(value), 0) / values.length;
  const meanSize = Math.max(LEAST_SIZE, size);
  const run: ThetaRun = {
    dynamic,
    initial: 0,
    alpha: 0,
    theta: STANDARD_THETA,
    level: 0,
    intercept: 0,
    slope: 0,
    mean: 0,
  };
  const objective = (point: Float64Array): number => {
    run.initial = point[0]!;
    run.alpha = point[1]!;
    if (optimised) run.theta = point[2]!;
    return thetaLoss(values, line, run, meanSize);
  };
  const start = [values[0]! / 2, FIRST_ALPHA, STANDARD_THETA].slice(0, optimised ? 3 : 2);
  const { point } = nelderMead({
    objective,
    start: Float64Array.from(start),
    lower: Float64Array.from(LOWER),
    upper: Float64Array.from(UPPER),
    tolerance: TOLERANCE,
    iterations: ITERATIONS,
  });
  return { form, loss: objective(point), run, steps: values.length };
}
