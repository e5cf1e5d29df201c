import type { Command } from 'commander';
import { z } from 'zod';
import { readTrace } from '#adapters/local/traces/read-trace.ts';
import type { Trace } from '#adapters/local/traces/trace.ts';
import type { CommandContext } from '#cli/context/command-context.ts';
import { untilInterrupted } from '#cli/context/interruption.ts';
import { settingsOption, withSettingsOption } from '#cli/options/common-options.ts';
import { readInputOptions } from '#cli/options/input-options.ts';
import { count } from '#cli/options/option-types.ts';
import { parseOptions } from '#cli/options/parse-options.ts';
import { traceCommand, traceOptions } from '#cli/options/trace-command.ts';
import { isoTime } from '#cli/output/iso-time.ts';
import { jsonText } from '#cli/output/json-text.ts';
import { withOutputs } from '#cli/output/with-outputs.ts';
import { clusterDocument } from '#cli/presenters/cluster-document.ts';
import { clusterLines, outsiderLine } from '#cli/presenters/cluster-lines.ts';
import { withProgress } from '#cli/progress/create-progress.ts';
import { loadSettings } from '#cli/settings/load-settings.ts';
import { refineClusters, type Refinement } from '#core/clustering/refine-clusters.ts';
import type { Settings } from '#core/domain/settings/settings.ts';
import { sliceWindow } from '#core/domain/window-slice.ts';
import { usualWindow } from '#core/expectation/usual-history.ts';

const options = z.object({
  ...traceOptions,
  ...settingsOption,
  step: count.optional(),
});

/** `foreprint cluster`: clusters the applications of a trace, without a store. */
export function clusterCommand(context: CommandContext): Command {
  return traceCommand('cluster', withSettingsOption)
    .description(
      'clusters the applications of a trace by the shape of their last week (clustering.windowSeconds)',
    )
    .option('--step <seconds>', 'step of the trace (default: inferred)')
    .action((traces: string[], rawOptions: unknown) =>
      runCluster(context, traces, parseOptions(options, rawOptions)),
    );
}

async function runCluster(
  context: CommandContext,
  paths: readonly string[],
  given: z.output<typeof options>,
): Promise<void> {
  const { json, quiet, config, calendar, step } = given;
  const input = readInputOptions(given, paths);
  const settings = await loadSettings(config, calendar);
  await withOutputs({ json }, async (outputs) => {
    const { trace, refinement } = await withProgress(context, { quiet }, async (progress) => {
      progress.start('Reading the trace', null);
      const read = await untilInterrupted(
        context.signal,
        readTrace(paths, { stepSeconds: step, input }),
      );
      read.notices.forEach((notice) => progress.note(notice));
      return { trace: read, refinement: clusterTrace(read, settings) };
    });
    await outputs.json?.write(jsonText(clusteringDocument(trace, refinement)));
    clusterLines(refinement.clusters).forEach(context.print);
    outsiderLine(refinement.assignments).forEach(context.print);
  });
}

/** Uses the same part of the history as `recluster` at the end of the trace. */
function clusterTrace(trace: Trace, settings: Settings): Refinement {
  const { clustering, resources } = settings;
  const from = Math.max(0, trace.steps - Math.round(clustering.windowSeconds / trace.stepSeconds));
  return refineClusters({
    previous: [],
    applications: trace.applications.map((application) => ({
      ...application,
      window: sliceWindow(
        usualWindow(application.window, application.applicationId, settings),
        from,
        trace.steps,
      ),
      divergenceStreak: 0,
    })),
    settings: clustering,
    resources,
  });
}

function clusteringDocument(trace: Trace, { clusters, assignments }: Refinement): unknown {
  return {
    trace: {
      sources: trace.sources,
      applications: trace.applications.length,
      from: isoTime(trace.startSeconds),
      steps: trace.steps,
      step_seconds: trace.stepSeconds,
    },
    clusters: clusters.map(clusterDocument),
    unclustered: assignments
      .filter(({ clusterId }) => clusterId === null)
      .map(({ applicationId, reason }) => ({ application_id: applicationId, reason })),
  };
}
