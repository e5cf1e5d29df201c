import { createMemoryModelStore } from '#adapters/memory/memory-model-store.ts';
import type { Progress } from '#cli/progress/progress.ts';
import { withWorkerPool } from '#cli/workers/worker-pool.ts';
import type { Settings } from '#core/domain/settings/settings.ts';
import type { PolicyPlan } from '#evaluation/replay/policy-plan.ts';
import { replayFleet, type ReplayPhase } from '#evaluation/replay/replay-fleet.ts';
import type { ReplayJob } from '#evaluation/replay/replay-job.ts';
import type { ReplayResult } from '#evaluation/replay/replay-result.ts';
import type { ReplayedApplication } from '#evaluation/replay/summarize-run.ts';
import { poolTrainer } from './pool-trainer.ts';
import { cachedJobs } from './replay-cache.ts';
import type { ReplaySource } from './replay-source.ts';

const TITLES: Readonly<Record<ReplayPhase, string>> = {
  'refining clusters': 'Refining clusters',
  'replaying applications': 'Replaying applications',
};

export interface ReplayOptions {
  readonly plan: PolicyPlan;
  /** Directory of the result cache; undefined for no cache. */
  readonly resume?: string | undefined;
  readonly workers?: number | undefined;
  readonly signal: AbortSignal;
  readonly progress: Progress;
}

/** Replays a fleet in a worker pool, one application per thread at a time. */
export function replayInPool(
  source: ReplaySource,
  { plan, resume, progress, ...pooling }: ReplayOptions,
  settings: Settings,
): Promise<ReplayResult> {
  let phase: ReplayPhase | null = null;
  return withWorkerPool(pooling, async (pool) => {
    const runJob = (job: ReplayJob) => pool.run<ReplayedApplication>('replay', job);
    return replayFleet(
      {
        models: createMemoryModelStore(),
        trainer: poolTrainer(pool),
        runJob: resume === undefined ? runJob : await cachedJobs(resume, runJob),
        onProgress(now, done, total) {
          if (now !== phase) progress.start(TITLES[now], total);
          phase = now;
          progress.update(done);
        },
      },
      { ...source, plan },
      settings,
    );
  });
}
