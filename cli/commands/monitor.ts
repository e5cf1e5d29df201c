import type { Command } from 'commander';
import { z } from 'zod';
import { loadModelFile } from '#adapters/local/candidates/load-model-file.ts';
import { createFileModelStore } from '#adapters/local/file-model-store.ts';
import { abortableSleep } from '#adapters/local/host/abortable-sleep.ts';
import { StoreError } from '#adapters/local/store/store-error.ts';
import { applyRetention } from '#adapters/local/upkeep/apply-retention.ts';
import type { CommandContext } from '#cli/context/command-context.ts';
import { storeCommand, storeCommandOptions } from '#cli/options/common-options.ts';
import { duration } from '#cli/options/duration.ts';
import { instant } from '#cli/options/option-types.ts';
import { parseOptions } from '#cli/options/parse-options.ts';
import { prometheusOptions, withPrometheusOptions } from '#cli/options/prometheus-options.ts';
import { jsonText } from '#cli/output/json-text.ts';
import { withOutputs } from '#cli/output/with-outputs.ts';
import { monitoringDocument } from '#cli/presenters/monitoring-document.ts';
import { alertLine, monitoringLines } from '#cli/presenters/monitoring-lines.ts';
import { createProgress } from '#cli/progress/create-progress.ts';
import { prometheusUrl } from '#cli/prometheus/prometheus-url.ts';
import { loadSettings, namesStep } from '#cli/settings/load-settings.ts';
import { byStep } from '#cli/store/step-of.ts';
import { withExistingStore } from '#cli/store/with-store.ts';
import type { MonitoredStore } from '#cli/work/monitor-store.ts';
import type { Settings } from '#core/domain/settings/settings.ts';
import { createForecasterCache, type ForecasterCache } from '#models/stored/forecaster-cache.ts';

const DAY_SECONDS = 86_400;

/** Models that stay loaded between two intervals. */
const LOADED_MODELS = 256;

const options = z.object({
  ...storeCommandOptions,
  ...prometheusOptions,
  step: duration.optional(),
  once: z.boolean().default(false),
  at: instant.optional(),
});

/** `foreprint monitor`: actual against allocated and forecast; incidents. */
export function monitorCommand(context: CommandContext): Command {
  return withPrometheusOptions(storeCommand('monitor'))
    .description('compares what is used with what was allocated and forecast, until Ctrl-C')
    .option('--once', 'one interval, then stop')
    .option('--step <duration>', 'step of what is read from Prometheus (default 5m)')
    .option('--at <time>', 'monitor the last step before this (ISO 8601, or "last")')
    .action((given: unknown) => runMonitor(context, parseOptions(options, given)));
}

async function runMonitor(context: CommandContext, given: z.output<typeof options>): Promise<void> {
  const settings = await loadSettings(given.config, given.calendar);
  const collect = await createCollector(context, given);
  if (collect === 'shown') return;
  const progress = createProgress(context, given);
  const models = createFileModelStore(given.store);
  const read = (sha256: string) => models.get(sha256);
  const forecasters = createForecasterCache(read, LOADED_MODELS, loadModelFile);
  const monitorOnce = createMonitor(context, {
    given,
    settings,
    isStepGiven: await namesStep(given.config),
    forecasters,
  });
  const monitored = withOutputs({ json: given.json }, async (outputs) => {
    for (let isFirst = true; ; isFirst = false) {
      // What cannot be read now is read in the next interval, unless nothing ever was.
      await collect?.(progress).catch((error: unknown) => {
        if (isFirst || !(error instanceof Error)) throw error;
        progress.note(error.message);
      });
      const found = await monitorOnce().catch((error: unknown) => {
        const isBusy = error instanceof StoreError && error.fault === 'locked';
        if (isFirst || !isBusy) throw error;
        return null;
      });
      if (found === null) progress.note('the store is in use; trying again in the next interval');
      else {
        monitoringLines(found.monitored).forEach(context.print);
        if (found.monitored.length === 0) progress.note('nothing new was measured');
        found.failures.forEach((failure) => progress.note(failure));
        await outputs.json?.write(jsonText(monitoringDocument(found)));
      }
      if (given.once) return throwFirst(found);
      await sleepToNextStep(context, settings);
      if (context.signal.aborted) return;
    }
  });
  // Graphs of others run in processes that would keep this one alive.
  await monitored.finally(forecasters.clear);
}

/** Reads what Prometheus has measured since; null without a server, `shown` after --dry-run. */
async function createCollector(context: CommandContext, given: z.output<typeof options>) {
  const url = prometheusUrl([], given);
  if (url === null) return null;
  const { collectPrometheus } = await import('#cli/prometheus/collect-prometheus.ts');
  return collectPrometheus(context, url, given);
}

/** Opens the store for every interval anew, so that others can use it in between. */
function createMonitor(
  { signal, clock, print }: CommandContext,
  {
    given: { store: directory, at, wait },
    settings,
    isStepGiven,
    forecasters,
  }: {
    readonly given: z.output<typeof options>;
    readonly settings: Settings;
    readonly isStepGiven: boolean;
    readonly forecasters: ForecasterCache;
  },
): () => Promise<MonitoredStore> {
  const notifier = {
    publish: async (alert: Parameters<typeof alertLine>[0]) =>
      print(alertLine(alert, settings.detection.dashboardUrl)),
  };
  let keptOn: number | null = null;
  return () =>
    withExistingStore({ directory, signal, waitSeconds: wait }, async (store) => {
      const wallClockSeconds = clock.nowSeconds();
      const day = Math.floor(wallClockSeconds / DAY_SECONDS);
      if (day !== keptOn) await applyRetention(store.database, settings.localStore);
      keptOn = day;
      const [common] = isStepGiven
        ? []
        : await byStep(await store.history.applications(), store.profiles, settings);
      const { stepSeconds } = common ?? settings;
      const own = { ...settings, stepSeconds };
      const run = { settings: own, at, wallClockSeconds, forecasters, notifier };
      // Loaded when it is wanted: help needs nothing of the engine.
      const { monitorStore } = await import('#cli/work/monitor-store.ts');
      const { trainTask } = await import('#tasks/train-task.ts');
      return monitorStore(store, { ...run, trainer: trainTask });
    });
}

/** Measurements of a step are there a little after its end. */
const GRACE_SECONDS = 5;

async function sleepToNextStep(
  { clock, signal }: CommandContext,
  { stepSeconds }: Settings,
): Promise<void> {
  const into = clock.nowSeconds() % stepSeconds;
  await abortableSleep((stepSeconds - into + GRACE_SECONDS) * 1000, signal);
}

function throwFirst(found: MonitoredStore | null): void {
  const [failure] = found?.failures ?? [];
  if (failure !== undefined) throw new Error(failure);
}
