import { GetObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { Deployment } from './open-deployment.ts';

export interface TrainingRun {
  /** What the function `train` answered, by application. */
  readonly trained: ReadonlyMap<string, unknown>;
  readonly reclustered: unknown;
}

/**
 * A training run as the state machine does it: the list of applications, each of them, then the clusters. Step
 * Functions itself is not here: moto has no Distributed Map and runs Lambda functions in Docker. That the machine's
 * definition passes on what the functions ask for is asserted on the template (test/cdk).
 */
export async function runTraining(
  deployment: Deployment,
  s3: S3Client,
  atSeconds: number,
): Promise<TrainingRun> {
  const startedAt = new Date(atSeconds * 1000).toISOString();
  const { key } = (await deployment.invoke(/TrainingPlan/, { run: 'run-1' })) as { key: string };
  const Bucket = deployment.nameOf('AWS::S3::Bucket', /Models/);
  const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key: key }));
  const applications = JSON.parse((await Body?.transformToString()) ?? '[]') as readonly string[];
  const trained = new Map<string, unknown>();
  for (const applicationId of applications) {
    const event = { applicationId, startedAt };
    trained.set(applicationId, await deployment.invoke(/TrainingTrain/, event));
  }
  return { trained, reclustered: await deployment.invoke(/Recluster/, { startedAt }) };
}
