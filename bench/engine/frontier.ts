/**
 * Must show 1 to 3 and 5: cost and shortage against target tracking, the frontiers of all policies,
 * scaling actions. `npm run bench:frontier -- TRACE [EVERY OFFSET] [--resources cpu,memory]`: of
 * every EVERY applications the OFFSET-th. With --write the tables of docs/benchmarks/engine.md that
 * belong to this trace and these resources are renewed. Where there are several resources an
 * application needs as many instances as the one that needs most, for every policy.
 */
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { resourceList } from '#cli/options/option-types.ts';
import { lineProgress } from '#cli/progress/line-progress.ts';
import { replayInPool } from '#cli/work/replay-in-pool.ts';
import { replaySource } from '#cli/work/replay-source.ts';
import { DEFAULT_SETTINGS } from '#core/domain/settings/settings.ts';
import { EVERY_BASELINE } from '#evaluation/baselines/all-baselines.ts';
import { comparedPoints, leastAt } from '#evaluation/replay/compare-frontiers.ts';
import type { ReplayResult } from '#evaluation/replay/replay-result.ts';
import { benchArguments, renewTable } from '../write-table.ts';

const { positionals, values: given } = parseArgs({
  args: [...benchArguments],
  options: { resources: { type: 'string', default: 'cpu' } },
  allowPositionals: true,
});
const [trace, every = '1', offset = '0'] = positionals;
/** Dense, and up to the cost of static peak. */
const QUANTILES = [
  0.6, 0.7, 0.8, 0.85, 0.9, 0.925, 0.95, 0.965, 0.98, 0.986, 0.99, 0.995, 0.999, 0.9999,
];

const source = await replaySource(trace === undefined ? [] : [trace], undefined);
const applications = source.applications.filter((_, k) => k % Number(every) === Number(offset));
const settings = {
  ...DEFAULT_SETTINGS,
  stepSeconds: source.stepSeconds,
  resources: resourceList.parse(given.resources),
};
const result = await replayInPool(
  { ...source, applications },
  {
    plan: { quantiles: QUANTILES, baselines: EVERY_BASELINE },
    signal: new AbortController().signal,
    progress: lineProgress(process.stderr, () => performance.now()),
  },
  settings,
);
/**
 * The end of the names of the tables: the trace, and the resources where they are not CPU alone.
 */
const traceName = [
  basename(trace ?? 'sample-fleet', '.parquet'),
  ...(given.resources === 'cpu' ? [] : settings.resources),
].join('-');
await print(result);

async function print({ policies, frontier, trace: replayed }: ReplayResult): Promise<void> {
  const named = (name: string) => policies.find((policy) => policy.name === name)!;
  const [tracking, oracle] = [named('target-tracking-70'), named('oracle')];
  const days = ((replayed.steps - 2016) * replayed.stepSeconds) / 86_400;
  console.log(`${applications.length} applications, ${replayed.resources.join(', ')}`);
  console.table(
    policies.map((policy) => ({
      policy: policy.name,
      hours: round(policy.instanceHours),
      'hours/TT': ratio(policy.instanceHours, tracking.instanceHours),
      'unserved %': round(policy.unservedDemand * 100, 3),
      'unserved/TT': ratio(policy.unservedDemand, tracking.unservedDemand),
      'short %': round(policy.shortSteps * 100, 2),
      'actions/app/day': round(policy.scalingActions / applications.length / days, 1),
    })),
  );
  await renewTable(
    'engine',
    `frontier-${traceName}`,
    policies.map((policy) => ({
      policy: policy.name,
      'instance-hours': ratio(policy.instanceHours, tracking.instanceHours),
      'unserved demand': ratio(policy.unservedDemand, tracking.unservedDemand),
      'short steps': `${(policy.shortSteps * 100).toFixed(2)} %`,
      'actions per application and day': round(
        policy.scalingActions / applications.length / days,
        1,
      ),
    })),
  );
  const ours = frontier.filter(({ policy }) => policy === 'foreprint');
  const hoursThere = leastAt(ours, 'unservedDemand', tracking.unservedDemand);
  const unservedThere = leastAt(ours, 'instanceHours', tracking.instanceHours);
  console.log(
    `at target tracking's unserved demand: ${ratio(hoursThere, tracking.instanceHours)} of its hours`,
  );
  console.log(
    `at its hours: ${ratio(unservedThere, tracking.unservedDemand)} of its unserved demand`,
  );
  console.log(
    `oracle: ${ratio(oracle.instanceHours, tracking.instanceHours)} of its hours, ${ratio(oracle.unservedDemand, tracking.unservedDemand)} of its unserved demand`,
  );
  await printClaims(result, { hoursThere, unservedThere, days });
  const range = { from: oracle.instanceHours, to: named('static-peak').instanceHours };
  const baselines = [...new Set(frontier.map(({ policy }) => policy))].filter(
    (policy) => policy !== 'foreprint',
  );
  console.table(
    baselines.flatMap((baseline) =>
      comparedPoints(
        ours,
        frontier.filter(({ policy }) => policy === baseline),
        range,
      ).map(({ point, unservedThere: there }) => ({
        policy: baseline,
        knob: point.knob,
        'hours/TT': ratio(point.instanceHours, tracking.instanceHours),
        'unserved/TT': ratio(point.unservedDemand, tracking.unservedDemand),
        'ours there': ratio(there, tracking.unservedDemand),
        below: there !== null && there <= point.unservedDemand,
      })),
    ),
  );
  const quantiles = ours.map((point) => ({
    quantile: point.knob,
    'hours/TT': ratio(point.instanceHours, tracking.instanceHours),
    'unserved/TT': ratio(point.unservedDemand, tracking.unservedDemand),
  }));
  console.table(quantiles);
  await renewTable('engine', `quantiles-${traceName}`, quantiles);
}

/** What issue and README promise, and what came out; the first two are of the whole frontier. */
async function printClaims(
  { policies }: ReplayResult,
  found: {
    readonly hoursThere: number | null;
    readonly unservedThere: number | null;
    readonly days: number;
  },
): Promise<void> {
  const named = (name: string) => policies.find((policy) => policy.name === name)!;
  const [tracking, ours] = [named('target-tracking-70'), named('foreprint')];
  const daily = (actions: number) => round(actions / applications.length / found.days, 2);
  const claim = (what: string, at: number | null, most: number) => ({
    claim: what,
    found: at,
    'at most': most,
    holds: at !== null && at <= most,
  });
  const claims = [
    claim('hours / TT at its unserved', ratio(found.hoursThere, tracking.instanceHours), 0.72),
    claim('unserved / TT at its hours', ratio(found.unservedThere, tracking.unservedDemand), 0.25),
    claim('actions / app / day', daily(ours.scalingActions), daily(tracking.scalingActions)),
  ];
  console.table(claims);
  await renewTable('engine', `claims-${traceName}`, claims);
}

function round(value: number, digits = 0): number {
  return Number(value.toFixed(digits));
}

function ratio(part: number | null, whole: number): number | null {
  return part === null ? null : round(part / whole, 3);
}
