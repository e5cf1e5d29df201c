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
    const length = Math.round(DAY / stepSeconds);
    const sums = runningSums(demand);
    return (step) => {
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

/** Count, sum and sum of squares of the values measured before each step. */
function runningSums(demand: Float64Array) {
  const count = new Float64Array(demand.length + 1);
  const sum = new Float64Array(count.length);
  const squares = new Float64Array(count.length);
  for (let k = 0; k < demand.length; k++) {
    const isKnown = !Number.isNaN(demand[k]);
    const need = isKnown ? demand[k] : 0;
    count[k + 1] = count[k] + (isKnown ? 1 : 0);
    sum[k + 1] = sum[k] + need;
    squares[k + 1] = squares[k] + need * need;
  }
  return { count, sum, squares };
}
