import type { Trainer } from '#core/training/trainer.ts';

/** The kill switch was pulled while a training was under way. */
export class TrainingStopped extends Error {
  constructor() {
    super('the kill switch was pulled');
    this.name = 'TrainingStopped';
  }
}

/**
 * A trainer that asks between two resources whether it may go on; one resource takes seconds, so a training honours the
 * kill switch within a minute and its profile stays as it was.
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

/** What the work gives, or `stopped` where the kill switch ended it. */
export async function unlessStopped<R>(work: () => Promise<R>): Promise<R | 'stopped'> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof TrainingStopped) return 'stopped';
    throw error;
  }
}
