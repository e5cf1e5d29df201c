/**
 * Must show 4: on the sample fleet's rush, deploy, leak and holiday no shortage lasts longer than
 * target tracking's. `npm run bench:sample-events -- [--seed 2] [--resources cpu,memory]`: the
 * longest run of short steps of both within each event.
 */
import { parseArgs } from 'node:util';
import { resourceList } from '#cli/options/option-types.ts';
import { lineProgress } from '#cli/progress/line-progress.ts';
import { replayInPool } from '#cli/work/replay-in-pool.ts';
import { DEFAULT_SETTINGS } from '#core/domain/settings/settings.ts';
import { SAMPLE_SEED, SAMPLE_START_SECONDS } from '#evaluation/sample-fleet/sample-defaults.ts';
import { createSampleFleet } from '#evaluation/sample-fleet/sample-fleet.ts';
import { longestShortage } from '#evaluation/simulation/longest-shortage.ts';
import { benchArguments, renewTable } from '../write-table.ts';

const { values: options } = parseArgs({
  args: [...benchArguments],
  options: {
    seed: { type: 'string', default: String(SAMPLE_SEED) },
    resources: { type: 'string', default: 'cpu' },
  },
});
const resources = resourceList.parse(options.resources);
const fleet = createSampleFleet({ seed: Number(options.seed), startSeconds: SAMPLE_START_SECONDS });
const stepSeconds = fleet.applications[0]!.window.stepSeconds;
const result = await replayInPool(
  { sources: [], simulated: true, stepSeconds, applications: fleet.applications, notices: [] },
  {
    plan: { quantiles: [], baselines: [{ name: 'target-tracking-70', knobs: [] }] },
    signal: new AbortController().signal,
    progress: lineProgress(process.stderr, () => performance.now()),
  },
  { ...DEFAULT_SETTINGS, stepSeconds, resources },
);
const last = result.trace.steps;
const { fromSeconds: traceSeconds, evaluatedFromSeconds } = result.trace;
const firstStep = Math.round((evaluatedFromSeconds - traceSeconds) / stepSeconds);
const rows = fleet.events.map(({ applicationId, kind, fromSeconds, toSeconds }) => {
  const { demand, inService } = result.applications.find(
    (application) => application.applicationId === applicationId,
  )!;
  const stepOf = (seconds: number) => Math.round((seconds - SAMPLE_START_SECONDS) / stepSeconds);
  const range = {
    from: Math.max(firstStep, stepOf(fromSeconds)),
    to: toSeconds === null ? last : stepOf(toSeconds),
  };
  const [ours, theirs] = ['foreprint', 'target-tracking-70'].map((name) =>
    longestShortage(demand, inService[name]!, range),
  );
  return { applicationId, kind, ours, theirs, 'no longer': ours! <= theirs! };
});
console.table(rows);
const isDefault = options.seed === String(SAMPLE_SEED) && options.resources === 'cpu';
if (isDefault) await renewTable('engine', 'sample-events', rows);
