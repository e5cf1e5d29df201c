import { Command } from 'commander';
import { z } from 'zod';
import type { CommandContext } from '#cli/context/command-context.ts';
import { groupNames, regionOption, withRegionOption } from '#cli/options/aws-options.ts';
import {
  commonOptions,
  settingsOption,
  withCommonOptions,
  withSettingsOption,
} from '#cli/options/common-options.ts';
import { count, path, resourceList, wholeNumber } from '#cli/options/option-types.ts';
import { parseOptions } from '#cli/options/parse-options.ts';

/** The first seven days teach; at least one is counted. */
const LEAST_DAYS = 8;
/** CloudWatch keeps five-minute points for so long. */
const MOST_DAYS = 63;

const options = z.object({
  ...commonOptions,
  ...settingsOption,
  ...regionOption,
  days: z
    .string()
    .default('14')
    .pipe(wholeNumber(LEAST_DAYS))
    .refine((days) => days <= MOST_DAYS, {
      error: `CloudWatch keeps five-minute points for ${MOST_DAYS} days`,
    }),
  resources: z.string().default('cpu').pipe(resourceList),
  price: z
    .string()
    .transform(Number)
    .refine((price) => price > 0, { error: 'is no price' })
    .optional(),
  workers: count.optional(),
  report: path.optional(),
});

/** `foreprint plan`: what Foreprint would have saved in this account, before anything is deployed. */
export function planCommand(context: CommandContext): Command {
  return withRegionOption(withSettingsOption(withCommonOptions(new Command('plan'))))
    .description(
      'replays what CloudWatch has of Auto Scaling groups and shows what would be saved; only reads',
    )
    .argument('<group...>', 'names of Auto Scaling groups')
    .option('--days <n>', `days to replay, ${LEAST_DAYS} to ${MOST_DAYS} (default 14)`)
    .option('--resources <list>', 'resources to replay, of cpu, memory, disk, network', 'cpu')
    .option('--price <usd>', 'what an instance-hour costs (default: from the price list)')
    .option('--workers <n>', 'threads (default: one per processor)')
    .option('--report <file>', 'the report of the replay as one HTML file')
    .action(async (names: string[], given: unknown) => {
      const parsed = parseOptions(options, given);
      const { runPlan } = await import('#cli/aws/run-plan.ts');
      await runPlan(context, {
        names: groupNames(names),
        ...parsed,
        region: parsed.region,
        price: parsed.price,
        workers: parsed.workers,
        config: parsed.config,
        report: parsed.report,
        json: parsed.json,
      });
    });
}
