import { Command } from 'commander';
import type { CommandContext } from '#cli/command-context.ts';
import { withCommonOptions } from '#cli/options/common-options.ts';

export function detectCommand(_context: CommandContext): Command {
  return withCommonOptions(new Command('detect'));
}
