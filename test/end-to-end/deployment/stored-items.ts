import { ScanCommand, type AttributeValue, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { gunzipSync } from 'node:zlib';

/** Every item of a table as text, compressed documents in the clear. */
export async function storedItems(
  client: DynamoDBClient,
  TableName: string,
): Promise<readonly string[]> {
  const items: string[] = [];
  let ExclusiveStartKey: Record<string, AttributeValue> | undefined;
  do {
    const page = await client.send(new ScanCommand({ TableName, ExclusiveStartKey }));
    for (const item of page.Items ?? []) {
      items.push(
        Object.entries(item)
          .map(([name, value]) => `${name}: ${plain(value)}`)
          .join('\n'),
      );
    }
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey);
  return items;
}

const GZIP = 0x1f;

function plain(value: AttributeValue): string {
  if (value.B === undefined) return JSON.stringify(value);
  return value.B[0] === GZIP ? gunzipSync(value.B).toString('utf8') : `${value.B.length} bytes`;
}
