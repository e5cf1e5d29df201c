import type { Command } from 'commander';
import { z } from 'zod';
import { UsageError } from '#cli/context/usage-error.ts';

export const regionOption = { region: z.string().min(1, 'is empty').optional() };

/** Adds `--region`. */
export function withRegionOption(command: Command): Command {
  return command.option(
    '--region <name>',
    'AWS region (default: AWS_REGION, or the one of the profile)',
  );
}

export const stackOption = { stack: z.string().min(1, 'is empty').optional() };

/** Adds `--stack`. */
export function withStackOption(command: Command): Command {
  return command.option('--stack <name>', 'the deployment, where there are several in the region');
}

/**
 * Names of groups as given, each once.
 * @throws UsageError for an empty one.
 */
export function groupNames(given: readonly string[]): readonly string[] {
  if (given.some((name) => name.trim() === '')) throw new UsageError('a group has an empty name');
  return [...new Set(given)];
}
