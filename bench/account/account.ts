/**
 * What an account gets: the engine in a simulated account, beside target tracking at 50, 60 and 70 %
 * and in its place, against the policy alone on the same demand. `npm run bench:account -- TRACE
 * --json F [--every N --offset K] [--boot SECONDS] [--instance cpu=CORES] [--basic]
 * [--training-days DAYS] [--days DAYS] [--runs 0.5,0.6,0.7,full]`: of every N applications the K-th,
 * with so many days after the first week.
 */
import { writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { replaySource } from '#cli/work/replay-source.ts';
import { serviceObjective } from '#core/capacity/wanted-utilization.ts';
import { DEFAULT_SETTINGS, type Settings } from '#core/domain/settings/settings.ts';
import {
  FORMER_TARGET,
  runEngine,
  runPolicy,
  type AccountScenario,
  type RunSteering,
} from '#evaluation/account/account-runs.ts';
import { BASIC, DETAILED } from '#evaluation/account/metric-log.ts';
import {
  addService,
  EMPTY_SERVICE,
  summarizeService,
  type ServiceTally,
} from '#evaluation/account/service-tally.ts';
import { openEngine, shareTrainings } from '#tasks/open-engine.ts';
import { benchArguments, renewTable } from '../write-table.ts';
import { scenarioOf } from './scenario-of.ts';

const { positionals, values: given } = parseArgs({
  args: [...benchArguments],
  options: {
    json: { type: 'string' },
    every: { type: 'string', default: '1' },
    offset: { type: 'string', default: '0' },
    boot: { type: 'string', default: '300' },
    instance: { type: 'string' },
    basic: { type: 'boolean', default: false },
    'training-days': { type: 'string', default: '1' },
    days: { type: 'string' },
    runs: { type: 'string', default: 'all' },
  },
  allowPositionals: true,
});

const DAY_SECONDS = 86_400;

const ALL_RUNS = [
  { mode: 'scale-out', tracking: 0.5 },
  { mode: 'scale-out', tracking: 0.6 },
  { mode: 'scale-out', tracking: 0.7 },
  { mode: 'full', tracking: null },
] as const;
const RUNS = ALL_RUNS.filter(
  ({ mode, tracking }) =>
    given.runs === 'all' || given.runs.split(',').includes(String(tracking ?? mode)),
);

const source = await replaySource(positionals, undefined);
const own = given.instance?.split('=')[1];
const applications = source.applications.filter(
  (_, k) => k % Number(given.every) === Number(given.offset),
);
const sums = RUNS.map(() => ({ engine: EMPTY_SERVICE, alone: EMPTY_SERVICE }));
for (const application of applications) {
  const scenario = scenarioOf(application, {
    instanceCores: own === undefined ? null : Number(own),
    bootSeconds: Number(given.boot),
    monitoring: given.basic ? BASIC : DETAILED,
    days: given.days === undefined ? null : Number(given.days),
  });
  if (scenario === null) continue;
  const trainings = shareTrainings();
  for (const [k, run] of RUNS.entries()) {
    const { alone, engine } = await compare(scenario, run, trainings);
    const sum = sums[k]!;
    sums[k] = { engine: addService(sum.engine, engine), alone: addService(sum.alone, alone) };
    process.stderr.write(`${application.applicationId} ${line(run, { alone, engine })}\n`);
  }
}
const document = {
  runs: RUNS.map((run, k) => ({
    ...run,
    ...summarizeService(sums[k]!.engine),
    alone: summarizeService(sums[k]!.alone),
  })),
};
for (const [k, run] of RUNS.entries()) console.log(line(run, sums[k]!));
await renewTable(
  'account',
  `account-${basename(positionals[0] ?? 'sample-fleet', '.parquet')}`,
  RUNS.map((run, k) => row(run, sums[k]!)),
);
if (given.json !== undefined) await writeFile(given.json, `${JSON.stringify(document, null, 2)}\n`);

async function compare(
  scenario: AccountScenario,
  { mode, tracking }: (typeof ALL_RUNS)[number],
  trainings: ReturnType<typeof shareTrainings>,
): Promise<{ readonly engine: ServiceTally; readonly alone: ServiceTally }> {
  const objective = serviceObjective(tracking);
  const steering: RunSteering = { mode, tracking, objective };
  const alone = runPolicy(scenario, {
    ...steering,
    mode: null,
    tracking: tracking ?? FORMER_TARGET,
  });
  const settings = settingsOf(scenario, steering);
  const engine = await runEngine(openEngine(scenario.demand, trainings), {
    scenario,
    steering,
    settings,
  });
  return { engine, alone };
}

function settingsOf(scenario: AccountScenario, { objective }: RunSteering): Settings {
  const { allocation } = DEFAULT_SETTINGS;
  return {
    ...DEFAULT_SETTINGS,
    resources: ['cpu'],
    training: {
      ...DEFAULT_SETTINGS.training,
      everySeconds: Number(given['training-days']) * DAY_SECONDS,
    },
    stepSeconds: scenario.demand.stepSeconds,
    allocation: {
      ...allocation,
      service: 'alarms',
      warmUpSeconds: scenario.bootSeconds,
      targetUtilization: {
        ...allocation.targetUtilization,
        cpu: objective,
      },
    },
  };
}

/** One run as a row of the table in docs/benchmarks/account.md. */
function row(
  { mode, tracking }: (typeof ALL_RUNS)[number],
  { engine, alone }: { readonly engine: ServiceTally; readonly alone: ServiceTally },
) {
  const [ours, theirs] = [summarizeService(engine), summarizeService(alone)];
  const percent = (share: number) => `${(100 * share).toFixed(2)} %`;
  return {
    mode,
    policy: `${Math.round(100 * (tracking ?? FORMER_TARGET))} %`,
    'hours ÷ policy': Number((ours.instanceHours / theirs.instanceHours).toFixed(3)),
    'short steps': percent(ours.shortSteps),
    unserved: percent(ours.unservedDemand),
    changes: ours.changes,
    'policy: short': percent(theirs.shortSteps),
    'policy: unserved': percent(theirs.unservedDemand),
    'policy: changes': theirs.changes,
  };
}

function line(
  { mode, tracking }: (typeof ALL_RUNS)[number],
  { engine, alone }: { readonly engine: ServiceTally; readonly alone: ServiceTally },
): string {
  const [ours, theirs] = [summarizeService(engine), summarizeService(alone)];
  const percent = (share: number) => `${(100 * share).toFixed(3)} %`;
  return [
    `${mode} ${tracking ?? '(70)'}:`,
    `hours ${(ours.instanceHours / theirs.instanceHours).toFixed(3)}`,
    `short ${percent(ours.shortSteps)} of ${percent(theirs.shortSteps)}`,
    `unserved ${percent(ours.unservedDemand)} of ${percent(theirs.unservedDemand)}`,
    `changes ${ours.changes} of ${theirs.changes}`,
  ].join(' ');
}
