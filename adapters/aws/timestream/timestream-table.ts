import type { TimestreamQueryClient } from '@aws-sdk/client-timestream-query';
import type { TimestreamWriteClient } from '@aws-sdk/client-timestream-write';

/** A table of Timestream for LiveAnalytics and the clients that reach it. */
export interface TimestreamTable {
  readonly write: TimestreamWriteClient;
  readonly query: TimestreamQueryClient;
  readonly database: string;
  readonly table: string;
}

/** The only dimension: what else is known of an application may change, and a dimension is part of a record's key. */
export const APPLICATION_ID = 'application_id';

/** Measure that holds the type as JSON text, `null` included, so that the column is always there. */
export const APPLICATION_TYPE = 'application_type';

/** Measure that repeats the record's version, which a query cannot see. */
export const WRITTEN = 'written';

/** Name of the table in a query. */
export function tableName({ database, table }: TimestreamTable): string {
  return `${quoteName(database)}.${quoteName(table)}`;
}

/** An identifier in Timestream's SQL, whatever it contains. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A text in Timestream's SQL, whatever it contains. */
export function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
