import { wholeInstances, type Baseline } from './baseline.ts';

const DAY = 86_400;

/**
 * N-sigma, the peak predictor of Google's overcommit simulator [src]: μ + 5σ of the total. The user
 * of the simulator sets the length of the history; here 24 hours [a]. Knob: the number of sigmas.
 */
export const nSigma: Baseline = {
  name: 'n-sigma',
  knobName: 'sigmas',
  knob: 5,
  sweep: [0, 1, 2, 3, 5, 8],
  steer({ demand, stepSeconds }, sigmas) {
    const length = Math.max(1, Math.round(DAY / stepSeconds));
    const sums = createRunningSums(demand);
    return (step) => {
      sums.advanceTo(step);
      const from = Math.max(0, step - length);
      const count = sums.count[step] - sums.count[from];
      const sum = sums.sum[step] - sums.sum[from];
      const squares = sums.squares[step] - sums.squares[from];
      if (count === 0) return null;
      const mean = sum / count;
      const sigma = Math.sqrt(Math.max(0, squares / count - mean * mean));
      return wholeInstances(mean + sigmas * sigma);
    };
  },
};

/** Count, sum and sum of squares of the values measured before each step, up to the newest. */
function createRunningSums(demand: Float64Array) {
  const count = new Float64Array(demand.length + 1);
  const sum = new Float64Array(count.length);
  const squares = new Float64Array(count.length);
  let known = 0;
  const advanceTo = (step: number): void => {
    for (; known < step; known++) {
      const isKnown = !Number.isNaN(demand[known]);
      const need = isKnown ? demand[known] : 0;
      count[known + 1] = count[known] + (isKnown ? 1 : 0);
      sum[known + 1] = sum[known] + need;
      squares[known + 1] = squares[known] + need * need;
    }
  };
  return { count, sum, squares, advanceTo };
}
