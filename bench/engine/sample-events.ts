/**
 * Must show 4: on the sample fleet's rush, deploy, leak and holiday no shortage lasts longer than target tracking's.
 * `npm run bench:sample-events`: the longest run of short steps of both within each event.
 */
import { SAMPLE_SEED, SAMPLE_START_SECONDS } from '#cli/sample-defaults.ts';
import { lineProgress } from '#cli/progress/line-progress.ts';
import { replayInPool } from '#cli/replay/replay-in-pool.ts';
import { longestShortage } from '#core/replay/longest-shortage.ts';
import { createSampleFleet } from '#core/sample/sample-fleet.ts';
import { DEFAULT_SETTINGS } from '#core/settings.ts';

const fleet = createSampleFleet({ seed: SAMPLE_SEED, startSeconds: SAMPLE_START_SECONDS });
const stepSeconds = fleet.applications[0]!.window.stepSeconds;
const result = await replayInPool(
  { sources: [], simulated: true, stepSeconds, applications: fleet.applications, notices: [] },
  {
    plan: { quantiles: [], rivals: [{ name: 'target-tracking-70', knobs: [] }] },
    signal: new AbortController().signal,
    progress: lineProgress(process.stderr, () => performance.now()),
  },
  { ...DEFAULT_SETTINGS, stepSeconds, resources: ['cpu'] },
);
const last = result.trace.steps;
console.table(
  fleet.events.map(({ applicationId, kind, fromSeconds, toSeconds }) => {
    const { demand, inService } = result.applications.find(
      (application) => application.applicationId === applicationId,
    )!;
    const stepOf = (seconds: number) => Math.round((seconds - SAMPLE_START_SECONDS) / stepSeconds);
    const range = { from: stepOf(fromSeconds), to: toSeconds === null ? last : stepOf(toSeconds) };
    const [ours, theirs] = ['foreprint', 'target-tracking-70'].map((name) =>
      longestShortage(demand, inService[name]!, range),
    );
    return { applicationId, kind, ours, theirs, 'no longer': ours! <= theirs! };
  }),
);
