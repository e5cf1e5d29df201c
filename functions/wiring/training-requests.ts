import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { environment } from '#functions/environment/environment.ts';
import { CALL_LIMITS } from './call-limits.ts';
import { traced } from './instruments.ts';

const sqs = traced(new SQSClient(CALL_LIMITS));
const queue = environment.FOREPRINT_TRAINING_QUEUE;

/**
 * Requests trainings as of a time, without waiting for the schedule. Does nothing without a queue.
 */
export async function requestTraining(
  applicationIds: readonly string[],
  nowSeconds: number,
): Promise<void> {
  if (queue === undefined) return;
  const startedAt = new Date(nowSeconds * 1000).toISOString();
  for (const applicationId of applicationIds) {
    const MessageBody = JSON.stringify({ applicationId, startedAt });
    await sqs.send(new SendMessageCommand({ QueueUrl: queue, MessageBody }));
  }
}
