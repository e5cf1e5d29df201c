import type { BoxStores } from './answer-stores.ts';
import type { BoxHandlers } from './box-handlers.ts';

export interface TrainingRun {
  readonly stores: BoxStores;
  /** Calls a function with an event, as the state machine does. */
  readonly call: (name: keyof BoxHandlers, event: object) => Promise<unknown>;
  readonly nowSeconds: number;
}

const TOLERATED = { toleratedFailurePercentage: 10 };

/** The state machine of a training run: lists, trains each, refines the clusters, trains each. */
export async function runTraining(training: TrainingRun): Promise<unknown> {
  const { call, nowSeconds } = training;
  const run = `run-${nowSeconds}`;
  const startedAt = new Date(nowSeconds * 1000).toISOString();
  const { key } = await keyOf(call('planTraining', { run, ...TOLERATED }));
  const applications = await eachOf(training, key, {
    name: `${run}-applications`,
    work: (applicationId) => call('train', { applicationId, startedAt }),
  });
  const refined = await keyOf(call('recluster', { run, startedAt, ...TOLERATED }));
  const clusters = await eachOf(training, refined.key, {
    name: `${run}-clusters`,
    work: (clusterId) => call('trainCluster', { clusterId, startedAt }),
  });
  return call('concludeTraining', { run, applications, clusters });
}

const keyOf = async (answer: Promise<unknown>): Promise<{ readonly key: string }> =>
  (await answer) as { readonly key: string };

interface Fan {
  readonly name: string;
  readonly work: (item: string) => Promise<unknown>;
}

/** A Distributed Map: its results lie in the bucket, by a manifest. */
async function eachOf({ stores }: TrainingRun, key: string, { name, work }: Fan): Promise<object> {
  const items = JSON.parse(textOf(stores, key)) as readonly string[];
  if (items.length === 0) return {};
  const results: unknown[] = [];
  for (const item of items) results.push(await work(item));
  const [Key, results0] = [`runs/results/${name}/manifest.json`, `runs/results/${name}/0.json`];
  const put = (at: string, content: unknown): void =>
    void stores.objects.set(at, Buffer.from(JSON.stringify(content)));
  put(results0, results);
  put(Key, { ResultFiles: { SUCCEEDED: [{ Key: results0 }], FAILED: [], PENDING: [] } });
  return { ResultWriterDetails: { Bucket: 'models', Key } };
}

const textOf = ({ objects }: BoxStores, key: string): string =>
  new TextDecoder().decode(objects.get(key) ?? Buffer.from('[]'));
