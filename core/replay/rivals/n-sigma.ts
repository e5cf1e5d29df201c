import { wholeInstances, type Rival } from './rival.ts';

const DAY = 86_400;

/**
 * N-sigma, the peak predictor of Google's overcommit simulator [src]: μ + 5σ of the total. The simulator's history is set
 * by its user; 24 hours here [a]. Knob: the number of sigmas.
 */
export const nSigma: Rival = {
  name: 'n-sigma',
  knobName: 'sigmas',
  knob: 5,
  sweep: [0, 1, 2, 3, 5, 8],
  steer({ demand, stepSeconds }, sigmas) {
    const length = Math.round(DAY / stepSeconds);
    return (step) => {
      let [count, sum, squares] = [0, 0, 0];
      for (let k = Math.max(0, step - length); k < step; k++) {
        const need = demand[k]!;
        if (Number.isNaN(need)) continue;
        count++;
        sum += need;
        squares += need * need;
      }
      if (count === 0) return null;
      const mean = sum / count;
      const sigma = Math.sqrt(Math.max(0, squares / count - mean * mean));
      return wholeInstances(mean + sigmas * sigma);
    };
  },
};
