import { SubscribeCommand } from '@aws-sdk/client-sns';
import type { EmulatedAccount } from './emulated-account.ts';

/** A notification as the topic delivers it. */
export interface Delivered {
  readonly Subject: string;
  readonly Message: string;
  readonly MessageAttributes: Readonly<
    Record<string, { readonly Type: string; readonly Value: string }>
  >;
}

/**
 * Subscribes a queue to a topic: what comes out is what an e-mail subscriber reads and what the subscribed function is
 * invoked with (moto would invoke it in Docker).
 * @returns a function that takes everything that has come.
 */
export async function subscribeQueue(
  { moto, clients }: EmulatedAccount,
  TopicArn: string,
): Promise<() => Promise<readonly Delivered[]>> {
  const sqs = (action: string, input: object) => askQueue(moto.endpoint, action, input);
  const { QueueUrl } = (await sqs('CreateQueue', { QueueName: 'people' })) as { QueueUrl: string };
  const Endpoint = TopicArn.replace(':sns:', ':sqs:').replace(/[^:]+$/, 'people');
  await clients.sns.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint }));
  return async () => {
    const { Messages = [] } = (await sqs('ReceiveMessage', {
      QueueUrl,
      MaxNumberOfMessages: 10,
      WaitTimeSeconds: 0,
    })) as { Messages?: readonly { Body: string }[] };
    return Messages.map(({ Body }) => JSON.parse(Body) as Delivered);
  };
}

async function askQueue(endpoint: string, action: string, input: object): Promise<unknown> {
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': `AmazonSQS.${action}`,
      authorization: 'AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/sqs/aws4_request',
    },
    body: JSON.stringify(input),
  });
  if (!response.ok) throw new Error(`${action}: ${response.status} ${await response.text()}`);
  return response.json();
}
