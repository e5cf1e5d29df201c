import type { PoolWeights } from './pool-plan.ts';

/** Name of the pool among the candidates. */
export const MACHINE_POOL_NAME = 'learned-pool';

/**
 * Shares of the pool, learned on the CPU of three of four machines of Bitbrains rnd, August and
 * September 2013 (`npm run bench:pool -- --ship`). docs/benchmarks/forecasting.md shows the loss of
 * the raw forecasts. docs/research/learned-pool.md compares these shares with shares from all
 * machines.
 */
export const MACHINE_POOL: PoolWeights = {
  knotSeconds: [300, 1200, 4800, 19_200, 76_800, 216_000],
  shares: [
    [
      0.2136, 0.0937, 0.0254, 0.0857, 0.0279, 0.007, 0.0078, 0.0071, 0.0043, 0.0031, 0.0019, 0.0018,
      0.0014, 0.0055, 0.0042, 0.0055, 0.005, 0.4991,
    ],
    [
      0.0757, 0.0328, 0.0296, 0.1304, 0.064, 0.0917, 0.0075, 0.0031, 0.0031, 0.0019, 0.0014, 0.0013,
      0.0013, 0.0044, 0.0028, 0.0059, 0.0922, 0.4511,
    ],
    [
      0.1116, 0.0754, 0.0318, 0.0213, 0.036, 0.1522, 0.0058, 0.0022, 0.0026, 0.0028, 0.002, 0.0018,
      0.0012, 0.0178, 0.0047, 0.0041, 0.0474, 0.4792,
    ],
    [
      0.0401, 0.0507, 0.0445, 0.02, 0.0158, 0.1234, 0.0195, 0.1372, 0.0776, 0.0087, 0.0048, 0.0044,
      0.002, 0.0355, 0.0112, 0.0326, 0.3714, 0.0009,
    ],
    [
      0.0221, 0.0153, 0.014, 0.0123, 0.0177, 0.018, 0.0118, 0.0153, 0.0122, 0.0029, 0.0092, 0.3153,
      0.1549, 0.0069, 0.0077, 0.1732, 0.1897, 0.0016,
    ],
    [
      0.0011, 0.0009, 0.0009, 0.0008, 0.0008, 0.0008, 0.0007, 0.0008, 0.0016, 0.0034, 0.4084,
      0.0638, 0.0619, 0.0053, 0.0053, 0.0496, 0.393, 0.0008,
    ],
  ],
};
