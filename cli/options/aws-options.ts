import type { Command } from 'commander';
import { z } from 'zod';
import { UsageError } from '#cli/context/usage-error.ts';

export const regionOption = { region: z.string().min(1, 'is empty').optional() };

/** Adds `--region`. */
export function withRegionOption(command: Command): Command {
  return command.option('--region <name>', 'AWS region (default: AWS_REGION, or the profile’s)');
}

export const stackOption = { stack: z.string().min(1, 'is empty').optional() };

/** Adds `--stack`. */
export function withStackOption(command: Command): Command {
  return command.option(
    '--stack <name>',
    'stack of the deployment, if there are several in the region',
  );
}

/**
 * Removes duplicate names of groups.
 * @throws UsageError if a name is empty.
 */
export function groupNames(names: readonly string[]): readonly string[] {
  if (names.some((name) => name.trim() === '')) throw new UsageError('a group has an empty name');
  return [...new Set(names)];
}
