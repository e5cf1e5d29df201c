import type { TimestreamQueryClient } from '@aws-sdk/client-timestream-query';
import type { TimestreamWriteClient } from '@aws-sdk/client-timestream-write';

/** A table of Timestream for LiveAnalytics and its clients. */
export interface TimestreamTable {
  readonly write: TimestreamWriteClient;
  readonly query: TimestreamQueryClient;
  readonly database: string;
  readonly table: string;
}

/**
 * The only dimension. Dimensions are part of a record's key, and all other attributes of an
 * application may change.
 */
export const APPLICATION_ID = 'application_id';

/**
 * Measure with the application type as JSON text, including `null`, so that the column always
 * exists.
 */
export const APPLICATION_TYPE = 'application_type';

/** Measure that repeats the record's version, which queries cannot read. */
export const WRITTEN = 'written';

/** Name of the table in a query. */
export function tableName({ database, table }: TimestreamTable): string {
  return `${quoteName(database)}.${quoteName(table)}`;
}

/** Quotes an identifier for Timestream's SQL. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** Quotes a text for Timestream's SQL. */
export function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
