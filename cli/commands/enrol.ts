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

/** Characters that the value of a group's tag may contain. */
const TAG_VALUE = /^[\p{L}\p{N}\p{Z}_.:/=+\-@]{1,256}$/u;

const options = z.object({
  ...commonOptions,
  ...regionOption,
  ...stackOption,
  mode: modeSchema.optional(),
  type: z.string().regex(TAG_VALUE, 'is not a valid value of a tag').optional(),
  dryRun: z.boolean().default(false),
  force: z.boolean().default(false),
});

/** `foreprint enrol`: puts Auto Scaling groups under Foreprint's management. */
export function enrolCommand(context: CommandContext): Command {
  return withStackOption(withRegionOption(withCommonOptions(new Command('enrol'))))
    .description(
      'enrols Auto Scaling groups and ECS services in the deployment: adds tags, and hooks to groups',
    )
    .argument('<group...>', 'names of Auto Scaling groups, or service/CLUSTER/NAME')
    .option('--mode <mode>', `${MODES.join(', ')} (default: the deployment's)`)
    .option('--type <type>', 'type of the applications, which selects their initial defaults')
    .option('--force', 'enrol in mode full although a group has a dynamic scaling policy')
    .option('--dry-run', 'show what would be changed, change nothing')
    .action(async (names: string[], rawOptions: unknown) => {
      const { mode, type, region, stack, ...rest } = parseOptions(options, rawOptions);
      const request = { names: groupNames(names), mode, type, region, stack };
      // Imported on demand: the AWS clients are slow to load.
      const { runEnrol } = await import('#cli/aws/run-enrol.ts');
      await runEnrol(context, {
        ...request,
        dryRun: rest.dryRun,
        force: rest.force,
        json: rest.json,
      });
    });
}
