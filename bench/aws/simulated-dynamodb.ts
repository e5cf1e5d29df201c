import { Readable } from 'node:stream';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { CallCounter } from './call-counter.ts';

/** An item as it crosses the wire. */
export type WireItem = Readonly<Record<string, WireValue>>;
type WireValue =
  | { readonly S: string }
  | { readonly N: string }
  | { readonly B: string }
  | { readonly L: readonly WireValue[] };

interface WireRequest {
  readonly Key?: WireItem;
  readonly Item?: WireItem;
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>>;
  readonly ExpressionAttributeValues?: WireItem;
  readonly RequestItems?: Readonly<Record<string, { readonly Keys: readonly WireItem[] }>>;
}

/** Items that are there without having been written, by partition and sort key. */
export interface Seeds {
  item(partition: string, sort: string): WireItem | null;
  /** Items of a query from one sort key to another (included), as JSON, and the bytes they are. */
  query(
    partition: string,
    from: string,
    to: string,
  ): { readonly json: string; readonly bytes: number } | null;
}

const LATENCY_MS = 5;
const textOf = (value: WireValue | undefined): string => (value && 'S' in value ? value.S : '');
const bytesOf = (item: unknown): number => JSON.stringify(item ?? '').length * 0.75;
const writeUnits = (item: unknown): number => Math.max(1, Math.ceil(bytesOf(item) / 1024));
const readUnits = (bytes: number): number => Math.max(1, Math.ceil(bytes / 4096));

/**
 * DynamoDB behind the SDK's own serializers, in this process: what a call costs the caller is real
 * but for TLS, what it costs the service is counted in capacity units. Only the expressions that
 * Foreprint sends.
 */
export function simulatedDynamodb(counter: CallCounter, seeds: Seeds): DynamoDBClient {
  const stored = new Map<string, WireItem>();
  const find = (key: WireItem): WireItem | null => {
    const [partition, sort] = [textOf(key['pk']), textOf(key['sk'])];
    return stored.get(`${partition} ${sort}`) ?? seeds.item(partition, sort);
  };
  const put = (key: WireItem, item: WireItem): void => {
    const partition = textOf(key['pk']);
    // What is only ever written would fill this process's memory.
    if (!partition.startsWith('log#')) stored.set(`${partition} ${textOf(key['sk'])}`, item);
  };
  const ACTIONS: Record<string, (request: WireRequest) => { units: number; json: string }> = {
    GetItem: ({ Key }) => {
      const Item = find(Key!);
      return { units: readUnits(bytesOf(Item)), json: JSON.stringify(Item ? { Item } : {}) };
    },
    PutItem: ({ Item }) => {
      put(Item!, Item!);
      return { units: writeUnits(Item), json: '{}' };
    },
    UpdateItem: (request) => {
      const {
        Key,
        ExpressionAttributeNames: names = {},
        ExpressionAttributeValues: values = {},
      } = request;
      const Attributes: Record<string, WireValue> = { ...Key, ...find(Key!) };
      for (const [name, attribute] of Object.entries(names)) {
        const value = values[name.replace('#', ':')];
        if (value) Attributes[attribute] = value;
      }
      put(Key!, Attributes);
      return { units: writeUnits(Attributes), json: JSON.stringify({ Attributes }) };
    },
    BatchGetItem: ({ RequestItems = {} }) => {
      const Responses = Object.fromEntries(
        Object.entries(RequestItems).map(([table, { Keys }]) => [
          table,
          Keys.map(find).filter((item) => item !== null),
        ]),
      );
      return { units: readUnits(bytesOf(Responses)), json: JSON.stringify({ Responses }) };
    },
    Query: ({ ExpressionAttributeValues: values = {} }) => {
      const [partition, from, to] = [':pk', ':from', ':to'].map((name) => textOf(values[name]));
      const found = seeds.query(partition!, from!, to!);
      const { json, bytes } = found ?? { json: '[]', bytes: 0 };
      return { units: readUnits(bytes), json: `{"Items":${json}}` };
    },
  };

  async function handle(request: { headers: Record<string, string>; body: unknown }) {
    const name = String(request.headers['x-amz-target']).split('.')[1] ?? '';
    const act = ACTIONS[name];
    if (!act) throw new Error(`the simulated DynamoDB does not know ${name}`);
    // The SDK has written the body as text.
    const { units, json } = act(
      JSON.parse(new TextDecoder().decode(request.body as Uint8Array)) as WireRequest,
    );
    await counter.call(`DynamoDB ${name}`, LATENCY_MS, units);
    const headers = { 'content-type': 'application/x-amz-json-1.0' };
    return { response: { statusCode: 200, headers, body: Readable.from([Buffer.from(json)]) } };
  }
  return new DynamoDBClient({
    region: 'eu-central-1',
    credentials: { accessKeyId: 'simulated', secretAccessKey: 'simulated' },
    // The SDK asks of a handler no more than this.
    requestHandler: { handle } as never,
  });
}
