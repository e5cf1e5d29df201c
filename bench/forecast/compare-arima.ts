import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { orderText, type ArimaOrder } from '#models/families/arima/estimation/arima-order.ts';
import { fitArima } from '#models/families/arima/estimation/fit-arima.ts';
import { forecastArima } from '#models/families/arima/forecast/forecast-arima.ts';
import { autoArima } from '#models/families/arima/search/auto-arima.ts';
import { cpuSecondsSince } from '../cpu-seconds.ts';
import { compareFits, type AgreementRow, type Answer, type Ours } from './compare-fits.ts';

const SEASON = 24;

interface ArimaAnswer extends Answer {
  readonly order: ArimaOrder;
  readonly aicc: number;
}

/** A line of what reference-arima.py and reference-arima.R write. */
interface Row {
  readonly id: string;
  readonly order: readonly [number, number, number, number, number, number];
  readonly constant: boolean;
  readonly loglik: number;
  readonly aicc: number;
  readonly pred: readonly number[];
  readonly seconds: number;
}

function answerOf(line: string): ArimaAnswer {
  const row = JSON.parse(line) as Row;
  const [p, d, q, seasonalP, seasonalD, seasonalQ] = row.order;
  const { constant } = row;
  const order = { p, d, q, seasonalP, seasonalD, seasonalQ, season: SEASON, constant };
  const { id: name, loglik: fit, pred: forecast, seconds, aicc } = row;
  return { name, form: orderText(order), order, fit, aicc, forecast, seconds };
}

/**
 * Prints and returns how AutoARIMA agrees with a reference's, on the series of its file; also how often the
 * criterion that both minimise is lower here by more than 0.1, and there, and how often the
 * differences taken are the same.
 */
export function compareArima(
  file: string,
  series: ReadonlyMap<string, Float64Array>,
): AgreementRow {
  const answers = readFileSync(file, 'utf8').trim().split('\n').map(answerOf);
  let [lower, higher, differences] = [0, 0, 0];
  let byHand = 0;
  const row = compareFits(
    `AutoARIMA – ${basename(file)}`,
    answers,
    ({ name, order, aicc, forecast }): Ours => {
      const values = series.get(name)!;
      const started = process.cpuUsage();
      const found = autoArima(values, { season: SEASON })!;
      const seconds = cpuSecondsSince(started);
      const same = fitArima(values, order);
      if (found.order.d === order.d && found.order.seasonalD === order.seasonalD) {
        differences++;
        if (found.aicc < aicc - 0.1) lower++;
        if (found.aicc > aicc + 0.1) higher++;
      }
      if (same !== null && !Number.isFinite(same.aicc)) byHand++;
      return {
        form: orderText(found.order),
        fit: found.logLikelihood,
        fitOfSameForm: same?.logLikelihood ?? -Infinity,
        forecast: [...forecastArima(found, values, forecast.length)],
        seconds,
      };
    },
  );
  console.log(
    `  same differences ${differences}; of these AICc lower here ${lower}, there ${higher}; their order refused here ${byHand}`,
  );
  return row;
}
