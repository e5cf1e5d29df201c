import type { ForecastShape } from '#models/contract/forecast-model.ts';
import { parameterCount } from '#models/network-training/parameter-layout.ts';
import { cellPass } from './cell-pass.ts';
import { KNOT_COUNT, knotWeights } from './horizon-knots.ts';
import { PROFILE_COUNT } from './lstm-dimensions.ts';
import { lstmParameters } from './lstm-parameters.ts';
import type { LstmWindow } from './read-window.ts';

export interface PassRequest {
  readonly shape: ForecastShape;
  readonly hidden: number;
  /** Steps ahead, counted from 1. */
  readonly steps: readonly number[];
}

/** The network of `lstmNetwork`, forward and backward, for one window after the other. */
export interface LstmPass {
  /** Writes the quantiles, row-major [steps × levels], in units of the window's scale. */
  forward(parameters: ArrayLike<number>, window: LstmWindow, out: Float64Array): void;
  /**
   * Adds to the gradient what the window of the last `forward` contributes.
   * @param slopes of the loss in the quantiles; overwritten.
   */
  backward(parameters: ArrayLike<number>, slopes: Float64Array, gradient: Float64Array): void;
}

const KINDS = 1 + PROFILE_COUNT;

/**
 * What `evaluate` and `gradients` make of the network's expression, written out: a tenth of the
 * time, as nothing is allocated and no operation is looked up.
 */
export function createLstmPass({ shape, hidden, steps }: PassRequest): LstmPass {
  const levels = shape.levels.length;
  const count = steps.length;
  const cells = cellPass(shape, hidden);
  const increments = KINDS * levels * KNOT_COUNT;
  const biasAt = parameterCount(lstmParameters({ hidden, levels })) - increments;
  const headAt = biasAt - hidden * increments;
  const knots = nearestKnots(steps, shape.stepSeconds);
  const raw = new Float64Array(increments);
  const grown = new Float64Array(increments);
  const slopesOf = new Float64Array(increments);
  const factors = new Float64Array(KINDS * count).fill(1);
  let state = cells.state;

  const forward: LstmPass['forward'] = (parameters, window, out) => {
    state = cells.forward(parameters, window.tokens);
    for (let k = 0; k < increments; k++) raw[k] = parameters[biasAt + k];
    for (let h = 0; h < hidden; h++) {
      const factor = state[h];
      const from = headAt + h * increments;
      for (let k = 0; k < increments; k++) raw[k] += factor * parameters[from + k];
    }
    for (let k = 0; k < increments; k++) grown[k] = softplus(raw[k]);
    factors.set(window.profiles, count);
    for (let s = 0; s < count; s++) {
      const { low, high, part } = knots[s];
      let sum = 0;
      for (let level = 0; level < levels; level++) {
        for (let kind = 0; kind < KINDS; kind++) {
          const at = (kind * levels + level) * KNOT_COUNT;
          const step = grown[at + low] * (1 - part) + grown[at + high] * part;
          sum += factors[kind * count + s] * step;
        }
        out[s * levels + level] = sum;
      }
    }
  };

  const backward: LstmPass['backward'] = (parameters, slopes, gradient) => {
    slopesOf.fill(0);
    for (let s = 0; s < count; s++) {
      const { low, high, part } = knots[s];
      let sum = 0;
      for (let level = levels - 1; level >= 0; level--) {
        // Every level holds all increments up to its own.
        sum += slopes[s * levels + level];
        for (let kind = 0; kind < KINDS; kind++) {
          const at = (kind * levels + level) * KNOT_COUNT;
          const slope = sum * factors[kind * count + s];
          slopesOf[at + low] += slope * (1 - part);
          slopesOf[at + high] += slope * part;
        }
      }
    }
    // The slope of softplus is the logistic function.
    for (let k = 0; k < increments; k++) {
      slopesOf[k] /= 1 + Math.exp(-raw[k]);
      gradient[biasAt + k] += slopesOf[k];
    }
    const stateSlopes = cells.stateSlopes;
    for (let h = 0; h < hidden; h++) {
      const factor = state[h];
      const from = headAt + h * increments;
      let sum = 0;
      for (let k = 0; k < increments; k++) {
        gradient[from + k] += factor * slopesOf[k];
        sum += slopesOf[k] * parameters[from + k];
      }
      stateSlopes[h] = sum;
    }
    cells.backward(parameters, gradient);
  };
  return { forward, backward };
}

const softplus = (x: number): number => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));

interface StepKnots {
  readonly low: number;
  readonly high: number;
  /** Weight of the higher one. */
  readonly part: number;
}

/** The one or two knots that each step lies at or between. */
function nearestKnots(steps: readonly number[], stepSeconds: number): readonly StepKnots[] {
  const weights = knotWeights(steps, stepSeconds);
  return steps.map((_, s) => {
    const used = Array.from({ length: KNOT_COUNT }, (__, k) => k).filter(
      (k) => weights[k * steps.length + s] > 0,
    );
    const [low, high] = [used[0], used.at(-1)!];
    return { low, high, part: low === high ? 1 : weights[high * steps.length + s] };
  });
}
