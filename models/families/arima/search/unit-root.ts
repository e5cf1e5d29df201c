import { mean } from '#models/numeric/mean.ts';

/**
 * Critical value of the statistic at 5 % (Kwiatkowski et al. 1992, table 1, level stationarity).
 */
const CRITICAL = 0.463;

/**
 * Whether a series is to be differenced: the KPSS test (Kwiatkowski, Phillips, Schmidt and Shin
 * 1992) rejects that it is stationary about a level, at 5 %, with Bartlett weights over ⌊3√n ÷ 13⌋
 * lags (Hyndman and Khandakar 2008, section 3.1).
 */
export function hasUnitRoot(values: Float64Array): boolean {
  return kpssStatistic(values) > CRITICAL;
}

/** The test's statistic; 0 for a constant series. */
export function kpssStatistic(values: Float64Array): number {
  const n = values.length;
  const middle = mean(values);
  const rest = values.map((value) => value - middle);
  const lags = Math.floor((3 * Math.sqrt(n)) / 13);
  let longRun = products(rest, 0);
  for (let lag = 1; lag <= lags; lag++) longRun += 2 * (1 - lag / (lags + 1)) * products(rest, lag);
  if (!(longRun > 0)) return 0;
  let [partial, squares] = [0, 0];
  for (const value of rest) {
    partial += value;
    squares += partial * partial;
  }
  return squares / (n * longRun);
}

function products(values: Float64Array, lag: number): number {
  let sum = 0;
  for (let t = lag; t < values.length; t++) sum += values[t] * values[t - lag];
  return sum;
}
