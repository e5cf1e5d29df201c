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

const options = z.object({ ...commonOptions, ...regionOption, ...stackOption });

/** `foreprint doctor`: reports what is missing in an account, and the commands to run. */
export function doctorCommand(context: CommandContext): Command {
  return withStackOption(withRegionOption(withCommonOptions(new Command('doctor'))))
    .description('checks account, deployment and groups, and says what to run; only reads')
    .argument(
      '[group...]',
      'names of Auto Scaling groups, or service/CLUSTER/NAME (default: all that are enrolled)',
    )
    .action(async (names: string[], rawOptions: unknown) => {
      const { region, stack, json } = parseOptions(options, rawOptions);
      const { runDoctor } = await import('#cli/aws/run-doctor.ts');
      await runDoctor(context, { names: groupNames(names), region, stack, json });
    });
}
