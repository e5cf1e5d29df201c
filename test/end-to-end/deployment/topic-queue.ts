import { SubscribeCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand } from '@aws-sdk/client-sqs';
import type { EmulatedAccount } from './emulated-account.ts';
import { takeMessages } from './take-messages.ts';

/** A notification as the topic delivers it. */
export interface Delivered {
  readonly Subject: string;
  readonly Message: string;
  readonly MessageAttributes: Readonly<
    Record<string, { readonly Type: string; readonly Value: string }>
  >;
}

/**
 * Subscribes a queue to a topic: what comes out is what an e-mail subscriber reads and what the
 * subscribed function is invoked with (moto would invoke it in Docker).
 * @returns a function that takes everything that has come.
 */
export async function subscribeQueue(
  { clients }: EmulatedAccount,
  TopicArn: string,
): Promise<() => Promise<readonly Delivered[]>> {
  const QueueName = 'people';
  const { QueueUrl = '' } = await clients.sqs.send(new CreateQueueCommand({ QueueName }));
  const Endpoint = TopicArn.replace(':sns:', ':sqs:').replace(/[^:]+$/, QueueName);
  await clients.sns.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint }));
  return async () => {
    const messages = await takeMessages(clients.sqs, QueueUrl);
    return messages.map(({ body }) => JSON.parse(body) as Delivered);
  };
}
