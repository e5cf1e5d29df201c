import type { CommandContext } from '#cli/context/command-context.ts';
import type { PrometheusOptions } from '#cli/options/prometheus-options.ts';
import { jsonText } from '#cli/output/json-text.ts';
import { widthOf } from '#cli/output/width-of.ts';
import { withOutputs } from '#cli/output/with-outputs.ts';
import { withProgress } from '#cli/progress/create-progress.ts';
import { withStore } from '#cli/store/with-store.ts';
import { formatCount } from '#html-report/text/format.ts';
import { openPrometheus } from './open-prometheus.ts';
import { storeFootprints } from './store-footprints.ts';
import { choiceLine, requestsLine, surveyLines } from './survey-lines.ts';

export interface PrometheusImport extends PrometheusOptions {
  readonly store: string;
  readonly wait?: number | undefined;
  readonly json?: string | undefined;
  readonly quiet: boolean;
}

/** `foreprint import --prometheus-url`: stores what a server has, or with --dry-run says what. */
export async function importPrometheus(
  context: CommandContext,
  url: URL,
  given: PrometheusImport,
): Promise<void> {
  const { signal, clock } = context;
  const open = await openPrometheus(given, { url, nowSeconds: clock.nowSeconds(), signal });
  if (given.dryRun) {
    surveyLines(open, widthOf(context)).forEach(context.print);
    return;
  }
  // A time that the user asks for is read, whatever is stored after it.
  const isExplicit = given.since !== undefined || given.start !== undefined;
  const use = { directory: given.store, signal, waitSeconds: given.wait };
  await withOutputs({ json: given.json }, (outputs) =>
    withStore(use, async ({ history }) => {
      const notices = [choiceLine(open), requestsLine(open)].filter((line) => line !== null);
      const stored = await withProgress(context, given, (progress) => {
        notices.forEach((notice) => progress.note(notice));
        return storeFootprints(history, open, { isExplicit, progress });
      });
      const { applications, points } = stored;
      await outputs.json?.write(
        jsonText({ store: history.location, applications, points, notices }),
      );
      context.print(
        `${formatCount(points, 'point')} of ${formatCount(applications, 'application')} read into ${history.location}; next: foreprint train`,
      );
    }),
  );
}
