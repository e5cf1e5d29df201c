import { createMemoryModelStore } from '#adapters/memory/memory-model-store.ts';
import { replayFleet, type ReplayPhase } from '#core/replay/replay-fleet.ts';
import type { ReplayResult } from '#core/replay/replay-result.ts';
import type { ReplayedApplication } from '#core/replay/summarize-run.ts';
import type { Settings } from '#core/settings.ts';
import type { Progress } from '#cli/progress/progress.ts';
import { poolTrainer } from '#cli/train/pool-trainer.ts';
import { withWorkerPool } from '#cli/work/worker-pool.ts';
import type { ReplaySource } from './replay-source.ts';

const TITLES: Readonly<Record<ReplayPhase, string>> = {
  'refining clusters': 'Refining clusters',
  'replaying applications': 'Replaying applications',
};

export interface ReplayOptions {
  readonly quantiles: readonly number[];
  readonly targets: readonly number[];
  readonly workers?: number | undefined;
  readonly signal: AbortSignal;
  readonly progress: Progress;
}

/** Replays a fleet with one application per worker thread at a time. */
export function replayInPool(
  source: ReplaySource,
  { quantiles, targets, progress, ...pooling }: ReplayOptions,
  settings: Settings,
): Promise<ReplayResult> {
  let phase: ReplayPhase | null = null;
  return withWorkerPool(pooling, (pool) =>
    replayFleet(
      {
        models: createMemoryModelStore(),
        trainer: poolTrainer(pool),
        runJob: (job) => pool.run<ReplayedApplication>('replay', job),
        onProgress(now, done, total) {
          if (now !== phase) progress.start(TITLES[now], total);
          phase = now;
          progress.update(done);
        },
      },
      { ...source, quantiles, targets },
      settings,
    ),
  );
}
