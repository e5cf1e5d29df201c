import { learnedPool } from '../learned-pool/learned-pool.ts';

/**
 * The pool with shares learned on the CPU of three of four machines of Bitbrains rnd, August and September 2013
 * (`npm run bench:pool -- --ship` makes and measures them). Their raw forecasts are in
 * BENCHMARKS.md, "Learned pool". Shares from all machines would say the same: measured on any quarter of the machines, shares
 * that were learned with and without it lose the same within 1 %.
 */
export const machinePool = learnedPool('learned-pool', {
  knotSeconds: [300, 1200, 4800, 19_200, 76_800, 216_000],
  shares: [
    [
      0.2149, 0.0942, 0.0254, 0.0863, 0.0285, 0.0072, 0.008, 0.0073, 0.0044, 0.0032, 0.002, 0.0019,
      0.0015, 0.0059, 0.0044, 0.0058, 0.0054, 0.4937,
    ],
    [
      0.073, 0.0319, 0.029, 0.1302, 0.0634, 0.087, 0.0074, 0.0031, 0.003, 0.0018, 0.0014, 0.0012,
      0.0012, 0.0042, 0.0027, 0.0058, 0.0827, 0.4708,
    ],
    [
      0.1142, 0.0802, 0.0331, 0.0208, 0.0346, 0.167, 0.0065, 0.0026, 0.0032, 0.0032, 0.0021, 0.0019,
      0.0012, 0.0199, 0.0048, 0.0045, 0.0667, 0.4334,
    ],
    [
      0.0302, 0.037, 0.0306, 0.0136, 0.0114, 0.0997, 0.0181, 0.1155, 0.0388, 0.0051, 0.0024, 0.0021,
      0.0012, 0.0311, 0.0089, 0.0363, 0.3004, 0.2178,
    ],
    [
      0.0233, 0.0161, 0.0143, 0.0129, 0.0197, 0.021, 0.014, 0.019, 0.014, 0.0027, 0.0085, 0.3017,
      0.1431, 0.0066, 0.0083, 0.1756, 0.1962, 0.003,
    ],
    [
      0.001, 0.0009, 0.0009, 0.0008, 0.0007, 0.0007, 0.0007, 0.0008, 0.0015, 0.0034, 0.406, 0.0663,
      0.0646, 0.0052, 0.0051, 0.0485, 0.3922, 0.0007,
    ],
  ],
});
