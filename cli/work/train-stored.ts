import { StoreError } from '#adapters/local/store/store-error.ts';
import type { Progress } from '#cli/progress/progress.ts';
import type { Now } from '#cli/store/now-of.ts';
import type { OpenStore } from '#cli/store/with-store.ts';
import { eachInParallel } from '#cli/workers/each-in-parallel.ts';
import type { WorkerPool } from '#cli/workers/worker-pool.ts';
import type { ApplicationHistory } from '#core/domain/ports.ts';
import type { Settings } from '#core/domain/settings/settings.ts';
import { trainApplication, type TrainingOutcome } from '#core/use-cases/train-application.ts';
import { trainClusters } from '#core/use-cases/train-clusters.ts';
import { candidateTrainer } from './candidate-trainer.ts';
import type { Candidates } from './open-candidates.ts';
import { poolTrainer } from './pool-trainer.ts';

export interface TrainingRun {
  readonly store: OpenStore;
  readonly pool: WorkerPool;
  readonly settings: Settings;
  readonly progress: Progress;
  /** Candidate files that compete in the trainings of applications. */
  readonly candidates: Candidates;
}

/** An application and the instant before which its data is used. */
export interface ApplicationJob {
  readonly history: ApplicationHistory;
  readonly now: Now;
}

/** Of one application or cluster; the others were trained. */
export interface TrainingFailure {
  readonly name: string;
  readonly problem: string;
}

/**
 * Trains applications in parallel; the outcomes have the order of the jobs. One that fails is
 * named and does not keep the others from being trained.
 */
export async function trainAll(
  { store, pool, settings, progress, candidates }: TrainingRun,
  jobs: readonly ApplicationJob[],
): Promise<{
  readonly outcomes: readonly TrainingOutcome[];
  readonly failures: readonly TrainingFailure[];
}> {
  const trainer = candidateTrainer(poolTrainer(pool), candidates);
  const outcomes: TrainingOutcome[] = [];
  const failures: TrainingFailure[] = [];
  remarks(jobs).forEach((remark) => progress.note(remark));
  progress.start('Training applications', jobs.length);
  await eachInParallel(
    jobs,
    {
      width: pool.size + 1,
      work: ({ history: { applicationId }, now }) =>
        trainApplication({ ...store, trainer }, applicationId, now.seconds, settings).catch(
          (error: unknown) => failureOf(applicationId, error),
        ),
    },
    (outcome) => {
      if ('problem' in outcome) failures.push(outcome);
      else outcomes.push(outcome);
      progress.update(outcomes.length + failures.length);
    },
  );
  return { outcomes, failures };
}

/**
 * Trains the clusters. A cluster uses the data of all its members, so it is only trained together
 * with all applications.
 */
export async function trainAllClusters(
  { store, pool, settings, progress }: TrainingRun,
  jobs: readonly ApplicationJob[],
): Promise<void> {
  const clusters = await store.profiles.clusters();
  if (clusters.length === 0) return;
  progress.start('Training clusters', clusters.length);
  const nowSeconds = Math.max(...jobs.map(({ now }) => now.seconds));
  const trainer = poolTrainer(pool);
  await trainClusters({ ...store, trainer }, nowSeconds, settings);
}

/** What a store refuses as a whole is no fault of one application. */
function failureOf(name: string, error: unknown): TrainingFailure {
  const concernsAll = error instanceof StoreError && error.fault !== 'unreadable';
  if (concernsAll || !(error instanceof Error)) throw error;
  return { name, problem: error.message };
}

function remarks(jobs: readonly ApplicationJob[]): readonly string[] {
  return [...new Set(jobs.flatMap(({ now }) => now.remark ?? []))];
}
