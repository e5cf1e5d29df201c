import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { closeServer } from '#test/emulators/close-server.ts';
import { listen } from '#test/emulators/listen.ts';
import { readBody } from '#test/emulators/read-body.ts';
import type { Served } from '#test/emulators/served.ts';
import { timestreamDatum } from './timestream-datum.ts';
import {
  createTimestreamTables,
  type TimestreamTables,
  type WireRecord,
} from './timestream-tables.ts';

/** What tests may look at and change while the server runs. */
export interface TimestreamState {
  /** Calls so far with their bodies, in order. */
  readonly calls: { readonly action: string; readonly body: Body }[];
  /** Errors to answer with, once each, before anything else. */
  readonly faults: { readonly type: string; readonly message: string }[];
  /** Records before this time (Unix seconds) are rejected, as those beyond the retention are. */
  oldestSeconds: number;
  /** Rows of a page of an answer. */
  readonly pageRows: number;
}

interface Body {
  readonly DatabaseName?: string;
  readonly TableName?: string;
  readonly CommonAttributes?: Partial<WireRecord>;
  readonly Records?: readonly WireRecord[];
  readonly QueryString?: string;
  readonly NextToken?: string;
}

/**
 * A host without a port, as the service names its cells; clients keep the port of their endpoint.
 */
const CELL = '127.0.0.1';

/**
 * Timestream's wire protocol (JSON 1.0) over DuckDB: WriteRecords with versions and rejections,
 * Query with pages (the first one empty, as while a query runs), DescribeEndpoints. The SQL is
 * executed by DuckDB as it was sent.
 */
export async function serveTimestream(state: TimestreamState): Promise<Served> {
  const tables = await createTimestreamTables();
  const pages = new Map<string, readonly object[]>();
  let turn: Promise<unknown> = Promise.resolve();

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = JSON.parse((await readBody(request)).toString('utf8')) as Body;
    const action = String(request.headers['x-amz-target']).split('.')[1] ?? '';
    state.calls.push({ action, body });
    const fault = state.faults.shift();
    // One at a time: DuckDB's transactions would refuse concurrent writes that Timestream takes.
    const work = turn.then(() => (fault ? failure(fault.type, fault.message) : act(action, body)));
    turn = work.catch(() => undefined);
    const answer = await work.catch((error: unknown) =>
      failure('InternalServerException', String(error)),
    );
    response.writeHead('__type' in answer ? 400 : 200, {
      'content-type': 'application/x-amz-json-1.0',
    });
    response.end(JSON.stringify(answer));
  }

  async function act(action: string, body: Body): Promise<object> {
    if (action === 'WriteRecords') return writeRecords(tables, body, state.oldestSeconds);
    if (action === 'Query') return query(tables, body, { pages, pageRows: state.pageRows });
    if (action === 'DescribeEndpoints') {
      return { Endpoints: [{ Address: CELL, CachePeriodInMinutes: 1440 }] };
    }
    return failure('UnknownOperationException', action);
  }

  const service = createServer((request, response) => void handle(request, response));
  return {
    endpoint: await listen(service),
    close() {
      closeServer(service);
      tables.close();
    },
  };
}

function failure(type: string, message: string, more: object = {}): object {
  return { __type: `com.amazonaws.timestream.v20181101#${type}`, message, ...more };
}

function writeRecords(
  tables: TimestreamTables,
  { DatabaseName = '', TableName = '', CommonAttributes, Records = [] }: Body,
  oldestSeconds: number,
): object {
  if (Records.length > 100) return failure('ValidationException', `${Records.length} records`);
  const quote = (name: string) => `"${name.replaceAll('"', '""')}"`;
  const table = `${quote(DatabaseName)}.${quote(TableName)}`;
  const rejected: object[] = [];
  for (const [RecordIndex, record] of Records.entries()) {
    const tooOld = Number(record.Time) < oldestSeconds;
    const rejection = tooOld
      ? { Reason: 'The record timestamp is outside the time range of the data ingestion window.' }
      : tables.write(table, { ...CommonAttributes, ...record });
    if (rejection) rejected.push({ RecordIndex, ...rejection });
  }
  if (rejected.length > 0) {
    return failure('RejectedRecordsException', 'One or more records have been rejected.', {
      RejectedRecords: rejected,
    });
  }
  return { RecordsIngested: { Total: Records.length } };
}

async function query(
  tables: TimestreamTables,
  { QueryString = '', NextToken }: Body,
  {
    pages,
    pageRows,
  }: { readonly pages: Map<string, readonly object[]>; readonly pageRows: number },
): Promise<object> {
  const described = await describeQuery(tables, QueryString);
  if ('__type' in described) return described;
  const { ColumnInfo, rows } = described;
  if (NextToken === undefined) {
    const token = `page-${pages.size}`;
    pages.set(token, rows);
    return { QueryId: token, ColumnInfo, Rows: [], NextToken: token };
  }
  const rest = pages.get(NextToken) ?? [];
  const token = `page-${pages.size}`;
  pages.set(token, rest.slice(pageRows));
  const Rows = rest.slice(0, pageRows);
  return { QueryId: token, ColumnInfo, Rows, ...(rest.length > pageRows && { NextToken: token }) };
}

interface Described {
  readonly ColumnInfo: readonly object[];
  readonly rows: readonly object[];
}

async function describeQuery(
  tables: TimestreamTables,
  sql: string,
): Promise<Described | { readonly __type: string }> {
  try {
    const reader = await tables.query(sql);
    const ColumnInfo = reader.columnNames().map((Name, k) => ({
      Name,
      Type: { ScalarType: String(reader.columnType(k)) },
    }));
    // Timestream promises no order: here the rows that were stored last come first.
    const stored = /ORDER BY/i.test(sql) ? reader.getRows() : reader.getRows().reverse();
    const rows = stored.map((row) => ({ Data: row.map(timestreamDatum) }));
    return { ColumnInfo, rows };
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    // A table has the columns of its records, none without any, and Timestream says so.
    const missing = /Table with name .* does not exist|schema .* does not exist/i.test(text)
      ? 'application_id'
      : /Referenced column "(\w+)" not found/.exec(text)?.[1];
    const message = missing === undefined ? text : `line 1:8: Column '${missing}' does not exist`;
    return { __type: 'com.amazonaws.timestream.v20181101#ValidationException', ...{ message } };
  }
}
