import type { WorkerPool } from '#cli/workers/worker-pool.ts';
import type { Trainer, TrainerResult } from '#core/training/trainer.ts';

/** A trainer that runs in the threads of a pool. */
export function poolTrainer(pool: WorkerPool): Trainer {
  return (job) => pool.run<TrainerResult>('train', job);
}
