import { Command } from 'commander';
import { z } from 'zod';
import { MODES, modeSchema } from '#cdk/configuration/modes.ts';
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

/** What a tag of a group may hold. */
const TAG_VALUE = /^[\p{L}\p{N}\p{Z}_.:/=+\-@]{1,256}$/u;

const options = z.object({
  ...commonOptions,
  ...regionOption,
  ...stackOption,
  mode: modeSchema.optional(),
  type: z.string().regex(TAG_VALUE, 'is no value for a tag').optional(),
  dryRun: z.boolean().default(false),
});

/** `foreprint enrol`: Auto Scaling groups under Foreprint’s management. */
export function enrolCommand(context: CommandContext): Command {
  return withStackOption(withRegionOption(withCommonOptions(new Command('enrol'))))
    .description('puts Auto Scaling groups under management of the deployment: tags and hooks')
    .argument('<group...>', 'names of Auto Scaling groups')
    .option('--mode <mode>', `${MODES.join(', ')} (default: the deployment's)`)
    .option('--type <type>', 'type of the applications, for the defaults they start with')
    .option('--dry-run', 'show what would be changed, change nothing')
    .action(async (names: string[], given: unknown) => {
      const { mode, type, region, stack, ...rest } = parseOptions(options, given);
      const request = { names: groupNames(names), mode, type, region, stack };
      // The clients of AWS take a quarter of a second to load.
      const { runEnrol } = await import('#cli/aws/run-enrol.ts');
      await runEnrol(context, { ...request, dryRun: rest.dryRun, json: rest.json });
    });
}
