import type { Trainer } from '#core/training/trainer.ts';
import type { Candidates } from './open-candidates.ts';

/** A trainer in whose trainings the files of a directory compete for the resources that they are of. */
export function candidateTrainer(trainer: Trainer, candidates: Candidates): Trainer {
  return async (job) => {
    const { series, shape, resource, unit } = job;
    const measure = { resource, unit };
    return trainer({ ...job, external: await candidates.competing({ series, shape, measure }) });
  };
}
