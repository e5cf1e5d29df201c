import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';

/**
 * A client that sends as the given one does, but runs `before` first; what it throws is thrown
 * instead.
 */
export function interceptSend(
  client: DynamoDBClient,
  before: (command: object) => Promise<void>,
): DynamoDBClient {
  const send = async (command: object) => {
    await before(command);
    return client.send(command as never);
  };
  return Object.create(client, { send: { value: send } }) as DynamoDBClient;
}
