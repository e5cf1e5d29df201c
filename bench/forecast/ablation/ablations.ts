/**
 * What each candidate, averages, calibration and networks bring.
 *
 *   npm run bench:ablations -- [--parts families,own] [--traces NAME,…] [--half 0|1] [--variants REGEX]
 *                              [--months 2013-09,2013-08] [--every 8] [--offset 3] [--data DIR] [--write]
 *
 * Part "families": CPU of all traces, the first nine tenths learned, forecasts every four hours
 * (M4: every twelve) of the last tenth; with --half only every other series. Part "own": Bitbrains
 * alone, the K-th of every N machines. Newcomers are in `bench:newcomers`.
 *
 * The shares of the learned pool come from the machines whose number leaves 0, 1 or 2 when divided
 * by four, the rules of selection from August. Networks see what lies before the last tenth. With
 * --write, "own" renews its table in docs/benchmarks/forecasting.md.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { benchArguments, renewTable } from '#bench/write-table.ts';
import { networkFamilies } from '#core/training/network-families.ts';
import { tallyRow, type ForecastTally } from '../forecast-tally.ts';
import { ablateFamilies, type FamiliesOf } from './ablate-families.ts';
import { ablateOwnModels } from './ablate-own-models.ts';
import { readFleet } from './ablation-fleet.ts';
import { ablationTraces } from './ablation-traces.ts';
import { chosenTable, familyTable, REFERENCE, type TraceScores } from './family-table.ts';
import { ABLATED_FAMILIES, familyVariants } from './family-variants.ts';

const { values: given } = parseArgs({
  args: [...benchArguments],
  options: {
    months: { type: 'string', default: '2013-09,2013-08' },
    every: { type: 'string', default: '8' },
    offset: { type: 'string', default: '3' },
    parts: { type: 'string', default: 'families' },
    traces: { type: 'string' },
    half: { type: 'string' },
    variants: { type: 'string', default: '' },
    data: { type: 'string', default: '../shared/data' },
  },
});

function print(title: string, tallies: ReadonlyMap<string, ForecastTally>): void {
  console.log(`\n| ${title.padEnd(44)} | loss  | 80 %   |`);
  console.log(`| ${'-'.repeat(44)} | ----: | -----: |`);
  for (const [name, tally] of tallies) console.log(tallyRow(name, tally));
}

/** Of the networks of single applications. */
const SEED = 1;

/**
 * Prints one row per set of candidates: pooled loss, typical series, cross-validation, the last two
 * against all candidates.
 */
async function families(): Promise<void> {
  const wantedVariant = new RegExp(given.variants);
  const variants = familyVariants().filter(
    ({ name }) => name === REFERENCE || wantedVariant.test(name),
  );
  const wanted = given.traces?.split(',');
  const found = new Map<string, TraceScores>();
  for (const [name, read] of ablationTraces(given.data)) {
    if (wanted?.includes(name) === false) continue;
    const trace = { name, ...(await read()) };
    const series = trace.series.filter((_, k) => !given.half || k % 2 === Number(given.half));
    const started = performance.now();
    const scores: TraceScores[number][] = [];
    for (const one of series) {
      const familiesOf: FamiliesOf = async (known, { shape }) => {
        const job = { series: known, shape, ownNetwork: { seed: SEED } };
        return [...ABLATED_FAMILIES, ...(await networkFamilies(job))];
      };
      const score = await ablateFamilies(one, trace, { familiesOf, variants });
      if (score !== null) scores.push(score);
    }
    found.set(name, scores);
    const seconds = ((performance.now() - started) / 1000).toFixed(0);
    console.error(`${name}: ${scores.length} series in ${seconds} s`);
  }
  const names = variants.map(({ name }) => name);
  console.log([...familyTable(found, names), '', ...chosenTable(found)].join('\n'));
}

/** Rows of the tables, by what they are about: own models have a column per month. */
const ownRows = new Map<string, Record<string, string>>();

function addOwn(month: string, tallies: ReadonlyMap<string, ForecastTally>): void {
  for (const [name, { loss, absolute, inside80, points }] of tallies) {
    const row = ownRows.get(name) ?? { 'own models': name };
    row[month] = (loss / absolute).toFixed(3);
    row[`${month}, 80 % covers`] = `${((100 * inside80) / points).toFixed(1)} %`;
    ownRows.set(name, row);
  }
}

const parts = given.parts.split(',');
if (parts.includes('families')) await families();
for (const month of given.months.split(',')) {
  if (!parts.includes('own')) break;
  const [every, offset] = [Number(given.every), Number(given.offset)];
  const data = join(given.data, 'bitbrains-rnd');
  const fleet = await readFleet({ data, month, every, offset });
  const what = `${month}, ${fleet.machines.length} machines`;
  const tallies = await ablateOwnModels(fleet);
  print(`${what}: own models`, tallies);
  addOwn(month, tallies);
}
if (ownRows.size > 0) await renewTable('forecasting', 'ablations', [...ownRows.values()]);
