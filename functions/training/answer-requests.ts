import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type * as z from 'zod';
import { trainEventSchema } from '#functions/events/training-events.ts';

export interface RequestPorts {
  train(request: z.output<typeof trainEventSchema>): Promise<unknown>;
  report(what: string, error: unknown): void;
}

/**
 * Trains the applications in a batch of queue messages. Only a failed message returns to the queue.
 * An unreadable message is reported and removed, because it would fail forever.
 */
export function answerRequests(
  { train, report }: RequestPorts,
  event: SQSEvent,
  context: Context,
): Promise<SQSBatchResponse> {
  const answer = async ({ messageId, body }: SQSRecord): Promise<void> => {
    const request = trainEventSchema.safeParse(jsonOf(body));
    if (!request.success) return report(`training request ${messageId}`, request.error);
    try {
      await train(request.data);
    } catch (error) {
      report(request.data.applicationId, error);
      throw error;
    }
  };
  return processPartialResponse(event, answer, new BatchProcessor(EventType.SQS), {
    context,
    // Every failure is reported individually.
    throwOnFullBatchFailure: false,
  });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
