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

/** `foreprint retire`: removes everything that Foreprint added to Auto Scaling groups. */
export function retireCommand(context: CommandContext): Command {
  return withStackOption(withRegionOption(withCommonOptions(new Command('retire'))))
    .description(
      'retires Auto Scaling groups and ECS services: removes hooks and tags, restores the minimum',
    )
    .argument(
      '<group...>',
      'names of Auto Scaling groups, or service/CLUSTER/NAME, also of deleted ones',
    )
    .option('--forget', 'also delete their history, profiles, allocation log and incidents')
    .option('--dry-run', 'show what would be changed, change nothing')
    .action(async (names: string[], rawOptions: unknown) => {
      const { region, stack, forget, dryRun, json } = parseOptions(options, rawOptions);
      const { runRetire } = await import('#cli/aws/run-retire.ts');
      await runRetire(context, { names: groupNames(names), region, stack, forget, dryRun, json });
    });
}
