import { GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { Deployment } from './open-deployment.ts';

export interface TrainingRun {
  readonly refined: unknown;
  /** What the last step says of the run. */
  readonly summary: unknown;
}

const RUN = 'run-1';

/**
 * A training run as the state machine does it. Step Functions itself is not here: moto runs Lambda
 * functions in Docker, and no emulator has a Distributed Map with its reader and writer. That the
 * machine's definition passes on what the functions ask for is asserted on the template (test/cdk).
 */
export async function runTraining(
  deployment: Deployment,
  s3: S3Client,
  atSeconds: number,
): Promise<TrainingRun> {
  const startedAt = new Date(atSeconds * 1000).toISOString();
  const Bucket = deployment.nameOf('AWS::S3::Bucket', /Models/);

  /** A Distributed Map: items from an object, results into objects and a manifest of them. */
  async function fanOut(key: string, pattern: RegExp, eventOf: (item: string) => object) {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key: key }));
    const items = JSON.parse((await Body?.transformToString()) ?? '') as readonly string[];
    const results: unknown[] = [];
    for (const item of items) results.push(await deployment.invoke(pattern, eventOf(item)));
    const folder = `runs/results/${pattern.source}`;
    const Key = `${folder}/manifest.json`;
    const SUCCEEDED = [{ Key: `${folder}/SUCCEEDED_0.json` }];
    await put(`${folder}/SUCCEEDED_0.json`, results);
    await put(Key, { ResultFiles: { SUCCEEDED, FAILED: [], PENDING: [] } });
    return { ResultWriterDetails: { Bucket, Key } };
  }

  async function put(Key: string, content: object): Promise<void> {
    await s3.send(new PutObjectCommand({ Bucket, Key, Body: JSON.stringify(content) }));
  }

  const { key } = (await deployment.invoke(/TrainingPlan/, { run: RUN })) as Listed;
  const applications = await fanOut(key, /TrainingTrain/, (applicationId) => ({
    applicationId,
    startedAt,
  }));
  const refined = (await deployment.invoke(/Recluster/, { startedAt, run: RUN })) as Listed;
  const clusters = await fanOut(refined.key, /TrainingCluster/, (clusterId) => ({
    clusterId,
    startedAt,
  }));
  const event = { run: RUN, applications, clusters };
  return { refined, summary: await deployment.invoke(/TrainingConclude/, event) };
}

interface Listed {
  readonly key: string;
}
