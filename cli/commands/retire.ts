import { Command } from 'commander';
import { z } from 'zod';
import type { CommandContext } from '#cli/context/command-context.ts';
import {
  groupNames,
  regionOption,
  stackOption,
  withRegionOption,
  withStackOption,
} from '#cli/options/aws-options.ts';
import { commonOptions, withCommonOptions } from '#cli/options/common-options.ts';
import { parseOptions } from '#cli/options/parse-options.ts';

const options = z.object({
  ...commonOptions,
  ...regionOption,
  ...stackOption,
  forget: z.boolean().default(false),
  dryRun: z.boolean().default(false),
});

/** `foreprint retire`: every trace of Foreprint off Auto Scaling groups. */
export function retireCommand(context: CommandContext): Command {
  return withStackOption(withRegionOption(withCommonOptions(new Command('retire'))))
    .description('takes Auto Scaling groups out of management: hooks, tags, their own minimum back')
    .argument('<group...>', 'names of Auto Scaling groups, also of deleted ones')
    .option('--forget', 'also delete their history, profiles, allocation log and incidents')
    .option('--dry-run', 'show what would be changed, change nothing')
    .action(async (names: string[], given: unknown) => {
      const { region, stack, forget, dryRun, json } = parseOptions(options, given);
      const { runRetire } = await import('#cli/aws/run-retire.ts');
      await runRetire(context, { names: groupNames(names), region, stack, forget, dryRun, json });
    });
}
