import {
  ConditionalCheckFailedException,
  type BatchGetItemCommandInput,
  type DeleteItemCommandInput,
  type GetItemCommandInput,
  type PutItemCommandInput,
  type QueryCommandInput,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import type { Answers } from './answer-sdk.ts';
import { createBoxTable, type BoxTable } from './box-table.ts';
import { satisfies, type BoxItem, type ExpressionNames } from './dynamodb-condition.ts';

/** Tables whose partition key is not `pk`, with the sort key `sk`. */
const OTHER_KEYS: Readonly<Record<string, readonly [string]>> = { handled: ['id'] };

interface Conditional extends ExpressionNames {
  readonly ConditionExpression?: string | undefined;
}

/**
 * DynamoDB's commands, answered from memory without a wire between: weeks of an account pass in
 * minutes. It has the expressions that Foreprint and Powertools send; tests compare it with an
 * emulator. Tables are there when they are first used.
 */
export function answerDynamodb(): Answers {
  const tables = new Map<string, BoxTable>();
  const tableOf = (name = ''): BoxTable => {
    const table = tables.get(name) ?? createBoxTable(OTHER_KEYS[name] ?? ['pk', 'sk']);
    tables.set(name, table);
    return table;
  };
  return {
    GetItemCommand: ({ TableName, Key = {} }: GetItemCommandInput) => ({
      Item: tableOf(TableName).get(Key),
    }),
    BatchGetItemCommand: ({ RequestItems = {} }: BatchGetItemCommandInput) => ({
      Responses: Object.fromEntries(
        Object.entries(RequestItems).map(([name, { Keys = [] }]) => [
          name,
          Keys.map((key) => tableOf(name).get(key)).filter((item) => item !== undefined),
        ]),
      ),
    }),
    PutItemCommand: (input: PutItemCommandInput) => {
      const { TableName, Item = {}, ReturnValues } = input;
      const before = tableOf(TableName).get(Item);
      requireCondition(input, before);
      tableOf(TableName).put(Item);
      return ReturnValues === 'ALL_OLD' ? { Attributes: before } : {};
    },
    DeleteItemCommand: (input: DeleteItemCommandInput) => {
      const { TableName, Key = {} } = input;
      requireCondition(input, tableOf(TableName).get(Key));
      tableOf(TableName).delete(Key);
      return {};
    },
    UpdateItemCommand: (input: UpdateItemCommandInput) => {
      const { TableName, Key = {} } = input;
      const before = tableOf(TableName).get(Key);
      requireCondition(input, before);
      const after = updated({ ...Key, ...before }, input);
      tableOf(TableName).put(after);
      return { Attributes: after };
    },
    QueryCommand: (input: QueryCommandInput) => {
      const { TableName, KeyConditionExpression = '', ScanIndexForward, Limit } = input;
      const partition = input.ExpressionAttributeValues?.[':pk']?.S ?? '';
      const all = tableOf(TableName).partition(partition);
      const ofSort = KeyConditionExpression.replace(/^pk = :pk( AND )?/, '');
      const found = ofSort === '' ? all : all.filter((item) => satisfies(item, ofSort, input));
      if (ScanIndexForward !== false) return { Items: found.slice(0, Limit) };
      return { Items: found.slice(-(Limit ?? found.length)).reverse() };
    },
  };
}

function requireCondition(request: Conditional, before: BoxItem | undefined): void {
  const { ConditionExpression: condition } = request;
  if (condition === undefined || satisfies(before ?? {}, condition, request)) return;
  throw new ConditionalCheckFailedException({
    message: 'The conditional request failed',
    $metadata: {},
    ...(before && { Item: before }),
  });
}

/** Applies `SET a = :a, … REMOVE b, …`. */
function updated(
  item: BoxItem,
  {
    UpdateExpression = '',
    ExpressionAttributeNames: names,
    ExpressionAttributeValues: values,
  }: UpdateItemCommandInput,
): BoxItem {
  const after = { ...item };
  const [sets = '', removes = ''] = UpdateExpression.replace(/^SET /, '').split(' REMOVE ');
  for (const set of sets.split(', ')) {
    const [name = '', value = ''] = set.split(' = ');
    const found = values?.[value];
    if (!found) throw new SyntaxError(`cannot apply ${UpdateExpression}`);
    after[names?.[name] ?? name] = found;
  }
  for (const name of removes.split(', ')) Reflect.deleteProperty(after, names?.[name] ?? name);
  return after;
}
