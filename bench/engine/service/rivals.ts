/**
 * Every rival beside target tracking at 70 %, and what perfect knowledge saves by the time that an
 * instance takes to start, without Foreprint and its trainings; objective 85 %, use that ends
 * at the capacity. `npm run bench:rivals -- [TRACE…]`: of all traces or of those named. With --write
 * two tables of docs/benchmarks/engine.md are renewed.
 */
import { ALL_BASELINES } from '#evaluation/baselines/all-baselines.ts';
import type { Baseline } from '#evaluation/baselines/baseline.ts';
import { targetTracking } from '#evaluation/baselines/target-tracking.ts';
import { leastAt } from '#evaluation/replay/compare-frontiers.ts';
import {
  addTallies,
  EMPTY_TALLY,
  frontierPoint,
  summarizeTally,
  type PolicyTally,
} from '#evaluation/replay/policy-tally.ts';
import { scenarioOf } from '#evaluation/replay/replay-scenario.ts';
import { sweepBaselines } from '#evaluation/replay/run-baselines.ts';
import { besideTracking } from '#evaluation/service/beside-tracking.ts';
import { DEFAULT_SERVICE } from '#evaluation/simulation/service-rule.ts';
import type { Cell } from '#scripts/marked-table.ts';
import { benchArguments, renewTable } from '../../write-table.ts';
import { digits } from './digits.ts';
import { chosenTraces, loadTrace, planOf, type BenchTrace, type TraceOptions } from './traces.ts';

const MINUTES = [1, 2, 5, 10, 20];
const DAYS_BEFORE = 7;

/** Quick policies that look back a week or ahead, beside target tracking and the oracle. */
const QUICK = ALL_BASELINES.filter(({ name }) =>
  [
    'target-tracking-70',
    'aws-like-predictive',
    'last-week',
    'hour-of-week',
    'percentile-floor',
    'oracle',
  ].includes(name),
);

interface Swept {
  readonly stepSeconds: number;
  /** Of each application: every policy at every setting. */
  readonly applications: readonly ReturnType<typeof sweepBaselines>[];
}

/** Runs every policy at its own setting, and where `isSwept` at all others. */
async function sweptTrace(
  trace: BenchTrace,
  baselines: readonly Baseline[],
  { isSwept, ...options }: TraceOptions & { readonly isSwept: boolean },
): Promise<Swept> {
  const { source, settings } = await loadTrace(trace, options);
  const plan = planOf(trace, { quantiles: [], baselines: [] });
  const fromStep = Math.round((DAYS_BEFORE * 86_400) / settings.stepSeconds);
  const swept = baselines.map((baseline) => ({
    baseline,
    knobs: isSwept ? baseline.sweep : [baseline.knob],
  }));
  const applications = source.applications.map((application) => {
    const job = { ...application, settings, plan, fromStep, visits: [], clusterModels: [] };
    return sweepBaselines(swept, { ...scenarioOf(job), ...application.window });
  });
  return { stepSeconds: settings.stepSeconds, applications };
}

function summed(tallies: readonly PolicyTally[]): PolicyTally {
  return tallies.reduce(addTallies, EMPTY_TALLY);
}

/** Hours and unserved demand as multiples, and how many are served better and worse. */
async function besideRows(trace: BenchTrace): Promise<ReadonlyMap<string, string>> {
  const { applications, stepSeconds } = await sweptTrace(trace, ALL_BASELINES, { isSwept: false });
  const summary = (name: string, tally: PolicyTally) =>
    summarizeTally(name, tally, { stepSeconds, reference: null });
  const rows = besideTracking(
    {
      policies: ALL_BASELINES.map(({ name }, k) =>
        summary(name, summed(applications.map((points) => points[k]!.tally))),
      ),
      applications: applications.map((points) => ({
        policies: ALL_BASELINES.map(({ name }, k) => summary(name, points[k]!.tally)),
      })),
      trace: { service: DEFAULT_SERVICE },
    },
    targetTracking.name,
  );
  return new Map(
    rows.map(({ policy, hours, unserved, better, worse }) => [
      policy,
      `${digits(hours, 2)} / ${digits(unserved, 2) ?? '–'}, ${better} : ${worse}`,
    ]),
  );
}

/**
 * At target tracking's unserved demand the fewest hours of the rivals' frontiers, and the oracle's;
 * multiples of target tracking's hours.
 */
async function byStartUp(trace: BenchTrace, isByMinute: boolean): Promise<Record<string, Cell>> {
  const cells: Record<string, Cell> = {};
  for (const minutes of MINUTES) {
    const options = { isByMinute, warmUpMinutes: minutes, isSwept: true };
    const { applications, stepSeconds } = await sweptTrace(trace, QUICK, options);
    const points = (applications[0] ?? []).map(({ policy, knob }, k) =>
      frontierPoint(
        { policy, knob },
        summed(applications.map((own) => own[k]!.tally)),
        stepSeconds,
      ),
    );
    const own = points.find(({ policy, knob }) => policy === 'target-tracking' && knob === 0.7)!;
    const most = points.find(({ policy, knob }) => policy === 'oracle' && knob === 1)!;
    const rivals = [...new Set(points.map(({ policy }) => policy))].filter(
      (name) => name !== 'oracle' && name !== 'target-tracking',
    );
    const [best, name] = rivals
      .map((rival): [number, string] => [
        leastAt(
          points.filter(({ policy }) => policy === rival),
          'unservedDemand',
          own.unservedDemand,
        ) ?? Infinity,
        rival,
      ])
      .sort(([a], [b]) => a - b)[0]!;
    const hours = (value: number) => digits(value / own.instanceHours, 2);
    cells[`${minutes} min`] = `${hours(most.instanceHours)}; ${hours(best)} (${name})`;
  }
  return cells;
}

const traces = chosenTraces(benchArguments);
const beside = await Promise.all(
  traces.map(async (trace) => [trace.name, await besideRows(trace)] as const),
);
const rows = ALL_BASELINES.map(({ name }) => ({
  policy: name,
  ...Object.fromEntries(beside.map(([trace, cells]) => [trace, cells.get(name)])),
}));
console.table(rows);
await renewTable('engine', 'rivals', rows);
const startUps: Record<string, Cell>[] = [];
for (const trace of traces.filter(({ minuteFile }) => minuteFile !== undefined)) {
  for (const isByMinute of [false, true]) {
    const step = isByMinute ? '1 min' : '5 min';
    startUps.push({ trace: trace.title, step, ...(await byStartUp(trace, isByMinute)) });
    console.table(startUps);
  }
}
if (startUps.length > 0) await renewTable('engine', 'rivals-by-start-up', startUps);
