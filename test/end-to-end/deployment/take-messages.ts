import { ReceiveMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';

/** Takes everything out of a queue: identifiers and bodies. */
export async function takeMessages(
  client: SQSClient,
  QueueUrl: string,
): Promise<readonly { readonly messageId: string; readonly body: string }[]> {
  const taken: { messageId: string; body: string }[] = [];
  for (;;) {
    const { Messages = [] } = await client.send(
      new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 0 }),
    );
    if (Messages.length === 0) return taken;
    for (const { MessageId: messageId = '', Body: body = '' } of Messages) {
      taken.push({ messageId, body });
    }
  }
}
