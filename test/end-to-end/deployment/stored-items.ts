import { gunzipSync } from 'node:zlib';
import { ScanCommand, type AttributeValue, type DynamoDBClient } from '@aws-sdk/client-dynamodb';

/** Every item of the tables in which a name occurs. */
export async function itemsNaming(
  client: DynamoDBClient,
  tables: readonly string[],
  name: string,
): Promise<readonly string[]> {
  const items = await Promise.all(tables.map((table) => storedItems(client, table)));
  return items.flat().filter((item) => item.includes(name));
}

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

/** How a gzip file begins (RFC 1952, section 2.3.1); binary series may share its first byte. */
const GZIP = Buffer.from([0x1f, 0x8b, 0x08]);

function plain(value: AttributeValue): string {
  if (value.B === undefined) return JSON.stringify(value);
  const compressed = GZIP.equals(value.B.subarray(0, GZIP.length));
  return compressed ? gunzipSync(value.B).toString('utf8') : `${value.B.length} bytes`;
}
