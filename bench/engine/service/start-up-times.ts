/**
 * Where forecasting pays: Foreprint beside target tracking at 70 % and the oracle by the time that
 * an instance takes to start, objective 85 %, use that ends at the capacity.
 * `npm run bench:start-up -- [TRACE…] [--minutes 1,2,5,10,20] [--by-minute] [--days N] [--most N]`:
 * of the stream, the web site and the pools where none is named; with --by-minute on the traces
 * with a step of a minute; only the first N days (the first week is not counted) of the first N
 * applications. A start-up is a whole number of steps. With --write the table of each trace in
 * docs/benchmarks/engine.md is renewed.
 */
import { parseArgs } from 'node:util';
import { numberList } from '#cli/options/option-types.ts';
import { ALL_BASELINES } from '#evaluation/baselines/all-baselines.ts';
import { targetTracking } from '#evaluation/baselines/target-tracking.ts';
import { leastAt } from '#evaluation/replay/compare-frontiers.ts';
import type { ReplayResult } from '#evaluation/replay/replay-result.ts';
import { besideTracking } from '#evaluation/service/beside-tracking.ts';
import type { Cell } from '#scripts/marked-table.ts';
import { benchArguments, renewTable } from '../../write-table.ts';
import { digits } from './digits.ts';
import { chosenTraces, replayTrace } from './traces.ts';

const minuteList = numberList('minutes above 0', (minutes) => minutes > 0);

const { positionals, values: given } = parseArgs({
  args: [...benchArguments],
  options: {
    minutes: { type: 'string', default: '1,2,5,10,20' },
    'by-minute': { type: 'boolean', default: false },
    days: { type: 'string' },
    most: { type: 'string' },
  },
  allowPositionals: true,
});
const isByMinute = given['by-minute'];
const QUANTILES = [0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 0.995];
/** What others do at their own settings, swept along their knobs. */
const RIVALS = ['target-tracking-70', 'aws-like-predictive', 'last-week', 'chameleon-like'];
const baselines = ALL_BASELINES.filter(
  ({ name }) => RIVALS.includes(name) || name === 'oracle',
).map(({ name, sweep }) => ({ name, knobs: RIVALS.includes(name) ? sweep : [] }));

const named = positionals.length > 0 ? positionals : ['stream', 'web', 'pools'];
for (const trace of chosenTraces(named)) {
  if (isByMinute && trace.minuteFile === undefined) continue;
  const rows: Record<string, Cell>[] = [];
  for (const minutes of minuteList.parse(given.minutes)) {
    const result = await replayTrace(trace, {
      plan: { quantiles: QUANTILES, baselines },
      warmUpMinutes: minutes,
      isByMinute,
      days: given.days === undefined ? undefined : Number(given.days),
      most: given.most === undefined ? undefined : Number(given.most),
    });
    rows.push({ 'start-up': `${minutes} min`, ...rowOf(result) });
    console.table(rows);
  }
  await renewTable('engine', `start-up-${trace.name}${isByMinute ? '-by-minute' : ''}`, rows);
}

/** Multiples of target tracking's at 70 %; the frontiers where they meet its service or its cost. */
function rowOf(result: ReplayResult): Record<string, Cell> {
  const beside = besideTracking(result, targetTracking.name);
  const named = (name: string) => beside.find(({ policy }) => policy === name);
  const tracking = result.policies.find(({ name }) => name === targetTracking.name)!;
  const pointsOf = (policy: string) => result.frontier.filter((point) => point.policy === policy);
  const hoursThere = (policy: string) =>
    ratio(
      leastAt(pointsOf(policy), 'unservedDemand', tracking.unservedDemand),
      tracking.instanceHours,
    );
  const unservedThere = leastAt(pointsOf('foreprint'), 'instanceHours', tracking.instanceHours);
  const own = named('foreprint');
  return {
    'hours by default': digits(own?.hours ?? null),
    unserved: digits(own?.unserved ?? null),
    'short steps': digits(own?.short ?? null),
    'better / worse': `${own?.better} / ${own?.worse}`,
    "oracle's hours": digits(named('oracle')?.hours ?? null),
    'frontier: hours at its unserved demand': hoursThere('foreprint'),
    'unserved at its hours': ratio(unservedThere, tracking.unservedDemand),
    'last week, hours': hoursThere('last-week'),
    'AWS-like, hours': hoursThere('aws-like-predictive'),
    'hybrid, hours': hoursThere('chameleon-like'),
  };
}

function ratio(part: number | null, whole: number): string | null {
  return part === null ? null : digits(part / whole);
}
