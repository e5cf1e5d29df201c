import { existsSync } from 'node:fs';
import { lineProgress } from '#cli/progress/line-progress.ts';
import { replayInPool } from '#cli/work/replay-in-pool.ts';
import { replaySource, type ReplaySource } from '#cli/work/replay-source.ts';
import type { Resource } from '#core/domain/footprint.ts';
import { DEFAULT_SETTINGS, type Settings } from '#core/domain/settings/settings.ts';
import { sliceWindow } from '#core/domain/window-slice.ts';
import type { PolicyPlan } from '#evaluation/replay/policy-plan.ts';
import type { ReplayResult } from '#evaluation/replay/replay-result.ts';
import { SAMPLE_START_SECONDS } from '#evaluation/sample-fleet/sample-defaults.ts';
import { createSampleFleet } from '#evaluation/sample-fleet/sample-fleet.ts';
import { DEFAULT_SERVICE, type ServiceRule } from '#evaluation/simulation/service-rule.ts';

/** A trace that the engine is judged on. */
export interface BenchTrace {
  /** What it is called on the command line and in the names of tables. */
  readonly name: string;
  readonly title: string;
  /** A file beside the project's folder; absent: the sample fleet. */
  readonly file?: string;
  /** The same with a step of a minute, where there is one. */
  readonly minuteFile?: string;
  /** Of every so many applications the `offset`-th; all where absent. */
  readonly every?: number;
  readonly offset?: number;
  /** One application of the file alone. */
  readonly application?: string;
  readonly instance?: Readonly<Partial<Record<Resource, number>>>;
  readonly seed?: number;
}

const DATA = '../shared/data';
const WEB = { file: `${DATA}/web-requests/5min.parquet` };
const WEB_MINUTE = { minuteFile: `${DATA}/web-requests/1min.parquet` };

export const TRACES: readonly BenchTrace[] = [
  { name: 'sample', title: 'sample fleet, simulated' },
  ...[2, 3, 4, 5].map((seed) => ({
    name: `sample-${seed}`,
    title: `sample fleet, seed ${seed}`,
    seed,
  })),
  {
    name: 'pools',
    title: 'resource pools, August 2024',
    file: `${DATA}/resource-pools/2024-08.parquet`,
    minuteFile: `${DATA}/resource-pools/2024-08-1min.parquet`,
  },
  {
    name: 'azure',
    title: 'Azure machines, every fifth',
    file: `${DATA}/azure-vms/2016-11.parquet`,
    every: 5,
  },
  {
    name: 'web',
    title: 'web site, 58 days',
    ...WEB,
    ...WEB_MINUTE,
    application: 'nasa-http',
    instance: { cpu: 1.5 },
  },
  {
    name: 'stream',
    title: 'stream, 22 days',
    ...WEB,
    ...WEB_MINUTE,
    application: 'twitter-stream',
    instance: { cpu: 4 },
  },
  {
    name: 'bitbrains-08',
    title: 'Bitbrains, August 2013, every eighth',
    file: `${DATA}/bitbrains-rnd/2013-08.parquet`,
    every: 8,
    offset: 1,
  },
  {
    name: 'bitbrains-09',
    title: 'Bitbrains, September 2013, every eighth',
    file: `${DATA}/bitbrains-rnd/2013-09.parquet`,
    every: 8,
    offset: 1,
  },
];

/**
 * The traces of these names, of which the data are there; all without names.
 * @throws RangeError if there is no trace of a name.
 */
export function chosenTraces(names: readonly string[]): BenchTrace[] {
  const unknown = names.find((name) => !TRACES.some((trace) => trace.name === name));
  if (unknown !== undefined) {
    const known = TRACES.map(({ name }) => name).join(', ');
    throw new RangeError(`unknown trace "${unknown}"; there are ${known}`);
  }
  return TRACES.filter(({ name, file }) => {
    if (names.length > 0 && !names.includes(name)) return false;
    if (file === undefined || existsSync(file)) return true;
    console.error(`skipped: ${name}, as ${file} is not there`);
    return false;
  });
}

/** A trace as it is replayed, and by which settings. */
export interface LoadedTrace {
  readonly source: ReplaySource;
  readonly settings: Settings;
}

export interface TraceOptions {
  /** Instance warm-up; that of the default settings where absent. */
  readonly warmUpMinutes?: number;
  readonly isByMinute?: boolean;
  /** Only the first days of the trace, the week before counting among them. */
  readonly days?: number | undefined;
  /** Only so many of its applications. */
  readonly most?: number | undefined;
  /** By what it is counted; an objective of 85 % with use that ends at the capacity where absent. */
  readonly service?: ServiceRule;
}

/** Reads a trace. */
export async function loadTrace(
  trace: BenchTrace,
  { warmUpMinutes, isByMinute = false, days, most }: TraceOptions,
): Promise<LoadedTrace> {
  const source = await sourceOf(trace, isByMinute);
  const { stepSeconds } = source;
  const steps = days === undefined ? Infinity : Math.round((days * 86_400) / stepSeconds);
  const applications = source.applications
    .filter(({ applicationId }, k) => {
      const { every = 1, offset = 0, application = applicationId } = trace;
      return k % every === offset && applicationId === application;
    })
    .slice(0, most)
    .map((application) => {
      const { window } = application;
      const length = Math.min(window.values.cpu.length, steps);
      return { ...application, window: sliceWindow(window, 0, length) };
    });
  const { allocation } = DEFAULT_SETTINGS;
  const warmUpSeconds = warmUpMinutes === undefined ? allocation.warmUpSeconds : warmUpMinutes * 60;
  const settings: Settings = {
    ...DEFAULT_SETTINGS,
    stepSeconds,
    resources: ['cpu'],
    allocation: { ...allocation, warmUpSeconds },
  };
  return { source: { ...source, applications }, settings };
}

/** The plan with the rule that is counted by, and the trace's instances. */
export function planOf(
  { instance }: BenchTrace,
  plan: Pick<PolicyPlan, 'quantiles' | 'baselines'>,
  service: ServiceRule = DEFAULT_SERVICE,
): PolicyPlan {
  return { ...plan, service, ...(instance && { instance }) };
}

/** Replays a trace. */
export async function replayTrace(
  trace: BenchTrace,
  options: TraceOptions & { readonly plan: Pick<PolicyPlan, 'quantiles' | 'baselines'> },
): Promise<ReplayResult> {
  const { source, settings } = await loadTrace(trace, options);
  return replayInPool(
    source,
    {
      plan: planOf(trace, options.plan, options.service),
      signal: new AbortController().signal,
      progress: lineProgress(process.stderr, () => performance.now()),
    },
    settings,
  );
}

async function sourceOf(
  { file, minuteFile, seed }: BenchTrace,
  isByMinute: boolean,
): Promise<ReplaySource> {
  if (isByMinute && minuteFile !== undefined) return replaySource([minuteFile], undefined);
  if (file !== undefined) return replaySource([file], undefined);
  if (seed === undefined) return replaySource([], undefined);
  const { applications } = createSampleFleet({ seed, startSeconds: SAMPLE_START_SECONDS });
  const { stepSeconds } = applications[0]!.window;
  return { sources: [], simulated: true, stepSeconds, applications, notices: [] };
}
