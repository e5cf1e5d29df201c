import { requireProfile } from '#adapters/encoding/require-profile.ts';
import { createFileModelStore } from '#adapters/local/file-model-store.ts';
import { rowsOf, type Row } from '#adapters/local/store/rows-of.ts';
import type { StoreDatabase } from '#adapters/local/store/store-database.ts';
import { referencedModels, storedModels } from './model-files.ts';

export interface StoreCheck {
  readonly applications: number;
  readonly points: number;
  readonly decisions: number;
  readonly models: number;
  /** Model files that nothing points to; `compact` removes them. */
  readonly unusedModels: number;
  /** One sentence each, naming the application or the file. */
  readonly faults: readonly string[];
}

/** Tables of documents, and the column that names whose they are. */
const DOCUMENTS = [
  ['application_profile', 'application_id', 'applicationId'],
  ['cluster_profile', 'cluster_id', 'clusterId'],
  ['allocation_log', 'application_id', null],
  ['monitoring_state', 'application_id', null],
  ['incident', 'application_id', null],
] as const;

/** Reads everything that is stored and says what is damaged. Changes nothing. */
export async function checkStore(database: StoreDatabase, directory: string): Promise<StoreCheck> {
  const rows = (sql: string) => database.read((connection) => rowsOf(connection, sql));
  const count = async (sql: string): Promise<number> => Number((await rows(sql))[0]?.['n'] ?? 0);
  const faults = [...(await pointFaults(count))];
  for (const [table, owner, key] of DOCUMENTS) {
    const documents = await rows(`SELECT ${owner} AS owner, body FROM ${table}`);
    faults.push(...documents.flatMap((row) => documentFault(table, row, key)));
  }
  const referenced = await referencedModels(database);
  faults.push(...(await modelFaults(directory, referenced)));
  const stored = await storedModels(directory);
  return {
    applications: await count('SELECT count(*) AS n FROM application'),
    points: await count('SELECT count(*) AS n FROM footprint'),
    decisions: await count('SELECT count(*) AS n FROM allocation_log'),
    models: stored.length,
    unusedModels: stored.filter((sha256) => !referenced.has(sha256)).length,
    faults,
  };
}

async function pointFaults(count: (sql: string) => Promise<number>): Promise<readonly string[]> {
  const doubled = await count(
    `SELECT count(*) AS n FROM (SELECT 1 FROM footprint
       GROUP BY application_key, timestamp_seconds HAVING count(*) > 1)`,
  );
  const orphaned = await count(
    `SELECT count(*) AS n FROM footprint
     WHERE application_key NOT IN (SELECT application_key FROM application)`,
  );
  return [
    ...(doubled > 0 ? [`${doubled} points are stored twice`] : []),
    ...(orphaned > 0 ? [`${orphaned} points belong to no application`] : []),
  ];
}

function documentFault(
  table: string,
  { owner, body }: Row,
  key: 'applicationId' | 'clusterId' | null,
): string[] {
  try {
    const document: unknown = JSON.parse(String(body));
    if (key !== null) requireProfile(document, key);
    return [];
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return [`${table} of ${String(owner)} cannot be read: ${reason}`];
  }
}

async function modelFaults(
  directory: string,
  referenced: ReadonlyMap<string, string>,
): Promise<readonly string[]> {
  const models = createFileModelStore(directory);
  const faults: string[] = [];
  for (const [sha256, owner] of referenced) {
    try {
      await models.get(sha256);
    } catch (error) {
      faults.push(`${owner}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return faults;
}
