/**
 * Rolling windows over the last tenth of Bitbrains rnd as in GIFT-Eval (48 steps: 18 windows; 480
 * and 720: 2 each), through what `foreprint forecast` calls, beside seasonal naive, the plain
 * quantile mixture and the learned pool as it is on the same windows.
 *
 *   npm run bench:bitbrains -- [--months 2013-08,2013-09] [--resources cpu,memory,disk,network] [--horizons 48,480,720]
 *     [--every N] [--offset K] [--out DIR] [--workers W] [--part MACHINES] [--models] [--data DIR]
 *
 * Of every N machines the K-th. Forecasts are kept in DIR, so many machines a file: a run that was
 * interrupted goes on where it was, and one with other code needs another DIR. The pool of learned
 * shares has seen three of four machines: `--every 4 --offset 3` are the others.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { SeriesFile } from '#adapters/local/series/series-file.ts';
import { readTrace } from '#adapters/local/traces/read-trace.ts';
import type { TraceApplication } from '#adapters/local/traces/trace.ts';
import { resourceList } from '#cli/options/option-types.ts';
import { SILENT_PROGRESS } from '#cli/progress/progress.ts';
import { forecastFile } from '#cli/work/forecast-file.ts';
import type { Resource } from '#core/domain/footprint.ts';
import { machinePool } from '#models/families/pool/learned-pool.ts';
import { quantileMixtureEqual } from '#models/families/trailing-window/quantile-mixture.ts';
import { cpuSecondsSince } from '../cpu-seconds.ts';
import { benchArguments, renewTable } from '../write-table.ts';
import {
  addRollingLoss,
  DECILES,
  measuredPart,
  rawForecast,
  RULES,
  type PastForecast,
  type WindowRule,
} from './rolling-loss.ts';
import { scoreForecasts } from './score-forecasts.ts';
import { seasonalNaiveNormal } from './seasonal-naive-normal.ts';

/**
 * The deciles for the loss, the others for the coverage; all of them are what `forecast` trains
 * anyway.
 */
const LEVELS = [0.025, ...DECILES, 0.975];
const DAY_STEPS = 288;

const { values: given } = parseArgs({
  args: [...benchArguments],
  options: {
    months: { type: 'string', default: '2013-08,2013-09' },
    resources: { type: 'string', default: 'cpu' },
    horizons: { type: 'string', default: '48,480,720' },
    every: { type: 'string', default: '1' },
    offset: { type: 'string', default: '0' },
    out: { type: 'string', default: '.cache/bitbrains' },
    workers: { type: 'string' },
    part: { type: 'string', default: '10' },
    models: { type: 'boolean', default: false },
    data: { type: 'string', default: '../shared/data/bitbrains-rnd' },
  },
});

/** One machine's use of one resource, with its place in the month's file. */
interface Machine {
  readonly id: string;
  readonly index: number;
  /** From the first measured value to the last. */
  readonly values: Float64Array;
  readonly startSeconds: number;
}

interface Part {
  readonly month: string;
  readonly resource: Resource;
  readonly rule: WindowRule;
  readonly machines: readonly Machine[];
}

/** A day has to lie before the first window. */
function machinesOf(
  applications: readonly TraceApplication[],
  resource: Resource,
  { horizon, windows }: WindowRule,
): readonly Machine[] {
  return applications
    .map(({ applicationId: id, window }, index) => {
      const all = window.values[resource];
      const values = measuredPart(all);
      const first = (values.byteOffset - all.byteOffset) / Float64Array.BYTES_PER_ELEMENT;
      return { id, index, values, startSeconds: window.startSeconds + first * window.stepSeconds };
    })
    .filter(({ index }) => index % Number(given.every) === Number(given.offset))
    .filter(({ values }) => values.length >= horizon * windows + DAY_STEPS);
}

/** The machines as the file that `foreprint forecast` would read. */
function seriesFile(machines: readonly Machine[]): SeriesFile {
  const rows = machines.flatMap(({ values, startSeconds }, index) =>
    Array.from(values, (y, step) => ({ index, ds: startSeconds + step * 300, y })),
  );
  return {
    source: 'bitbrains',
    dsKind: 'time',
    ids: machines.map(({ id }) => id),
    idIndex: Int32Array.from(rows, ({ index }) => index),
    ds: Float64Array.from(rows, ({ ds }) => ds),
    dsText: rows.map(() => '2013-08-12T13:40:00'),
    y: Float64Array.from(rows, ({ y }) => y),
  };
}

