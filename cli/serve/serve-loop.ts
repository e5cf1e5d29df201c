import { loadModelFile } from '#adapters/local/candidates/load-model-file.ts';
import { createFileModelStore } from '#adapters/local/file-model-store.ts';
import { StoreError } from '#adapters/local/store/store-error.ts';
import { withStore, type OpenStore } from '#cli/store/with-store.ts';
import type { Clock } from '#core/domain/ports.ts';
import type { Settings } from '#core/domain/settings/settings.ts';
import type { Trainer } from '#core/training/trainer.ts';
import type { LiveFleet, LiveHealth } from '#html-report/live/live-application.ts';
import { createForecasterCache } from '#models/stored/forecaster-cache.ts';
import type { IntervalResult } from './serve-interval.ts';

/** Models that stay loaded between two intervals. */
const LOADED_MODELS = 256;
/** Measurements of a step are there a little after its end. */
const GRACE_SECONDS = 5;
/** Trainings leave the end of an interval to the next one. */
const TRAINING_SHARE = 0.8;

export interface ServeLoop {
  readonly directory: string;
  readonly settings: Settings;
  readonly isStepGiven: boolean;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Resolves after so many seconds, or as soon as the signal aborts or somebody asks for more. */
  readonly sleep: (seconds: number) => Promise<void>;
  /** Where measurements come from, for people. */
  readonly source: string;
  readonly collect: (store: OpenStore) => Promise<void>;
  readonly trainer: Trainer;
  /** Hears of every interval. */
  readonly publish: (fleet: LiveFleet) => void;
  /** A line for the log. */
  readonly print: (line: string) => void;
}

/**
 * Interval after interval until the signal aborts. The store is opened for each of them, so that
 * other commands can use it in between; an interval that finds it in use is left out.
 */
export async function serveLoop(loop: ServeLoop): Promise<void> {
  const { directory, settings, clock, signal } = loop;
  const models = createFileModelStore(directory);
  const forecasters = createForecasterCache(
    (sha256) => models.get(sha256),
    LOADED_MODELS,
    loadModelFile,
  );
  const notifier = { publish: async (alert: { readonly kind: string }) => loop.print(alert.kind) };
  // All that decides and trains, which is much.
  const { serveInterval } = await import('./serve-interval.ts');
  const tried = new Map<string, number>();
  let fleet: LiveFleet = { applications: [], health: firstHealth(loop) };
  try {
    while (!signal.aborted) {
      const beganSeconds = clock.nowSeconds();
      const trainUntil = () =>
        !signal.aborted &&
        clock.nowSeconds() - beganSeconds < TRAINING_SHARE * settings.stepSeconds;
      const before = fleet;
      const publish = ({ applications, failures }: IntervalResult) => {
        const health = after(before.health, failures, clock.nowSeconds());
        fleet = { applications, health };
        loop.publish(fleet);
      };
      const own = { forecasters, notifier, tried, decided: publish };
      const run = { ...loop, ...own, nowSeconds: beganSeconds, trainUntil };
      const use = { directory, signal };
      const found = await withStore(use, (store) => serveInterval(store, run)).catch(
        (error: unknown) => failed(error, fleet),
      );
      if (signal.aborted) return;
      found.failures.forEach(loop.print);
      publish(found);
      const into = clock.nowSeconds() % settings.stepSeconds;
      await loop.sleep(settings.stepSeconds - into + GRACE_SECONDS);
    }
  } finally {
    // Graphs of others run in processes that would keep this one alive.
    forecasters.clear();
  }
}

function firstHealth({ clock, settings, source }: ServeLoop): LiveHealth {
  return {
    startedAtSeconds: clock.nowSeconds(),
    intervalAtSeconds: null,
    stepSeconds: settings.stepSeconds,
    intervals: 0,
    failedIntervals: 0,
    failures: [],
    source,
  };
}

function after(before: LiveHealth, failures: readonly string[], atSeconds: number): LiveHealth {
  return {
    ...before,
    intervalAtSeconds: atSeconds,
    intervals: before.intervals + 1,
    failedIntervals: before.failedIntervals + (failures.length > 0 ? 1 : 0),
    failures,
  };
}

/** What was decided before stays in force; a store that cannot be used at all ends the loop. */
function failed(error: unknown, { applications, health }: LiveFleet) {
  const isBusy =
    error instanceof StoreError && (error.fault === 'locked' || error.fault === 'full');
  if (!isBusy && health.intervals === 0) throw error;
  return { applications, failures: [error instanceof Error ? error.message : String(error)] };
}
