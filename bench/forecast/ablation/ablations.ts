/**
 * What calibration, averages, networks and clusters each bring: CPU of Bitbrains rnd, models of the product's own shape (a day
 * ahead) trained on the first nine tenths of a month, forecasts every four hours of the last tenth.
 *
 *   npm run bench:ablations -- [--months 2013-09,2013-08] [--every 8] [--offset 3] [--parts newcomers,own] [--data DIR]
 *
 * The shares of the learned pool come from the machines whose number leaves 0, 1 or 2 when divided by four, the windows of
 * mixtures and the rules of selection from August: `--every 8 --offset 3` (or 7) in September is data that nothing was
 * chosen on. Networks and clusters see what lies before the last tenth.
 */
import { parseArgs } from 'node:util';
import { ablateNewcomers, AGES_HOURS } from './ablate-newcomers.ts';
import { ablateOwnModels } from './ablate-own-models.ts';
import { readFleet } from './ablation-fleet.ts';
import { tallyRow, type ForecastTally } from '../forecast-tally.ts';

const { values: given } = parseArgs({
  options: {
    months: { type: 'string', default: '2013-09,2013-08' },
    every: { type: 'string', default: '8' },
    offset: { type: 'string', default: '3' },
    parts: { type: 'string', default: 'newcomers,own' },
    data: { type: 'string', default: '../shared/data/bitbrains-rnd' },
  },
});

function print(title: string, tallies: ReadonlyMap<string, ForecastTally>): void {
  console.log(`\n| ${title.padEnd(44)} | loss  | 80 %   |`);
  console.log(`| ${'-'.repeat(44)} | ----: | -----: |`);
  for (const [name, tally] of tallies) console.log(tallyRow(name, tally));
}

/** Loss and coverage of the 80 % interval by how long a newcomer has been measured. */
function printAges(
  title: string,
  tallies: ReadonlyMap<string, ReadonlyMap<number, ForecastTally>>,
): void {
  const ages = AGES_HOURS.map((hours) => `${hours} h`.padStart(13));
  console.log(`\n| ${title.padEnd(44)} | ${ages.join(' | ')} |`);
  console.log(`| ${'-'.repeat(44)} | ${ages.map(() => '------------:').join(' | ')} |`);
  for (const [way, byAge] of tallies) {
    const cells = AGES_HOURS.map((hours) => {
      const { loss, absolute, inside80, points } = byAge.get(hours)!;
      return `${(loss / absolute).toFixed(3)}, ${((100 * inside80) / points).toFixed(1)} %`;
    });
    console.log(`| ${way.padEnd(44)} | ${cells.map((cell) => cell.padStart(13)).join(' | ')} |`);
  }
}

for (const month of given.months.split(',')) {
  const [every, offset] = [Number(given.every), Number(given.offset)];
  const fleet = await readFleet({ data: given.data, month, every, offset });
  const what = `${month}, ${fleet.machines.length} machines`;
  const parts = given.parts.split(',');
  if (parts.includes('newcomers')) printAges(`${what}: newcomers`, await ablateNewcomers(fleet));
  if (parts.includes('own')) print(`${what}: own models`, await ablateOwnModels(fleet));
}
