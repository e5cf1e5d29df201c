import type { CommandContext } from '#cli/context/command-context.ts';
import type { PrometheusOptions } from '#cli/options/prometheus-options.ts';
import { widthOf } from '#cli/output/width-of.ts';
import type { Progress } from '#cli/progress/progress.ts';
import { withStore } from '#cli/store/with-store.ts';
import { openPrometheus } from './open-prometheus.ts';
import { storeFootprints } from './store-footprints.ts';
import { surveyLines } from './survey-lines.ts';

export interface CollectOptions extends PrometheusOptions {
  readonly store: string;
  readonly wait?: number | undefined;
}

/**
 * A function that reads into the store what was measured since it was called last: at first what
 * the store does not have of the last days. `shown` after --dry-run.
 */
export async function collectPrometheus(
  context: CommandContext,
  url: URL,
  given: CollectOptions,
): Promise<((progress: Progress) => Promise<void>) | 'shown'> {
  const { signal, clock } = context;
  // Every interval finds out anew which applications there are.
  const open = () => openPrometheus(given, { url, nowSeconds: clock.nowSeconds(), signal });
  if (given.dryRun) {
    surveyLines(await open(), widthOf(context)).forEach(context.print);
    return 'shown';
  }
  const use = { directory: given.store, signal, waitSeconds: given.wait };
  return async (progress) => {
    const found = await open();
    await withStore(use, ({ history }) =>
      storeFootprints(history, found, { isExplicit: false, progress }),
    );
  };
}
