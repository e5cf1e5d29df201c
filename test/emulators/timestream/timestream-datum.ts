import { DuckDBListValue, DuckDBTimestampValue, type DuckDBValue } from '@duckdb/node-api';

/**
 * A value of DuckDB as Timestream writes it in an answer: text in a ScalarValue, NullValue, or an
 * ArrayValue.
 */
export function timestreamDatum(value: DuckDBValue): object {
  if (value === null) return { NullValue: true };
  if (value instanceof DuckDBListValue) return { ArrayValue: value.items.map(timestreamDatum) };
  if (value instanceof DuckDBTimestampValue) {
    const iso = new Date(Number(value.micros / 1000n)).toISOString();
    return { ScalarValue: `${iso.slice(0, 23).replace('T', ' ')}000000` };
  }
  return { ScalarValue: String(value) };
}
