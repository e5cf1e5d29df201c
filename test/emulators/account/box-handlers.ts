import type { Context } from 'aws-lambda';

export type Handler = (event: unknown, context: Context) => Promise<unknown>;

/** The product's handlers, unchanged. */
export interface BoxHandlers {
  readonly ingest: Handler;
  readonly monitor: Handler;
  readonly allocate: Handler;
  readonly giveBack: Handler;
  readonly notify: Handler;
  readonly planTraining: Handler;
  readonly train: Handler;
  readonly recluster: Handler;
  readonly trainCluster: Handler;
  readonly concludeTraining: Handler;
}

/** Imports the functions; the environment has to be there before. */
export async function importHandlers(): Promise<BoxHandlers> {
  const [ingest, monitor, allocate, giveBack, notify] = await Promise.all([
    import('#functions/ingest.ts'),
    import('#functions/monitor.ts'),
    import('#functions/allocate.ts'),
    import('#functions/give-back.ts'),
    import('#functions/notify.ts'),
  ]);
  const [planTraining, train, recluster, trainCluster, concludeTraining] = await Promise.all([
    import('#functions/plan-training.ts'),
    import('#functions/train.ts'),
    import('#functions/recluster.ts'),
    import('#functions/train-cluster.ts'),
    import('#functions/conclude-training.ts'),
  ]);
  return {
    ingest: ingest.handler,
    monitor: monitor.handler,
    allocate: allocate.handler,
    giveBack: giveBack.handler,
    notify: notify.handler,
    planTraining: planTraining.handler,
    train: train.handler,
    recluster: recluster.handler,
    trainCluster: trainCluster.handler,
    concludeTraining: concludeTraining.handler,
  };
}
