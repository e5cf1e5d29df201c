/**
 * Must show 6: what a replay takes without its trainings. `npm run bench:replay-time -- [TRACE]
 * [EVERY OFFSET] [--own]`: of every EVERY applications the OFFSET-th, in one thread, with the
 * frontiers of all policies or with each policy at its own setting only. Two of them side by side,
 * `2 0` and `2 1`, are what two cores do.
 */
import { parseArgs } from 'node:util';
import { createMemoryModelStore } from '#adapters/memory/memory-model-store.ts';
import { replaySource } from '#cli/work/replay-source.ts';
import { DEFAULT_SETTINGS } from '#core/domain/settings/settings.ts';
import { trainInProcess } from '#core/training/train-in-process.ts';
import type { Trainer } from '#core/training/trainer.ts';
import { replayApplication } from '#evaluation/replay/replay-application.ts';
import { replayFleet } from '#evaluation/replay/replay-fleet.ts';
import type { ReplayJob } from '#evaluation/replay/replay-job.ts';
import { WHOLE_SERVICE } from '#evaluation/simulation/service-rule.ts';
import { planPolicies } from '#tasks/plan-policies.ts';
import { openReplay } from '#tasks/replay-task.ts';
import { createStopwatch } from '../stopwatch.ts';
import { benchArguments, renewTable } from '../write-table.ts';

const { positionals, values: given } = parseArgs({
  args: [...benchArguments],
  options: { own: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const [trace, every = '1', offset = '0'] = positionals;

const whole = createStopwatch();
const trainings = createStopwatch();
const watched =
  (trainer: Trainer): Trainer =>
  (job) =>
    trainings.time(() => trainer(job));

function replayOne(job: ReplayJob) {
  const { ports, release } = openReplay(job, () => undefined);
  const watchedPorts = { ...ports, trainer: watched(ports.trainer) };
  return replayApplication(watchedPorts, job).finally(release);
}

const source = await replaySource(trace === undefined ? [] : [trace], undefined);
const applications = source.applications.filter((_, k) => k % Number(every) === Number(offset));
const plan = planPolicies({
  policies: undefined,
  knobs: new Map(),
  instance: undefined,
  service: WHOLE_SERVICE,
});
const own = { quantiles: [], baselines: plan.baselines.map(({ name }) => ({ name, knobs: [] })) };
// One after the other: they wait for one another's thread anyway.
let last: Promise<unknown> = Promise.resolve();
await whole.time(() =>
  replayFleet(
    {
      models: createMemoryModelStore(),
      trainer: watched(trainInProcess),
      runJob: (job) => {
        const run = last.then(() => replayOne(job));
        last = run;
        return run;
      },
      onProgress: () => undefined,
    },
    { ...source, applications, plan: given.own ? own : plan },
    { ...DEFAULT_SETTINGS, stepSeconds: source.stepSeconds, resources: ['cpu'] },
  ),
);
const secondsOf = (milliseconds: readonly number[]): number =>
  milliseconds.reduce((all, one) => all + one, 0) / 1000;
const row = (clock: number, cpu: number) => ({
  'clock, s': Number(clock.toFixed(1)),
  'CPU, s': Number(cpu.toFixed(1)),
});
const [clock, cpu] = [secondsOf(whole.milliseconds), secondsOf(whole.cpuMilliseconds)];
const [trainingClock, trainingCpu] = [
  secondsOf(trainings.milliseconds),
  secondsOf(trainings.cpuMilliseconds),
];
console.log(`${applications.length} applications`);
const rows = {
  all: row(clock, cpu),
  trainings: row(trainingClock, trainingCpu),
  rest: row(clock - trainingClock, cpu - trainingCpu),
};
console.table(rows);
await renewTable('speed', given.own ? 'replay-time-own' : 'replay-time', [
  {
    what: given.own ? 'each policy at its own setting' : 'all policies with their frontiers',
    'all, s': Math.round(clock),
    'trainings, s': Math.round(trainingClock),
    'rest, s': Math.round(clock - trainingClock),
  },
]);
