import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { parse } from '@aws-lambda-powertools/parser';
import { planEventSchema } from './events/training-events.ts';
import { listEnrolledGroups } from './groups/list-enrolled-groups.ts';
import { autoScaling } from './wiring/auto-scaling.ts';
import { CALL_LIMITS } from './wiring/call-limits.ts';
import { configuration, environment } from './wiring/environment.ts';
import { instrument, traced } from './wiring/instruments.ts';
import { required } from './wiring/read-environment.ts';
import { killSwitch } from './wiring/switch.ts';

const s3 = traced(new S3Client(CALL_LIMITS));
const bucket = required(environment, 'FOREPRINT_MODELS_BUCKET');

/**
 * First step of a training run: writes the enrolled applications to the bucket, because a state's input holds 256 kB and
 * the names of ten thousand groups do not fit. An empty list while the kill switch is pulled.
 */
export const handler = instrument('plan-training', async (event: unknown) => {
  const { run } = parse(event, undefined, planEventSchema);
  const mayAct = await killSwitch.mayAct();
  const groups = mayAct ? await listEnrolledGroups(autoScaling, configuration) : [];
  const key = `runs/lists/${run}.json`;
  const body = JSON.stringify(groups.map(({ applicationId }) => applicationId));
  await s3.send(
    new PutObjectCommand({ Bucket: bucket, Key: key, Body: body, ContentType: 'application/json' }),
  );
  return { key, applications: groups.length };
});
