import { join } from 'node:path';
import type { Command } from 'commander';
import { z } from 'zod';
import { openStoreDatabase, type StoreDatabase } from '#adapters/local/store/store-database.ts';
import { backupStore } from '#adapters/local/upkeep/backup-store.ts';
import { checkStore } from '#adapters/local/upkeep/check-store.ts';
import { compactStore } from '#adapters/local/upkeep/compact-store.ts';
import type { CommandContext } from '#cli/context/command-context.ts';
import { UsageError } from '#cli/context/usage-error.ts';
import { storeCommand, storeCommandOptions } from '#cli/options/common-options.ts';
import { count } from '#cli/options/option-types.ts';
import { parseOptions } from '#cli/options/parse-options.ts';
import { jsonText } from '#cli/output/json-text.ts';
import { withOutputs } from '#cli/output/with-outputs.ts';
import { loadSettings } from '#cli/settings/load-settings.ts';
import { openWhenFree, requireStore } from '#cli/store/with-store.ts';
import { formatCount } from '#html-report/text/format.ts';

const options = z.object({
  ...storeCommandOptions,
  historyDays: count.optional(),
  logDays: count.optional(),
});

/** What an action found or did: lines for people, a document for programs. */
interface Result {
  readonly lines: readonly string[];
  readonly document: object;
  /** Ends the command with an error when everything else is done. */
  readonly failure?: string | undefined;
}

/** An open store and what was asked for. */
interface Request {
  readonly database: StoreDatabase;
  readonly directory: string;
  readonly target: string | undefined;
  readonly given: z.output<typeof options>;
}

/** `foreprint store`: checks, compacts or backs up a store. */
export function storeUpkeepCommand(context: CommandContext): Command {
  return storeCommand('store')
    .description('checks a store, compacts it, or copies it as a backup')
    .argument('<action>', 'check, compact or backup')
    .argument('[dir]', 'the new directory of a backup, which is a store itself')
    .option('--history-days <n>', 'compact: days of points to keep, counted from the newest')
    .option('--log-days <n>', 'compact: days of decisions to keep, counted from the newest')
    .action((action: string, target: string | undefined, given: unknown) =>
      runStore(context, { action, target }, parseOptions(options, given)),
    );
}

async function runStore(
  { signal, print }: CommandContext,
  { action, target }: { readonly action: string; readonly target: string | undefined },
  given: z.output<typeof options>,
): Promise<void> {
  const run = ACTIONS.get(action);
  if (!run) throw new UsageError(`unknown action "${action}": check, compact or backup`);
  if ((action === 'backup') !== (target !== undefined)) {
    throw new UsageError('backup needs a directory, check and compact take none');
  }
  await loadSettings(given.config, given.calendar);
  const directory = given.store;
  await requireStore(directory);
  await withOutputs({ json: given.json }, async (outputs) => {
    const file = join(directory, 'store.duckdb');
    const access = action === 'compact' ? 'write' : 'read';
    const database = await openWhenFree(() => openStoreDatabase(file, access), {
      signal,
      waitSeconds: given.wait,
    });
    try {
      const { lines, document, failure } = await run({ database, directory, target, given });
      await outputs.json?.write(jsonText({ action, store: file, ...document }));
      lines.forEach(print);
      if (failure !== undefined) throw new Error(failure);
    } finally {
      await database.close();
    }
  });
}

const ACTIONS: ReadonlyMap<string, (request: Request) => Promise<Result>> = new Map([
  ['check', check],
  ['compact', compact],
  ['backup', backup],
]);

async function check({ database, directory }: Request): Promise<Result> {
  const found = await checkStore(database, directory);
  const { applications, points, decisions, models, unusedModels, faults } = found;
  const unused = unusedModels === 0 ? '' : `, ${unusedModels} of them unused`;
  return {
    lines: [
      `${formatCount(applications, 'application')}, ${formatCount(points, 'point')}, ${formatCount(decisions, 'decision')}, ${formatCount(models, 'model')}${unused}`,
      ...faults,
      ...(faults.length === 0 ? ['nothing is damaged'] : []),
    ],
    document: found,
    ...(faults.length > 0 && { failure: `${database.file}: ${faults.length} faults` }),
  };
}

async function compact({ database, directory, given }: Request): Promise<Result> {
  const { localStore } = await loadSettings(given.config);
  const { historyDays = localStore.historyDays, logDays = localStore.logDays } = given;
  const done = await compactStore(database, directory, { historyDays, logDays });
  const { points, decisions, models, bytesBefore, bytesAfter } = done;
  const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;
  return {
    lines: [
      `removed ${points} points, ${decisions} decisions and ${models} unused models`,
      `the database has ${megabytes(bytesAfter)}, ${megabytes(bytesBefore)} before`,
    ],
    document: done,
  };
}

async function backup({ database, directory, target = '' }: Request): Promise<Result> {
  const models = await backupStore(database, directory, target);
  return {
    lines: [`the store and ${models} models are in ${target}`],
    document: { directory: target, models },
  };
}
