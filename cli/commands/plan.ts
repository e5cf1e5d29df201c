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

/** The models learn from the first seven days; at least one further day is evaluated. */
const MIN_DAYS = 8;
/** CloudWatch keeps five-minute points for this time. */
const MAX_DAYS = 63;

const options = z.object({
  ...commonOptions,
  ...settingsOption,
  ...regionOption,
  days: z
    .string()
    .default('14')
    .pipe(wholeNumber(MIN_DAYS))
    .refine((days) => days <= MAX_DAYS, {
      error: `CloudWatch keeps five-minute points for ${MAX_DAYS} days`,
    }),
  resources: z.string().default('cpu').pipe(resourceList),
  price: z
    .string()
    .transform(Number)
    .refine((price) => price > 0, { error: 'is not a price' })
    .optional(),
  workers: count.optional(),
  report: path.optional(),
});

/** `foreprint plan`: what Foreprint would have saved in this account, before it is deployed. */
export function planCommand(context: CommandContext): Command {
  return withRegionOption(withSettingsOption(withCommonOptions(new Command('plan'))))
    .description(
      'replays CloudWatch data of Auto Scaling groups and ECS services and shows possible savings; only reads',
    )
    .argument('<group...>', 'names of Auto Scaling groups, or service/CLUSTER/NAME')
    .option('--days <n>', `days to replay, ${MIN_DAYS} to ${MAX_DAYS} (default 14)`)
    .option('--resources <list>', 'resources to replay, of cpu, memory, disk, network', 'cpu')
    .option('--price <usd>', 'price of an instance-hour (default: from the price list)')
    .option('--workers <n>', 'threads (default: one per processor)')
    .option('--report <file>', 'the report of the replay as one HTML file')
    .action(async (names: string[], rawOptions: unknown) => {
      const parsed = parseOptions(options, rawOptions);
      const { runPlan } = await import('#cli/aws/run-plan.ts');
      await runPlan(context, {
        names: groupNames(names),
        ...parsed,
        region: parsed.region,
        price: parsed.price,
        workers: parsed.workers,
        config: parsed.config,
        calendar: parsed.calendar,
        report: parsed.report,
        json: parsed.json,
      });
    });
}
