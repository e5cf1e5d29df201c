import { readTrace, type ReadTraceOptions } from '#adapters/local/traces/read-trace.ts';
import type { Requests } from '#adapters/prometheus/survey.ts';
import type { ReplayedTraceApplication } from '#evaluation/replay/cluster-schedule.ts';
import { SAMPLE_SEED, SAMPLE_START_SECONDS } from '#evaluation/sample-fleet/sample-defaults.ts';
import { createSampleFleet } from '#evaluation/sample-fleet/sample-fleet.ts';

/** Input of a replay. */
export interface ReplaySource {
  readonly sources: readonly string[];
  /** True for the sample fleet, also when it was read from a file. */
  readonly simulated: boolean;
  readonly stepSeconds: number;
  readonly applications: readonly ReplayedTraceApplication[];
  readonly notices: readonly string[];
  /** What pods request, where a server knows. */
  readonly requested?: Requests;
}

/**
 * The traces at the paths, or the sample fleet if there are no paths.
 * @throws InputError that names file, row, column and the fault.
 */
export async function replaySource(
  paths: readonly string[],
  options: ReadTraceOptions = {},
): Promise<ReplaySource> {
  if (paths.length > 0) {
    const trace = await readTrace(paths, options);
    if (!trace.simulated) return trace;
    return {
      ...trace,
      notices: [...trace.notices, 'the trace is simulated: nothing was measured'],
    };
  }
  const fleet = createSampleFleet({ seed: SAMPLE_SEED, startSeconds: SAMPLE_START_SECONDS });
  return {
    sources: [`sample fleet (simulated, seed ${SAMPLE_SEED})`],
    simulated: true,
    stepSeconds: fleet.applications[0]!.window.stepSeconds,
    applications: fleet.applications,
    notices: ['the sample fleet is simulated: nothing in it was measured'],
  };
}
