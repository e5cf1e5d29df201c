import { pinballLoss } from '#models/numeric/pinball-loss.ts';
import { DECILES } from './rolling-loss.ts';

/** Running sums of forecasts at many origins of many series. */
export interface ForecastTally {
  loss: number;
  absolute: number;
  points: number;
  inside80: number;
}

export const emptyTally = (): ForecastTally => {
  return { loss: 0, absolute: 0, points: 0, inside80: 0 };
};

/**
 * Adds one forecast: its deciles count for the loss, the outer two of them for the coverage.
 * @param quantiles row-major [steps × levels].
 * @param levels among them the deciles.
 * @param actual from the forecast's first step on, NaN where nothing was measured.
 */
export function addForecast(
  tally: ForecastTally,
  {
    quantiles,
    levels,
  }: { readonly quantiles: ArrayLike<number>; readonly levels: readonly number[] },
  actual: Float64Array,
): void {
  const columns = DECILES.map((level) => levels.indexOf(level));
  const row = new Float64Array(DECILES.length);
  for (let step = 0; step * levels.length < quantiles.length; step++) {
    const y = actual[step] ?? NaN;
    if (Number.isNaN(y)) continue;
    columns.forEach((column, k) => (row[k] = quantiles[step * levels.length + column]!));
    tally.loss += 2 * pinballLoss(y, row, DECILES);
    tally.absolute += Math.abs(y);
    tally.points++;
    if (y >= row[0]! && y <= row.at(-1)!) tally.inside80++;
  }
}

export function tallyRow(name: string, tally: ForecastTally): string {
  const loss = (tally.loss / tally.absolute).toFixed(3);
  const covered = ((100 * tally.inside80) / tally.points).toFixed(1);
  return `| ${name.padEnd(44)} | ${loss} | ${covered.padStart(4)} % |`;
}
