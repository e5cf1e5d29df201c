/**
 * What calibration, averages, networks and clusters each bring: CPU of Bitbrains rnd, models of the product's own shape (a day
 * ahead) trained on the first nine tenths of a month, forecasts every four hours of the last tenth.
 *
 *   npm run bench:ablations -- [--months 2013-09,2013-08] [--every 8] [--offset 3] [--data DIR]
 *
 * The shares of the learned pool come from the machines whose number leaves 0, 1 or 2 when divided by four, the windows of
 * mixtures and the rules of selection from August: `--every 8 --offset 3` (or 7) in September is data that nothing was
 * chosen on. Networks and clusters see what lies before the last tenth.
 */
import { parseArgs } from 'node:util';
import { ablateNewcomers } from './ablate-newcomers.ts';
import { ablateOwnModels } from './ablate-own-models.ts';
import { readFleet } from './ablation-fleet.ts';
import { tallyRow, type ForecastTally } from './forecast-tally.ts';

const { values: given } = parseArgs({
  options: {
    months: { type: 'string', default: '2013-09,2013-08' },
    every: { type: 'string', default: '8' },
    offset: { type: 'string', default: '3' },
    data: { type: 'string', default: '../shared/data/bitbrains-rnd' },
  },
});

function print(title: string, tallies: ReadonlyMap<string, ForecastTally>): void {
  console.log(`\n| ${title.padEnd(44)} | loss  | 80 %   |`);
  console.log(`| ${'-'.repeat(44)} | ----: | -----: |`);
  for (const [name, tally] of tallies) console.log(tallyRow(name, tally));
}

for (const month of given.months.split(',')) {
  const [every, offset] = [Number(given.every), Number(given.offset)];
  const fleet = await readFleet({ data: given.data, month, every, offset });
  const what = `${month}, ${fleet.machines.length} machines`;
  print(`${what}: newcomers, a day of history`, await ablateNewcomers(fleet));
  print(`${what}: own models`, await ablateOwnModels(fleet));
}
