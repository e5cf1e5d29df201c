import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';

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

/** What keeps a record from being stored, null where it was stored. */
export interface Rejection {
  readonly Reason: string;
  readonly ExistingVersion?: number;
}

export interface TimestreamTables {
  write(table: string, record: WireRecord): Promise<Rejection | null>;
  readonly connection: DuckDBConnection;
}

interface Table {
  readonly columns: Set<string>;
  /** Version and content by key: dimensions, time and measure name. */
  readonly records: Map<string, { readonly version: number; readonly content: string }>;
}

/**
 * Tables of multi-measure records in DuckDB under the names that queries use: columns appear with the first record
 * that has them, a record replaces the one of the same key if its version is higher.
 */
export async function createTimestreamTables(): Promise<TimestreamTables> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  await connection.run('CREATE MACRO from_milliseconds(ms) AS make_timestamp((ms * 1000)::BIGINT)');
  await connection.run('CREATE MACRO to_milliseconds(t) AS epoch_ms(t)');
  await connection.run('CREATE MACRO array_join(a, d, n) AS array_to_string(a, d)');
  const tables = new Map<string, Table>();
  return {
    connection,
    async write(name, record) {
      const table = tables.get(name) ?? (await createTable(connection, name));
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
      await store(connection, { name, table, key, record, isKnown: known !== undefined });
      return null;
    },
  };
}

async function createTable(connection: DuckDBConnection, name: string): Promise<Table> {
  const [database = ''] = name.split('.');
  await connection.run(`CREATE SCHEMA IF NOT EXISTS ${database}`);
  await connection.run(
    `CREATE TABLE ${stored(name)} (record_key VARCHAR, measure_name VARCHAR, time TIMESTAMP)`,
  );
  return { columns: new Set(), records: new Map() };
}

/** The stored table; queries see a view of it without the key. */
function stored(name: string): string {
  return name.replace(/"$/, ' records"');
}

async function store(
  connection: DuckDBConnection,
  of: { name: string; table: Table; key: string; record: WireRecord; isKnown: boolean },
): Promise<void> {
  const { name, table, key, record, isKnown } = of;
  const cells = [
    ...record.Dimensions.map(({ Name, Value }) => ({ Name, Type: 'VARCHAR', Value })),
    ...record.MeasureValues,
  ];
  for (const { Name, Type } of cells) {
    if (table.columns.has(Name)) continue;
    table.columns.add(Name);
    await connection.run(`ALTER TABLE ${stored(name)} ADD COLUMN "${Name}" ${Type}`);
    await connection.run(
      `CREATE OR REPLACE VIEW ${name} AS SELECT * EXCLUDE (record_key) FROM ${stored(name)}`,
    );
  }
  if (isKnown) {
    await connection.run(`DELETE FROM ${stored(name)} WHERE record_key = $key`, { key });
  }
  const names = cells.map(({ Name }) => `"${Name}"`).join(', ');
  const values = cells.map(({ Type }, k) => `$v${k}::${Type}`).join(', ');
  await connection.run(
    `INSERT INTO ${stored(name)} (record_key, measure_name, time, ${names})
     VALUES ($key, $measure, make_timestamp($time::BIGINT * 1000000), ${values})`,
    {
      key,
      measure: record.MeasureName,
      time: record.Time,
      ...Object.fromEntries(cells.map(({ Value }, k) => [`v${k}`, Value])),
    },
  );
}
