import { rowsOf } from '#adapters/local/store/rows-of.ts';
import type { StoreDatabase } from '#adapters/local/store/store-database.ts';
import type { LocalStoreSettings } from '#core/domain/settings/settings.ts';

const DAY_SECONDS = 86_400;

/** Numbers of deleted rows. */
export interface Deleted {
  readonly points: number;
  readonly decisions: number;
}

/**
 * Deletes points and decisions that are older than the retention, counted from the newest entry of
 * their application. The file keeps its size; later entries fill the space.
 * @throws StoreError
 */
export async function applyRetention(
  database: StoreDatabase,
  { historyDays, logDays }: LocalStoreSettings,
): Promise<Deleted> {
  return {
    points: await deleteOld(database, FOOTPRINTS, historyDays),
    decisions: await deleteOld(database, DECISIONS, logDays),
  };
}

interface Dated {
  readonly table: string;
  readonly owner: string;
  readonly at: string;
}

const FOOTPRINTS: Dated = {
  ...{ table: 'footprint', owner: 'application_key', at: 'timestamp_seconds' },
};
const DECISIONS: Dated = {
  ...{ table: 'allocation_log', owner: 'application_id', at: 'decided_at_seconds' },
};

async function deleteOld(
  database: StoreDatabase,
  { table, owner, at }: Dated,
  days: number | null,
): Promise<number> {
  if (days === null) return 0;
  const old = `${at} <= (SELECT max(newest.${at}) FROM ${table} AS newest
    WHERE newest.${owner} = ${table}.${owner}) - ${days * DAY_SECONDS}`;
  return database.write(async (connection) => {
    const [row] = await rowsOf(connection, `SELECT count(*) AS n FROM ${table} WHERE ${old}`);
    const count = Number(row?.['n'] ?? 0);
    if (count > 0) await connection.run(`DELETE FROM ${table} WHERE ${old}`);
    return count;
  });
}