/** Forecasts some machines unless that was done before. */
async function forecastPart({ month, resource, rule, machines }: Part) {
  const { horizon, windows } = rule;
  const numbers = machines.map(({ index }) => index).join('-');
  const out = join(given.out, `${month}-${resource}-${horizon}`, `${numbers}.parquet`);
  if (existsSync(out)) return { out, seconds: 0, cpuSeconds: 0 };
  const [started, cpu] = [performance.now(), process.cpuUsage()];
  await forecastFile(seriesFile(machines), {
    horizon,
    windows,
    refit: 1,
    levels: LEVELS,
    seasons: undefined,
    out,
    ...(given.workers !== undefined && { workers: Number(given.workers) }),
    signal: new AbortController().signal,
    progress: SILENT_PROGRESS,
  });
  const seconds = (performance.now() - started) / 1000;
  return { out, seconds, cpuSeconds: cpuSecondsSince(cpu) };
}

function baseline(forecast: PastForecast, machines: readonly Machine[], rule: WindowRule): number {
  const sums = { loss: 0, absolute: 0 };
  for (const { values } of machines) addRollingLoss(sums, values, forecast, rule);
  return sums.loss / sums.absolute;
}

/** In which share of the windows a family is part of the model. */
function familyShares(models: readonly (readonly [string, number])[]): string {
  const windows = new Map<string, number>();
  let all = 0;
  for (const [model, count] of models) {
    all += count;
    for (const family of new Set(model.split(/[+&]/))) {
      windows.set(family, (windows.get(family) ?? 0) + count);
    }
  }
  const most = [...windows].sort((a, b) => b[1] - a[1]);
  return most.map(([family, count]) => `  ${family}: ${percent(count / all)}`).join('\n');
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

async function runRule(
  month: string,
  resource: Resource,
  { rule, applications }: RuleRun,
): Promise<void> {
  const machines = machinesOf(applications, resource, rule);
  const files: string[] = [];
  let [seconds, cpuSeconds] = [0, 0];
  for (let from = 0; from < machines.length; from += Number(given.part)) {
    const part = machines.slice(from, from + Number(given.part));
    const done = await forecastPart({ month, resource, rule, machines: part });
    files.push(done.out);
    seconds += done.seconds;
    cpuSeconds += done.cpuSeconds;
    const reached = Math.min(machines.length, from + Number(given.part));
    if (process.stderr.isTTY) process.stderr.write(`\r${reached} of ${machines.length} machines `);
  }
  const score = await scoreForecasts(files);
  const naive = baseline(seasonalNaiveNormal, machines, rule);
  const mixture = baseline(rawForecast(quantileMixtureEqual, 1), machines, rule);
  const pool = baseline(rawForecast(machinePool, 1), machines, rule);
  const cells = [
    month,
    resource.padEnd(8),
    String(rule.horizon).padStart(7),
    String(rule.windows).padStart(7),
    String(machines.length).padStart(8),
    naive.toFixed(3).padStart(14),
    mixture.toFixed(3).padStart(16),
    pool.toFixed(3).padStart(12),
    (score.loss / score.absolute).toFixed(3).padStart(9),
    percent(score.inside80),
    percent(score.inside95),
    percent(score.untied80).padStart(9),
    `${seconds.toFixed(0)} s`.padStart(7),
    `${cpuSeconds.toFixed(0)} s`.padStart(7),
  ];
  console.log(`| ${cells.join(' | ')} |`);
  rows.push(Object.fromEntries(head.map((name, k) => [name.trim(), cells[k]!.trim()])));
  if (given.models) console.log(familyShares(score.models));
}

interface RuleRun {
  readonly rule: WindowRule;
  readonly applications: readonly TraceApplication[];
}

const head = [
  'month  ',
  'resource',
  'horizon',
  'windows',
  'machines',
  'seasonal naive',
  'quantile mixture',
  'learned pool',
  'Foreprint',
  '80 %  ',
  '95 %  ',
  '80 untied',
  '   time',
  '    CPU',
];
console.log(`| ${head.join(' | ')} |`);
console.log(`| ${head.map((cell) => '-'.repeat(cell.length)).join(' | ')} |`);
const rows: Record<string, string>[] = [];
const horizons = given.horizons.split(',').map(Number);
const resources = resourceList.parse(given.resources);
for (const month of given.months.split(',')) {
  const { applications } = await readTrace([join(given.data, `${month}.parquet`)]);
  for (const resource of resources) {
    for (const rule of RULES.filter(({ horizon }) => horizons.includes(horizon))) {
      await runRule(month, resource, { rule, applications });
    }
  }
}
const tableName = given.resources === 'cpu' ? 'bitbrains-cpu' : 'bitbrains-other-resources';
await renewTable('forecasting', tableName, rows);
