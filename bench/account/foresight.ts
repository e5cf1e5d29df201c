/**
 * What floors could do at best beside target tracking: a floor that knows the demand, for those
 * steps that lack few instances. `npm run bench:account-foresight -- TRACE [--every N --offset K]
 * [--boot SECONDS]`: of every N applications the K-th.
 */
import { parseArgs } from 'node:util';
import { replaySource } from '#cli/work/replay-source.ts';
import { serviceObjective } from '#core/capacity/wanted-utilization.ts';
import { openWorld, runPolicy, type AccountScenario } from '#evaluation/account/account-runs.ts';
import { DETAILED } from '#evaluation/account/metric-log.ts';
import {
  addService,
  EMPTY_SERVICE,
  summarizeService,
  type ServiceTally,
} from '#evaluation/account/service-tally.ts';
import { benchArguments } from '../write-table.ts';
import { scenarioOf } from './scenario-of.ts';

const { positionals, values: given } = parseArgs({
  args: [...benchArguments],
  options: {
    every: { type: 'string', default: '1' },
    offset: { type: 'string', default: '0' },
    boot: { type: 'string', default: '300' },
  },
  allowPositionals: true,
});
const TARGETS = [0.5, 0.6, 0.7] as const;
/** Steps that lack more instances keep what the policy gives them. */
const MOST_LACKING = [1, 2, 3, 5, Infinity] as const;
const MINUTE = 60;

const source = await replaySource(positionals, undefined);
const bootSeconds = Number(given.boot);
const scenarios = source.applications
  .filter((_, k) => k % Number(given.every) === Number(given.offset))
  .flatMap(
    (application) =>
      scenarioOf(application, {
        instanceCores: null,
        bootSeconds,
        monitoring: DETAILED,
        days: null,
      }) ?? [],
  );
const rows = TARGETS.flatMap((target) => {
  const alone = sumOf((scenario) => runPolicy(scenario, steeringAt(target)));
  return MOST_LACKING.map((most) => {
    const known = sumOf((scenario) => runKnowing(scenario, { target, most }));
    return {
      policy: `${Math.round(100 * target)} %`,
      'lacking at most': most === Infinity ? 'any' : most,
      'hours ÷ policy': ratio(known.instanceHours, alone.instanceHours),
      'short steps ÷ policy': ratio(known.shortSteps, alone.shortSteps),
      'unserved ÷ policy': ratio(known.unservedDemand, alone.unservedDemand),
    };
  });
});
console.table(rows);

function steeringAt(tracking: number) {
  return { mode: null, tracking, objective: serviceObjective(tracking) } as const;
}

function sumOf(run: (scenario: AccountScenario) => ServiceTally) {
  return summarizeService(scenarios.map(run).reduce(addService, EMPTY_SERVICE));
}

function ratio(ours: number, theirs: number): number {
  return Number((ours / theirs).toFixed(3));
}

/** A policy with a floor that serves from the first minute of a step, where it lacks few. */
function runKnowing(
  scenario: AccountScenario,
  { target, most }: { readonly target: number; readonly most: number },
): ServiceTally {
  const { demand, instanceCores, limits, fromStep } = scenario;
  const steering = steeringAt(target);
  const served = leastServing(scenario, target);
  const floors = Array.from(demand.values, (cores, step) => {
    const needed = Math.ceil(cores / (steering.objective * instanceCores));
    const lacking = needed - (served[step] ?? 0);
    return lacking > 0 && lacking <= most ? Math.min(limits.maxInstances, needed) : 1;
  });
  const world = openWorld(scenario, steering);
  const minutesPerStep = demand.stepSeconds / MINUTE;
  const stepAt = (minute: number) => Math.floor(minute / minutesPerStep);
  for (let minute = 1; world.goesOn; minute++) {
    world.passMinute();
    const [now, ahead] = [stepAt(minute), stepAt(minute + bootSeconds / MINUTE)];
    if (ahead < fromStep) continue;
    const floor = Math.max(...floors.slice(now, ahead + 1), limits.minInstances);
    if (floor !== world.group.sizes.min) world.group.update({ min: floor });
  }
  return world.tally();
}

/** Fewest instances that served in each step under the policy alone. */
function leastServing(scenario: AccountScenario, target: number): readonly number[] {
  const { values, stepSeconds } = scenario.demand;
  const world = openWorld(scenario, steeringAt(target));
  const least = Array.from(values, () => Infinity);
  for (let minute = 0; world.goesOn; minute++) {
    const step = Math.floor((minute * MINUTE) / stepSeconds);
    least[step] = Math.min(least[step] ?? Infinity, world.group.serving.instances);
    world.passMinute();
  }
  return least;
}
