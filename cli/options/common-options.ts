import { Command } from 'commander';
import { z } from 'zod';
import { DEFAULT_STORE_DIRECTORY } from '#adapters/local/store/open-local-store.ts';
import { count, path } from './option-types.ts';

/** Options that every command has. */
export const commonOptions = {
  json: path.optional(),
  quiet: z.boolean().default(false),
};

/** Adds the options that every command has. */
export function withCommonOptions(command: Command): Command {
  return command
    .option('--json <file>', 'write the machine-readable result (- for standard output)')
    .option('--quiet', 'no progress and no remarks on standard error');
}

export const settingsOption = { config: path.optional(), calendar: path.optional() };

/** Adds `--config` and `--calendar`. */
export function withSettingsOption(command: Command): Command {
  return command
    .option('--config <file>', 'settings that differ from the defaults (JSON)')
    .option('--calendar <file>', 'events and holidays that are expected (YAML or JSON)');
}

export const storeOption = {
  store: path.default(DEFAULT_STORE_DIRECTORY),
  wait: count.optional(),
};

/** Adds `--store` and `--wait`. */
export function withStoreOption(command: Command): Command {
  return command
    .option('--store <dir>', `the store (default ${DEFAULT_STORE_DIRECTORY})`)
    .option('--wait <seconds>', 'wait for a store that another process has (default: a second)');
}

/** Options of a command that works on a store with settings. */
export const storeCommandOptions = { ...commonOptions, ...storeOption, ...settingsOption };

/** A command with those options. */
export function storeCommand(name: string): Command {
  return withSettingsOption(withStoreOption(withCommonOptions(new Command(name))));
}
