import { adamStep } from '#models/network-training/adam-step.ts';
import type { TrainingSession } from '#models/network-training/training-session.ts';
import { createLstmPass, type PassRequest } from './lstm-pass.ts';
import type { LearningWindow } from './lstm-windows.ts';
import { emptyWindow, windowReader, type LstmWindow } from './read-window.ts';

/** A window as the network reads it, and what followed. */
export interface LearnedWindow {
  readonly read: LstmWindow;
  /** At the learned steps; NaN where nothing was measured. */
  readonly targets: Float64Array;
  /** What errors are divided by. */
  readonly unit: number;
}

/** Reads learning windows once, for every epoch. */
export function readWindows(
  windows: readonly LearningWindow[],
  { shape, steps }: PassRequest,
): LearnedWindow[] {
  const read = windowReader(shape, steps);
  return windows.map(({ series, end, unit }) => {
    const window = emptyWindow(shape, steps.length);
    read(series.filled, end, window);
    const targets = Float64Array.from(steps, (step) => series.actual[end + step - 1] ?? NaN);
    return { read: window, targets, unit };
  });
}

export interface SmallLstmSession extends TrainingSession<readonly LearnedWindow[]> {
  /** Mean loss of parameters over windows, as `lstmLoss` defines it. */
  loss(parameters: Float32Array, windows: readonly LearnedWindow[]): number;
}

/**
 * Training of a network that is too small, and trained too shortly, to be worth opening a graph in
 * ONNX Runtime: the same steps of Adam on the same loss, in this thread.
 */
export function openSmallLstm(request: PassRequest, clipNorm: number): SmallLstmSession {
  const pass = createLstmPass(request);
  const { levels } = request.shape;
  const size = request.steps.length * levels.length;
  const [quantiles, slopes] = [new Float64Array(size), new Float64Array(size)];

  /** Loss of one window; its slopes in the quantiles are written. */
  const score = ({ read, targets, unit }: LearnedWindow, share: number): number => {
    let sum = 0;
    for (let k = 0; k < size; k++) {
      const level = levels[k % levels.length];
      const target = targets[Math.floor(k / levels.length)];
      const error = (target - read.scale * quantiles[k]) / unit;
      const weight = level - (error < 0 ? 1 : 0);
      const isKnown = !Number.isNaN(target);
      slopes[k] = isKnown ? -share * weight * (read.scale / unit) : 0;
      if (isKnown) sum += share * weight * error;
    }
    return sum;
  };

  return {
    loss: (parameters, windows) => {
      const weights = Float64Array.from(parameters);
      return windows.reduce((sum, window) => {
        pass.forward(weights, window.read, quantiles);
        return sum + score(window, 2 / (windows.length * size));
      }, 0);
    },
    step: async (state, batch, rate) => {
      const weights = Float64Array.from(state.parameters);
      const gradient = new Float64Array(weights.length);
      let loss = 0;
      for (const window of batch) {
        pass.forward(weights, window.read, quantiles);
        loss += score(window, 2 / (batch.length * size));
        pass.backward(weights, slopes, gradient);
      }
      return { loss, state: adamStep(state, gradient, { rate, clipNorm }) };
    },
    release: async () => undefined,
  };
}
