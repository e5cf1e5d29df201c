/**
 * What one application costs: CPU of its complete training (four resources, 30 days at 5 minutes,
 * all families and their averages, cross-validation, calibration, export), the share of each
 * family, the size of its model files; and how long each family's file takes in ONNX Runtime for
 * the next 48 hours.
 *
 *   npm run bench:training -- [--months 2013-08,2013-09] [--every 10] [--offset 3] [--samples 1,2,3] [--data DIR] [--write]
 *
 * Machines of Bitbrains rnd (of every N the K-th) and all twenty applications of sample fleets with
 * these seeds. One thread; CPU time includes what V8 does beside it. The first application of a
 * process also compiles the code: it is told apart.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readTrace } from '#adapters/local/traces/read-trace.ts';
import { RESOURCE_UNITS, RESOURCES, type FootprintWindow } from '#core/domain/footprint.ts';
import { DEFAULT_SETTINGS } from '#core/domain/settings/settings.ts';
import { modelName } from '#core/text/model-name.ts';
import { networkFamilies } from '#core/training/network-families.ts';
import { SAMPLE_START_SECONDS } from '#evaluation/sample-fleet/sample-defaults.ts';
import { createSampleFleet } from '#evaluation/sample-fleet/sample-fleet.ts';
import type { ModelFamily } from '#models/contract/forecast-model.ts';
import { DEFAULT_FAMILIES, trainModel } from '#models/selection/train-model.ts';
import { cpuSecondsSince } from '../cpu-seconds.ts';
import { benchArguments, renewTable } from '../write-table.ts';
import { printInferenceTimes } from './inference-time.ts';
import { timedFamilies, type FamilyTimes } from './time-families.ts';

const DAYS = 30;
/** Of so many applications one is trained again to see what its time goes to. */
const EVERY_SHARE = 5;

const { values: given } = parseArgs({
  args: [...benchArguments],
  options: {
    months: { type: 'string', default: '2013-08,2013-09' },
    every: { type: 'string', default: '10' },
    offset: { type: 'string', default: '3' },
    samples: { type: 'string', default: '1' },
    data: { type: 'string', default: '../shared/data/bitbrains-rnd' },
  },
});
const { training, stepSeconds } = DEFAULT_SETTINGS;
const { context, horizon, levels, origins } = training;
const ownNetwork = { seed: training.network.seed };
const shape = { stepSeconds, context, horizon, levels };

interface Trained {
  readonly id: string;
  readonly cpuSeconds: number;
  readonly files: readonly { readonly bytes: number; readonly model: string }[];
}

/** @param wrap what is done with the families and networks before they are trained. */
async function trainApplication(
  id: string,
  { startSeconds, values }: FootprintWindow,
  wrap: (families: readonly ModelFamily[]) => readonly ModelFamily[] = (families) => families,
): Promise<Trained> {
  const used = process.cpuUsage();
  const files: Trained['files'][number][] = [];
  for (const resource of RESOURCES) {
    const series = { startSeconds, stepSeconds, values: values[resource] };
    const networks = await networkFamilies({ series, shape, ownNetwork });
    const families = wrap([...DEFAULT_FAMILIES, ...networks]);
    const options = { resource, unit: RESOURCE_UNITS[resource], origins, families };
    const result = trainModel(series, shape, options);
    if (result.kind === 'too-little-data') continue;
    files.push({ bytes: result.onnx.length, model: modelName(result.composition) });
  }
  return { id, cpuSeconds: cpuSecondsSince(used), files };
}

async function trainAll(
  applications: readonly (readonly [string, FootprintWindow])[],
): Promise<readonly Trained[]> {
  const trained: Trained[] = [];
  for (const [id, window] of applications) trained.push(await trainApplication(id, window));
  return trained;
}

const sorted = (values: readonly number[]): number[] => values.toSorted((a, b) => a - b);
const median = (values: readonly number[]): number => sorted(values)[values.length >> 1]!;

/** Prints what a group of applications takes, and returns it as a row of a table. */
function printGroup(title: string, all: readonly Trained[]) {
  const seconds = all.map(({ cpuSeconds }) => cpuSeconds);
  const worst = all.toSorted((a, b) => a.cpuSeconds - b.cpuSeconds).at(-1)!;
  const files = all.flatMap((one) => one.files);
  const largest = files.toSorted((a, b) => a.bytes - b.bytes).at(-1)!;
  const kilobytes = median(files.map(({ bytes }) => bytes)) / 1000;
  console.log(
    `| ${title.padEnd(20)} | ${String(all.length).padStart(3)} | ${median(seconds).toFixed(2)} s | ` +
      `${worst.cpuSeconds.toFixed(2)} s (${worst.id}) | ${kilobytes.toFixed(0)} kB | ` +
      `${(largest.bytes / 1000).toFixed(0)} kB (${largest.model}) |`,
  );
  return {
    applications: title,
    n: all.length,
    'median, s': median(seconds).toFixed(2),
    'worst, s': worst.cpuSeconds.toFixed(2),
    'median file': `${kilobytes.toFixed(0)} kB`,
    'largest file': `${(largest.bytes / 1000).toFixed(0)} kB`,
  };
}

async function bitbrains(month: string): Promise<readonly [string, FootprintWindow][]> {
  const { applications } = await readTrace([join(given.data, `${month}.parquet`)]);
  return applications
    .filter((_, k) => k % Number(given.every) === Number(given.offset))
    .map(({ applicationId, window }) => [applicationId, window] as const);
}

function sample(seed: number): readonly (readonly [string, FootprintWindow])[] {
  const fleet = createSampleFleet({ seed, startSeconds: SAMPLE_START_SECONDS, days: DAYS });
  return fleet.applications.map(({ applicationId, window }) => [applicationId, window] as const);
}

const [first] = sample(1);
const cold = await trainApplication(...first!);
console.log(`first application of the process: ${cold.cpuSeconds.toFixed(2)} s of CPU\n`);

console.log('| applications         |   n | median | worst | median file | largest file |');
console.log('| -------------------- | --: | -----: | ----: | ----------: | -----------: |');
const groups = [
  ...given.months
    .split(',')
    .map((month) => [`Bitbrains ${month}`, () => bitbrains(month)] as const),
  ...given.samples
    .split(',')
    .map((seed) => [`sample, seed ${seed}`, () => sample(Number(seed))] as const),
];
const some: (readonly [string, FootprintWindow])[] = [];
const rows: ReturnType<typeof printGroup>[] = [];
for (const [title, read] of groups) {
  const applications = await read();
  some.push(...applications.filter((_, k) => k % EVERY_SHARE === 0));
  rows.push(printGroup(title, await trainAll(applications)));
}
await renewTable('speed', 'training', rows);

// Trained again, as asking for the time at every call is not free.
const times: FamilyTimes = new Map();
let total = 0;
for (const [id, window] of some) {
  const one = await trainApplication(id, window, (families) => timedFamilies(families, times));
  total += one.cpuSeconds;
}
console.log('\n| family | share of the CPU |');
console.log('| ------ | ---------------: |');
const percent = (seconds: number): string => `${((100 * seconds) / total).toFixed(1)} %`;
const families = [...times].toSorted(([, a], [, b]) => b - a);
for (const [name, seconds] of families) console.log(`| ${name} | ${percent(seconds)} |`);
const inFamilies = families.reduce((sum, [, seconds]) => sum + seconds, 0);
console.log(
  `| scores, averages, calibration, export, training of the network, garbage | ${percent(total - inFamilies)} |\n`,
);
await printInferenceTimes();
