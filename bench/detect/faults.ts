import { join } from 'node:path';
import { readTrace } from '#adapters/local/traces/read-trace.ts';
import { createRandom } from '#core/domain/random.ts';
import { benchArguments, renewTable } from '../write-table.ts';
import { hourOfWeekBand, sigmaRule, type RowRule } from './baseline-alarms.ts';
import { countFound, type FaultResult } from './count-found.ts';
import {
  foreprintAlarms,
  baselineAlarms,
  baselineDistances,
  type Distances,
  type FaultAlarm,
} from './fault-alarms.ts';
import { isBusy } from './faulty-files.ts';
import { FAULT_KINDS, FAULTS_WANTED, FAULTS_PER_APPLICATION, inject } from './injected-faults.ts';

const BASELINES: Readonly<Record<string, () => RowRule>> = {
  'hour of week': hourOfWeekBand,
  'last week': sigmaRule,
};
/** Besides the k that gives as many false incidents as Foreprint's. */
const USUAL_K = [2, 3];
const LARGEST_K = 1e4;

const month = benchArguments[0] ?? '2013-09';
const file = join(import.meta.dirname, `../../../shared/data/bitbrains-rnd/${month}.parquet`);
const { applications } = await readTrace([file]);
const random = createRandom(7);
const spoilt = applications
  .filter(({ window }) => isBusy(window.values.cpu))
  .slice(0, FAULTS_WANTED / FAULTS_PER_APPLICATION)
  .map(({ window }, k) => inject(window, k, random));
const table: Record<string, string | number>[] = [];

const own = spoilt.map(({ window }) => foreprintAlarms(window));
const all = report('Foreprint, warnings and pages', (k) => own[k]!.all);
const pages = report('Foreprint, pages only', (k) => own[k]!.pages);
for (const [name, create] of Object.entries(BASELINES)) {
  const distances = spoilt.map(({ window }) => baselineDistances(window, create));
  for (const k of USUAL_K) {
    report(`${name} ± ${k} deviations`, (application) =>
      baselineAlarms(distances[application]!, k),
    );
  }
  for (const { falsePerWeek } of [all, pages]) {
    const k = asCalm(distances, falsePerWeek);
    const title = `${name} ± ${k.toPrecision(3)}: as many as Foreprint`;
    report(title, (application) => baselineAlarms(distances[application]!, k));
  }
}
console.table(table);
await renewTable('detection', `faults-${month}`, table);

function found(alarmsOf: (application: number) => readonly FaultAlarm[]): FaultResult {
  return countFound(spoilt.map((application, k) => ({ ...application, alarms: alarmsOf(k) })));
}

/** The smallest k at which a rule gives no more false incidents than so many. */
function asCalm(distances: readonly Distances[], falsePerWeek: number): number {
  let [low, high] = [1, LARGEST_K];
  while (high / low > 1.01) {
    const middle = Math.sqrt(low * high);
    const result = found((application) => baselineAlarms(distances[application]!, middle));
    if (result.falsePerWeek <= falsePerWeek) high = middle;
    else low = middle;
  }
  return high;
}

function report(
  detector: string,
  alarmsOf: (application: number) => readonly FaultAlarm[],
): FaultResult {
  const result = found(alarmsOf);
  const row: Record<string, string | number> = {
    detector,
    'false per application and week': Number(result.falsePerWeek.toFixed(2)),
    found: [...result.delays.values()].reduce((sum, delays) => sum + delays.length, 0),
  };
  for (const kind of FAULT_KINDS) {
    const delays = [...result.delays.get(kind)!].sort((a, b) => a - b);
    const median = delays[delays.length >> 1];
    const count = `${delays.length} of ${result.asked.get(kind)}`;
    row[kind] = median === undefined ? count : `${count} (${median})`;
  }
  table.push(row);
  return result;
}
