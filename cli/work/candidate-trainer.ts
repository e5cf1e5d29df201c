import type { Trainer } from '#core/training/trainer.ts';
import type { Candidates } from './open-candidates.ts';

/** Wraps a trainer, so that the candidate files of a directory compete in every training. */
export function candidateTrainer(trainer: Trainer, candidates: Candidates): Trainer {
  return async (job) => {
    const { series, shape, resource, unit } = job;
    const measure = { resource, unit };
    return trainer({ ...job, external: await candidates.competing({ series, shape, measure }) });
  };
}
