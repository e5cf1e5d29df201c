import { benchArguments, renewTable } from '#bench/write-table.ts';
import type { ModelFamily } from '#models/contract/forecast-model.ts';
import { DEFAULT_FAMILIES, trainModel } from '#models/selection/train-model.ts';
import { readSeries } from '#test/models/read-m4.ts';
import type { M4Totals, M4Window } from './m4-scores.ts';
import { addScores, naive2, noTotals, mase, smape } from './m4-scores.ts';

/**
 * M4 hourly, 48 hours ahead: every candidate on its own and the product, which selects among them.
 *
 *   npx tsx bench/forecast/m4/m4-hourly.ts [--held-out HOURS] [--every N] [--skip FAMILY] [DIRECTORY]
 *
 * With --held-out 48, 96, … the 48 hours that begin so long before the end of the training part are
 * forecast instead of the test part: for development. With --every N only every N-th series, with
 * --skip one family less (ARIMA takes ten times as long as all others together).
 */
const HORIZON = 48;
const SEASON = 24;
const LEVELS = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];
const SHAPE = {
  stepSeconds: 3600,
  context: 192,
  horizon: HORIZON,
  levels: LEVELS,
  seasons: [SEASON, 168],
};
const START_SECONDS = Date.UTC(2015, 0, 1) / 1000;

const given = benchArguments;
const numberAfter = (flag: string, otherwise: number): number =>
  given.includes(flag) ? Number(given[given.indexOf(flag) + 1]) : otherwise;
const heldOut = numberAfter('--held-out', 0);
const every = numberAfter('--every', 1);
const skipped = given.includes('--skip') ? given[given.indexOf('--skip') + 1] : undefined;
const families = DEFAULT_FAMILIES.filter(({ name }) => name !== skipped);
const directory = given.find((part) => part.includes('/')) ?? '../shared/data/m4-hourly';

function windows(): M4Window[] {
  const train = readSeries(`${directory}/train.csv.gz`);
  const test = readSeries(`${directory}/test.csv`);
  return [...train]
    .filter((_, k) => k % every === 0)
    .map(([name, values]) => {
      if (heldOut === 0) return { known: values, actual: test.get(name)!, season: SEASON };
      const end = values.length - heldOut;
      const actual = values.slice(end, end + HORIZON);
      return { known: values.slice(0, end), actual, season: SEASON };
    });
}

function scoreOf(families: readonly ModelFamily[], all: readonly M4Window[]) {
  const totals = noTotals();
  const chosen = new Map<string, number>();
  const started = performance.now();
  for (const window of all) {
    const { known } = window;
    const series = { startSeconds: START_SECONDS, stepSeconds: 3600, values: known };
    const options = { resource: 'y', unit: '', origins: 16, families };
    const trained = trainModel(series, SHAPE, options);
    if (trained.kind === 'too-little-data') continue;
    const { model } = trained;
    chosen.set(model.name, (chosen.get(model.name) ?? 0) + 1);
    const history = known.slice(known.length - model.shape.context);
    const origin = START_SECONDS + known.length * 3600;
    addScores(totals, window, { quantiles: model.forecast(history, origin), levels: LEVELS });
  }
  totals.seconds = (performance.now() - started) / 1000;
  return { totals, chosen };
}

const all = windows();
const yardstick = { smape: 0, mase: 0 };
for (const window of all) {
  const point = naive2(window);
  yardstick.smape += smape(window.actual, point);
  yardstick.mase += mase(window, point);
}

const rows: Record<string, string | number>[] = [];

function print(name: string, totals: M4Totals): void {
  const owa = (totals.smape / yardstick.smape + totals.mase / yardstick.mase) / 2;
  const columns = [
    name.padEnd(32),
    owa.toFixed(3),
    (totals.smape / totals.series).toFixed(2).padStart(6),
    (totals.mase / totals.series).toFixed(3),
    (totals.pinball / totals.size / LEVELS.length).toFixed(4),
    `${((100 * totals.inside80) / totals.points).toFixed(1)} %`,
    `${((1000 * totals.seconds) / totals.series).toFixed(0)} ms`,
  ];
  console.log(columns.join('  '));
  const [, , , , loss, covers] = columns;
  rows.push({
    model: name,
    OWA: Number(owa.toFixed(3)),
    sMAPE: Number((totals.smape / totals.series).toFixed(2)),
    MASE: Number((totals.mase / totals.series).toFixed(3)),
    loss: Number(loss),
    '80 % covers': covers!,
  });
}

console.log(
  `${all.length} series, ${heldOut === 0 ? 'test part' : `${heldOut} hours before the end of the training part`}`,
);
console.log(`${'model'.padEnd(32)}  OWA    sMAPE   MASE   loss    80 %    per series`);
for (const family of families) print(family.name, scoreOf([family], all).totals);
const product = scoreOf(families, all);
print('selected', product.totals);
for (const [name, count] of [...product.chosen].sort((a, b) => b[1] - a[1])) {
  console.log(`  ${name}: ${count}`);
}
if (heldOut === 0 && every === 1) await renewTable('forecasting', 'm4-hourly', rows);
