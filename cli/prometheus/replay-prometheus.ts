import type { CommandContext } from '#cli/context/command-context.ts';
import type { PrometheusOptions } from '#cli/options/prometheus-options.ts';
import { widthOf } from '#cli/output/width-of.ts';
import type { Progress } from '#cli/progress/progress.ts';
import type { ReplaySource } from '#cli/work/replay-source.ts';
import { openPrometheus } from './open-prometheus.ts';
import { readPrometheusTrace } from './read-trace.ts';
import { surveyLines } from './survey-lines.ts';

export interface ReplayedServer {
  read(progress: Progress): Promise<ReplaySource>;
}

/** A server whose history is replayed; `shown` after --dry-run. */
export async function replayPrometheus(
  context: CommandContext,
  url: URL,
  given: PrometheusOptions,
): Promise<ReplayedServer | 'shown'> {
  const { signal, clock } = context;
  const open = await openPrometheus(given, { url, nowSeconds: clock.nowSeconds(), signal });
  if (!given.dryRun) return { read: (progress) => readPrometheusTrace(open, progress) };
  surveyLines(open, widthOf(context)).forEach(context.print);
  return 'shown';
}
