import type { TraceApplication } from '#adapters/local/traces/trace.ts';
import { readFootprints } from '#adapters/prometheus/read-footprints.ts';
import { emptyWindow } from '#adapters/time-grid/window-slots.ts';
import type { Progress } from '#cli/progress/progress.ts';
import type { ReplaySource } from '#cli/work/replay-source.ts';
import { RESOURCES, type FootprintWindow } from '#core/domain/footprint.ts';
import { meanMeasured } from '#core/domain/measured.ts';
import { formatAmount, formatCount, formatShare } from '#html-report/text/format.ts';
import type { OpenPrometheus } from './open-prometheus.ts';
import { choiceLine } from './survey-lines.ts';

const SHORT_SECONDS = 2 * 86_400;

/** All footprints of the range as the trace of a replay. */
export async function readPrometheusTrace(
  open: OpenPrometheus,
  progress: Progress,
): Promise<ReplaySource> {
  const { client, range, stepSeconds } = open;
  const steps = (range.toSeconds - range.fromSeconds) / stepSeconds;
  const windows = new Map<string, FootprintWindow>();
  progress.start(`Reading ${client.location}`, steps);
  for await (const chunk of readFootprints(client, requestOf(open))) {
    const at = (chunk.range.fromSeconds - range.fromSeconds) / stepSeconds;
    for (const [applicationId, part] of chunk.windows) {
      const whole = windows.get(applicationId) ?? emptyWindow(range, stepSeconds);
      windows.set(applicationId, whole);
      for (const resource of RESOURCES) whole.values[resource].set(part.values[resource], at);
    }
    progress.update(at + (chunk.range.toSeconds - chunk.range.fromSeconds) / stepSeconds);
  }
  const applications = [...windows]
    .filter(([, window]) => measuredSteps(window) > 0)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([applicationId, window]) => ({ applicationId, applicationType: null, window }));
  return {
    sources: [client.location],
    simulated: false,
    stepSeconds,
    applications,
    requested: open.survey.requested,
    notices: [
      choiceLine(open),
      ...lengthNotices(applications),
      ...requestNotices(open, applications),
    ],
  };
}

/** What `readFootprints` is asked for. */
export function requestOf({ chosen, range, stepSeconds, survey }: OpenPrometheus) {
  return { chosen, range, stepSeconds, expected: survey.applications.length };
}

/** Steps with any measurement. */
function measuredSteps({ values }: FootprintWindow): number {
  let steps = 0;
  for (let k = 0; k < values.cpu.length; k++) {
    if (RESOURCES.some((resource) => !Number.isNaN(values[resource][k]!))) steps++;
  }
  return steps;
}

function lengthNotices(applications: readonly TraceApplication[]): readonly string[] {
  const short = applications.filter(
    ({ window }) => measuredSteps(window) * window.stepSeconds < SHORT_SECONDS,
  );
  if (short.length === 0) return [];
  return [`${formatCount(short.length, 'application')} have fewer than 2 days of measurements`];
}

/** What the pods ask for now, beside what they used on average: what is paid, and what for. */
function requestNotices(
  { survey: { requested } }: OpenPrometheus,
  applications: readonly TraceApplication[],
): readonly string[] {
  return (['cpu', 'memory'] as const).flatMap((resource) => {
    let [asked, used] = [0, 0];
    for (const { applicationId, window } of applications) {
      const request = requested.get(applicationId)?.[resource] ?? 0;
      const mean = meanMeasured(window.values[resource]);
      if (request === 0 || mean === null) continue;
      asked += request;
      used += mean;
    }
    if (asked === 0) return [];
    return [
      `today the pods request ${formatAmount(resource, asked)} of ${resource}; on average they used ${formatAmount(resource, used)}, ${formatShare(used / asked)} of it`,
    ];
  });
}
