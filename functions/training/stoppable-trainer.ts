import type { Trainer } from '#core/training/trainer.ts';

/** The kill switch was set to stop during a training. */
export class TrainingStopped extends Error {
  constructor() {
    super('the kill switch was pulled');
    this.name = 'TrainingStopped';
  }
}

/**
 * Wraps a trainer so that it checks the kill switch before and after each resource. One resource
 * takes seconds, so a training stops within a minute, and the profile is unchanged.
 * @throws TrainingStopped from the trainer.
 */
export function stoppableTrainer(trainer: Trainer, mayAct: () => Promise<boolean>): Trainer {
  return async (job) => {
    if (!(await mayAct())) throw new TrainingStopped();
    const trained = await trainer(job);
    if (!(await mayAct())) throw new TrainingStopped();
    return trained;
  };
}

/** The result of the work, or `stopped` if the kill switch ended it. */
export async function unlessStopped<R>(work: () => Promise<R>): Promise<R | 'stopped'> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof TrainingStopped) return 'stopped';
    throw error;
  }
}
