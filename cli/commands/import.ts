import type { Command } from 'commander';
import { z } from 'zod';
import { readPoints, type TracePoints } from '#adapters/local/traces/read-points.ts';
import { setAsideFuture } from '#adapters/local/traces/set-aside-future.ts';
import { traceBatches } from '#adapters/local/traces/trace-batches.ts';
import { unitNotices } from '#adapters/local/traces/unit-notices.ts';
import type { CommandContext } from '#cli/context/command-context.ts';
import { UsageError } from '#cli/context/usage-error.ts';
import { storeOption, withStoreOption } from '#cli/options/common-options.ts';
import { duration } from '#cli/options/duration.ts';
import { readInputOptions } from '#cli/options/input-options.ts';
import { parseOptions } from '#cli/options/parse-options.ts';
import { measuredCommand, measuredOptions } from '#cli/options/trace-command.ts';
import { jsonText } from '#cli/output/json-text.ts';
import { withOutputs } from '#cli/output/with-outputs.ts';
import { withProgress } from '#cli/progress/create-progress.ts';
import type { Progress } from '#cli/progress/progress.ts';
import { prometheusUrl } from '#cli/prometheus/prometheus-url.ts';
import { withStore, type OpenStore } from '#cli/store/with-store.ts';
import { simulatedRemark } from '#core/text/simulated-remark.ts';
import { formatCount } from '#html-report/text/format.ts';

const options = z.object({
  ...measuredOptions,
  ...storeOption,
  step: duration.optional(),
});

/** `foreprint import`: stores footprint traces, or what Prometheus has. */
export function importCommand(context: CommandContext): Command {
  return measuredCommand('import', withStoreOption)
    .description('imports footprints into the store; a repeated import changes nothing')
    .option('--step <seconds>', 'step of the traces (default: inferred; of Prometheus 5m)')
    .action(async (traces: string[], rawOptions: unknown) => {
      const given = parseOptions(options, rawOptions);
      const url = sourceUrl(traces, given);
      if (url === null) return runImport(context, traces, given);
      const { importPrometheus } = await import('#cli/prometheus/import-prometheus.ts');
      return importPrometheus(context, url, given);
    });
}

/**
 * The server to read from; null where traces are given.
 * @throws UsageError for neither.
 */
function sourceUrl(traces: readonly string[], given: z.output<typeof options>): URL | null {
  const url = prometheusUrl(traces, given);
  if (url !== null || traces.length > 0) return url;
  throw new UsageError('no trace given, and no --prometheus-url');
}

async function runImport(
  context: CommandContext,
  paths: readonly string[],
  given: z.output<typeof options>,
): Promise<void> {
  const { json, quiet, store: directory, step, wait } = given;
  const input = readInputOptions(given, paths);
  const imported = (store: OpenStore) =>
    withProgress(context, { quiet }, async (progress) => {
      progress.start('Reading the trace', null);
      const stored = new Map(
        (await store.history.applications()).map((known) => [known.applicationId, known]),
      );
      const read = await readPoints(paths, {
        stepSeconds: step,
        input,
        storedStep: (applicationId) => stored.get(applicationId)?.stepSeconds,
      });
      const { applications, notices } = setAsideFuture(read.applications, {
        nowSeconds: context.clock.nowSeconds(),
        stored: (applicationId) => stored.get(applicationId),
      });
      // What was simulated has the units that it was made with.
      const guessed = applications.filter(({ isSimulated }) => !isSimulated);
      const units = unitNotices(guessed.map(({ values }) => Object.fromEntries(values)));
      const marked = [simulatedRemark(applications)].filter((remark) => remark !== null);
      const found = [...read.notices, ...notices, ...units, ...marked];
      const trace = { ...read, applications, notices: found };
      trace.notices.forEach((notice) => progress.note(notice));
      return { trace, points: await appendTrace(store, trace, progress) };
    });
  await withOutputs({ json }, (outputs) =>
    // Opens the store first: reading a trace may take long, and a locked store should fail at once.
    withStore({ directory, signal: context.signal, waitSeconds: wait }, async (store) => {
      const { trace, points } = await imported(store);
      const applications = trace.applications.length;
      const { location } = store.history;
      await outputs.json?.write(
        jsonText({
          store: location,
          rows: trace.rows,
          applications,
          points,
          notices: trace.notices,
        }),
      );
      const count = formatCount(applications, 'application');
      context.print(
        `${formatCount(points, 'point')} of ${count} ${applications === 1 && points === 1 ? 'is' : 'are'} in ${location}; next: foreprint train`,
      );
    }),
  );
}

async function appendTrace(
  store: OpenStore,
  { applications: measured }: TracePoints,
  progress: Progress,
): Promise<number> {
  progress.start('Storing applications', measured.length);
  let [applications, points] = [0, 0];
  for (const batch of traceBatches(measured)) {
    await store.history.append(batch);
    applications += batch.length;
    points += batch.reduce((sum, entry) => sum + entry.points.length, 0);
    progress.update(applications);
  }
  return points;
}
