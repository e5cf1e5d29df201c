import { learnedPool } from '../learned-pool/learned-pool.ts';

/**
 * The pool with shares learned on the CPU of three of four machines of Bitbrains rnd, August and September 2013
 * (`npm run bench:pool -- --ship` makes and measures them). On the machines kept out, over the last tenth of each month, its
 * raw forecasts lose against the equal-weight quantile mixture: 13.6 % and 4.2 % less 48 steps ahead, 2.4 % and 14.1 %
 * less 480 ahead, 29.3 % and 16.6 % less 720 ahead.
 */
export const machinePool = learnedPool('learned-pool', {
  knotSeconds: [300, 1200, 4800, 19_200, 76_800, 216_000],
  shares: [
    [
      0.3004, 0.2038, 0.049, 0.24, 0.0718, 0.0174, 0.0162, 0.0213, 0.012, 0.0072, 0.0046, 0.0046,
      0.0035, 0.0104, 0.0097, 0.0114, 0.0165,
    ],
    [
      0.1307, 0.0582, 0.0625, 0.3034, 0.0885, 0.1318, 0.0138, 0.01, 0.0212, 0.0063, 0.0035, 0.0027,
      0.0031, 0.0066, 0.004, 0.0072, 0.1463,
    ],
    [
      0.1411, 0.1214, 0.0722, 0.0461, 0.0515, 0.2697, 0.0174, 0.013, 0.0527, 0.0154, 0.0088, 0.0065,
      0.0032, 0.0262, 0.0078, 0.0055, 0.1414,
    ],
    [
      0.0354, 0.0419, 0.0409, 0.0214, 0.0154, 0.0897, 0.0187, 0.1335, 0.125, 0.0108, 0.0068, 0.0065,
      0.0027, 0.0281, 0.012, 0.0262, 0.3849,
    ],
    [
      0.0232, 0.0161, 0.0145, 0.013, 0.0194, 0.0194, 0.0119, 0.0134, 0.0109, 0.0026, 0.0089, 0.3142,
      0.1563, 0.0066, 0.0081, 0.1749, 0.1865,
    ],
    [
      0.0012, 0.001, 0.001, 0.0009, 0.0008, 0.0008, 0.0008, 0.0009, 0.0016, 0.0034, 0.407, 0.0635,
      0.0631, 0.0053, 0.0054, 0.049, 0.3942,
    ],
  ],
});
