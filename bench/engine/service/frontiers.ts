/**
 * Whose frontier is lower: Foreprint's by costs beside those of all rivals. Objective 85 %, use that
 * ends at the capacity.
 * `npm run bench:frontiers -- [TRACE…] [--whole]`: of all traces of `traces.ts` or of those named.
 * With --write the table in docs/benchmarks/engine.md is renewed.
 * Better and worse are numbers of applications by unserved demand alone: a point of a frontier has no
 * short steps.
 */
import { parseArgs } from 'node:util';
import { ALL_BASELINES } from '#evaluation/baselines/all-baselines.ts';
import { targetTracking } from '#evaluation/baselines/target-tracking.ts';
import { comparedPoints, leastAt } from '#evaluation/replay/compare-frontiers.ts';
import type { FrontierPoint, ReplayResult } from '#evaluation/replay/replay-result.ts';
import { FOREPRINT } from '#evaluation/replay/summarize-run.ts';
import { WHOLE_SERVICE } from '#evaluation/simulation/service-rule.ts';
import type { Cell } from '#scripts/marked-table.ts';
import { benchArguments, renewTable } from '../../write-table.ts';
import { digits } from './digits.ts';
import { chosenTraces, replayTrace } from './traces.ts';

const { positionals, values: given } = parseArgs({
  args: [...benchArguments],
  options: { whole: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const QUANTILES = [0.5, 0.7, 0.8, 0.9, 0.95, 0.97, 0.98, 0.99, 0.995, 0.999, 0.9999];
const baselines = ALL_BASELINES.map(({ name, sweep }) => ({ name, knobs: sweep }));
const plan = { quantiles: QUANTILES, baselines };

const rows: Record<string, Cell>[] = [];
for (const trace of chosenTraces(positionals)) {
  const result = await replayTrace(trace, { plan, ...(given.whole && { service: WHOLE_SERVICE }) });
  rows.push({ trace: trace.name, ...rowOf(result) });
  console.table(rows);
}
await renewTable('engine', `frontiers${given.whole ? '-whole' : ''}`, rows);

/** Hours at target tracking's unserved demand / unserved demand at its hours, as multiples. */
function rowOf(result: ReplayResult): Record<string, Cell> {
  const { frontier, policies } = result;
  const named = (name: string) => policies.find((policy) => policy.name === name)!;
  const tracking = named(targetTracking.name);
  const pointsOf = (...names: string[]) => frontier.filter(({ policy }) => names.includes(policy));
  const multiples = (points: readonly FrontierPoint[]) => {
    const hours = leastAt(points, 'unservedDemand', tracking.unservedDemand);
    const unserved = leastAt(points, 'instanceHours', tracking.instanceHours);
    return {
      hours: (hours ?? Infinity) / tracking.instanceHours,
      unserved: (unserved ?? Infinity) / tracking.unservedDemand,
    };
  };
  const shown = (points: readonly FrontierPoint[]) => {
    const { hours, unserved } = multiples(points);
    return `${text(hours)} / ${text(unserved)}`;
  };
  const ours = pointsOf(FOREPRINT);
  const rivals = [...new Set(frontier.map(({ policy }) => policy))].filter(
    (name) => name !== 'oracle' && name !== FOREPRINT,
  );
  const best = (by: 'hours' | 'unserved') => {
    const [least] = rivals
      .map((name) => ({ name, value: multiples(pointsOf(name))[by] }))
      .sort((a, b) => a.value - b.value);
    return `${text(least!.value)} (${least!.name})`;
  };
  const range = { from: named('oracle').instanceHours, to: named('static-peak').instanceHours };
  const compared = comparedPoints(ours, pointsOf(...rivals), range);
  const below = compared.filter(
    ({ point, unservedThere }) => unservedThere === null || point.unservedDemand < unservedThere,
  );
  for (const { point, unservedThere } of below) {
    console.log(
      `${point.policy} ${point.knob}: ${text(point.instanceHours / tracking.instanceHours)} / ` +
        `${text(point.unservedDemand / tracking.unservedDemand)}, ours there ` +
        text((unservedThere ?? Infinity) / tracking.unservedDemand),
    );
  }
  console.table(
    ours.map(({ policy, knob, instanceHours, unservedDemand }) => ({
      policy,
      knob,
      hours: text(instanceHours / tracking.instanceHours),
      unserved: text(unservedDemand / tracking.unservedDemand),
    })),
  );
  return {
    Foreprint: shown(ours),
    'better / worse there': servedThere(result),
    "rivals' fewest hours": best('hours'),
    "rivals' least unserved": best('unserved'),
    "rivals' settings": compared.length,
    'of them below': below.length,
  };
}

/**
 * At the cheapest quantile at which the fleet leaves no more unserved than by target tracking: how
 * many of its applications are served better and worse.
 */
function servedThere({ frontier, policies, applications, trace }: ReplayResult): string {
  const tracked = (of: ReplayResult['policies']) =>
    of.find(({ name }) => name === targetTracking.name)!.unservedDemand;
  const serving = frontier.filter(
    ({ policy, unservedDemand }) => policy === FOREPRINT && unservedDemand <= tracked(policies),
  );
  if (serving.length === 0) return '–';
  const { knob } = serving.reduce((a, b) => (b.instanceHours < a.instanceHours ? b : a));
  const changes = applications.map((application) => {
    const own = application.frontier.find(
      (point) => point.policy === FOREPRINT && point.knob === knob,
    )!;
    return own.unservedDemand - tracked(application.policies);
  });
  const { threshold } = trace.service;
  const better = changes.filter((change) => change < -threshold).length;
  const worse = changes.filter((change) => change > threshold).length;
  return `${better} / ${worse} at ${knob}`;
}

function text(value: number): string {
  return Number.isFinite(value) ? digits(value)! : '–';
}
