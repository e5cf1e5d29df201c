import { DuckDBInstance, type DuckDBConnection, type DuckDBResultReader } from '@duckdb/node-api';

export interface WireRecord {
  readonly Dimensions: readonly { readonly Name: string; readonly Value: string }[];
  readonly MeasureName: string;
  readonly MeasureValues: readonly {
    readonly Name: string;
    readonly Type: 'DOUBLE' | 'BIGINT' | 'VARCHAR' | 'BOOLEAN' | 'TIMESTAMP';
    readonly Value: string;
  }[];
  /** In the unit SECONDS, the only one this emulator knows. */
  readonly Time: string;
  readonly Version: number;
}

/** What keeps a record from being stored. */
export interface Rejection {
  readonly Reason: string;
  readonly ExistingVersion?: number;
}

export interface TimestreamTables {
  /** Stores a record; null, or what keeps it from being stored. */
  write(table: string, record: WireRecord): Rejection | null;
  /** Runs a query on everything that was written. */
  query(sql: string): Promise<DuckDBResultReader>;
  close(): void;
}

interface Table {
  /** Type by name of a column. */
  readonly columns: Map<string, string>;
  /** Version and content by key: dimensions, time and measure name. */
  readonly records: Map<string, { readonly version: number; readonly content: string }>;
  /** Records that DuckDB does not have yet, by key. */
  readonly written: Map<string, WireRecord>;
}

/**
 * Tables of multi-measure records in DuckDB under the names that queries use: columns appear with
 * the first record that has them, a record replaces the one of the same key if its version is
 * higher. DuckDB gets the records when a query comes, all at once: one statement for each takes
 * long enough on a busy machine for clients to give up.
 */
export async function createTimestreamTables(): Promise<TimestreamTables> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  await connection.run('CREATE MACRO from_milliseconds(ms) AS make_timestamp((ms * 1000)::BIGINT)');
  await connection.run('CREATE MACRO to_milliseconds(t) AS epoch_ms(t)');
  await connection.run('CREATE MACRO array_join(a, d, n) AS array_to_string(a, d)');
  const tables = new Map<string, Table>();
  return {
    write(name, record) {
      const table = tables.get(name) ?? {
        columns: new Map(),
        records: new Map(),
        written: new Map(),
      };
      tables.set(name, table);
      const key = JSON.stringify([record.Dimensions, record.Time, record.MeasureName]);
      const content = JSON.stringify(record.MeasureValues);
      const known = table.records.get(key);
      if (known && known.version >= record.Version) {
        if (known.version === record.Version && known.content === content) return null;
        const Reason = 'The record version is not higher than the existing version.';
        return { Reason, ExistingVersion: known.version };
      }
      table.records.set(key, { version: record.Version, content });
      table.written.set(key, record);
      return null;
    },
    async query(sql) {
      for (const [name, table] of tables) {
        if (table.written.size > 0) await store(connection, name, table);
      }
      return connection.runAndReadAll(sql);
    },
    close: () => connection.closeSync(),
  };
}

/** The stored table; queries see a view of it without the key. */
function stored(name: string): string {
  return name.replace(/"$/, ' records"');
}

async function store(connection: DuckDBConnection, name: string, table: Table): Promise<void> {
  const { columns, written } = table;
  const rows = [...written].map(([record_key, record]) => {
    const cells = [
      ...record.Dimensions.map(({ Name, Value }) => ({ Name, Type: 'VARCHAR', Value })),
      ...record.MeasureValues,
    ];
    for (const { Name, Type } of cells) columns.set(Name, Type);
    const values = Object.fromEntries(cells.map(({ Name, Value }) => [Name, Value]));
    return { ...values, record_key, measure_name: record.MeasureName, time: record.Time };
  });
  written.clear();
  const [database = ''] = name.split('.');
  await connection.run(`CREATE SCHEMA IF NOT EXISTS ${database}`);
  await connection.run(
    `CREATE TABLE IF NOT EXISTS ${stored(name)}
     (record_key VARCHAR, measure_name VARCHAR, time TIMESTAMP)`,
  );
  for (const [column, type] of columns) {
    const added = `ADD COLUMN IF NOT EXISTS "${column}" ${type}`;
    await connection.run(`ALTER TABLE ${stored(name)} ${added}`);
  }
  await connection.run(
    `CREATE OR REPLACE VIEW ${name} AS SELECT * EXCLUDE (record_key) FROM ${stored(name)}`,
  );
  const names = [...columns.keys()];
  const shape = Object.fromEntries(
    [...names, 'record_key', 'measure_name', 'time'].map((column) => [column, 'VARCHAR']),
  );
  const cast = names.map((column) => `, "${column}"::${columns.get(column)} AS "${column}"`);
  await connection.run(
    `CREATE OR REPLACE TEMP TABLE arrived AS
     SELECT record_key, measure_name, make_timestamp(time::BIGINT * 1000000) AS time${cast.join('')}
     FROM (SELECT unnest(from_json($rows::JSON, $shape), max_depth := 2))`,
    { rows: JSON.stringify(rows), shape: JSON.stringify([shape]) },
  );
  await connection.run(
    `DELETE FROM ${stored(name)} WHERE record_key IN (SELECT record_key FROM arrived)`,
  );
  await connection.run(`INSERT INTO ${stored(name)} BY NAME SELECT * FROM arrived`);
}
