import { Command, Option } from 'commander';
import { z } from 'zod';
import type { ReplayResult } from '#evaluation/replay/replay-result.ts';
import { FOREPRINT } from '#evaluation/replay/summarize-run.ts';
import { targetTracking } from '#evaluation/baselines/target-tracking.ts';
import type { Settings } from '#core/domain/settings/settings.ts';
import type { CommandContext } from '#cli/context/command-context.ts';
import { replayDocument } from '#cli/presenters/replay-document.ts';
import { untilInterrupted } from '#cli/context/interruption.ts';
import {
  commonOptions,
  settingsOption,
  withCommonOptions,
  withSettingsOption,
} from '#cli/options/common-options.ts';
import {
  count,
  levelList,
  nameList,
  numberList,
  path,
  resourceList,
} from '#cli/options/option-types.ts';
import {
  instanceSize,
  knobList,
  positiveNumber,
  warmUpMinutes,
} from '#cli/options/replay-options.ts';
import { parseOptions } from '#cli/options/parse-options.ts';
import { jsonText } from '#cli/output/json-text.ts';
import { withOutputs } from '#cli/output/with-outputs.ts';
import { withProgress } from '#cli/progress/create-progress.ts';
import { planPolicies, POLICY_NAMES } from '#cli/work/plan-policies.ts';
import { replayInPool } from '#cli/work/replay-in-pool.ts';
import { replaySource } from '#cli/work/replay-source.ts';
import { renderReport } from '#html-report/page/render-report.ts';
import { loadSettings } from '#cli/settings/load-settings.ts';
import { replayText } from '#cli/presenters/replay-table.ts';

const DEFAULT_REPORT = 'report/index.html';

const targetList = numberList('target utilizations above 0, at most 1', (t) => t > 0 && t <= 1);

const options = z.object({
  ...commonOptions,
  ...settingsOption,
  policies: nameList(POLICY_NAMES).optional(),
  knobs: knobList.optional(),
  resources: z.string().default('cpu').pipe(resourceList),
  quantiles: levelList.optional(),
  targets: targetList.optional(),
  price: positiveNumber.optional(),
  warmUpMinutes: warmUpMinutes.optional(),
  // Its former name.
  bootMinutes: warmUpMinutes.optional(),
  instance: instanceSize.optional(),
  resume: path.optional(),
  step: count.optional(),
  workers: count.optional(),
  // false: --no-report.
  report: z.union([path, z.literal(false)]).default(DEFAULT_REPORT),
});

/** `foreprint replay`: a trace through the whole system, and through the policies it competes with. */
export function replayCommand(context: CommandContext): Command {
  return withSettingsOption(withCommonOptions(new Command('replay')))
    .description(
      'replays a trace through the whole system and through the policies it competes with; without a trace the sample fleet, which is simulated',
    )
    .argument('[trace...]', 'CSV, CSV.gz or Parquet files, or directories of GWA-T-12 files')
    .option('--policies <list>', `policies to run (default all: ${POLICY_NAMES.join(', ')})`)
    .option('--resources <list>', 'resources to replay, of cpu, memory, disk, network', 'cpu')
    .option(
      '--knobs <list>',
      'frontiers, as policy=value,value;policy=value (default: each its own)',
    )
    .option('--quantiles <list>', 'frontier of Foreprint, short for --knobs foreprint=<list>')
    .option('--targets <list>', 'frontier of target tracking, short for --knobs')
    .option('--price <amount>', 'price of an instance-hour: costs and savings in money')
    .option(
      '--warm-up-minutes <n>',
      'instance warm-up: from decision to a new instance in service (default 10)',
    )
    .addOption(new Option('--boot-minutes <n>').hideHelp())
    .option(
      '--instance <sizes>',
      'what one instance holds, as cpu=4,memory=16Gi (default: a twelfth of the first week’s peak)',
    )
    .option('--resume <dir>', 'keeps finished applications there, so that a stopped replay goes on')
    .option('--step <seconds>', 'step of the trace (default: inferred)')
    .option('--workers <n>', 'threads (default: one per processor)')
    .option('--report <file>', `the report as one HTML file (default ${DEFAULT_REPORT})`)
    .option('--no-report', 'no report')
    .action((traces: string[], given: unknown) =>
      // Commander's own default of an option with --no- is true.
      runReplay(context, traces, parseOptions(options, withoutTrue(given))),
    );
}

function withoutTrue(given: unknown): unknown {
  const { report, ...others } = z.looseObject({ report: z.unknown().optional() }).parse(given);
  return report === true ? others : { ...others, report };
}

async function runReplay(
  context: CommandContext,
  traces: readonly string[],
  given: z.output<typeof options>,
): Promise<void> {
  const settings = await loadSettings(given.config);
  const report = given.report === false ? undefined : given.report;
  await withOutputs({ json: given.json, report }, async (outputs) => {
    const result = await withProgress(context, given, async (progress) => {
      progress.start('Reading the trace', null);
      const source = await untilInterrupted(context.signal, replaySource(traces, given.step));
      source.notices.forEach((notice) => progress.note(notice));
      const { stepSeconds } = source;
      const own = settingsOf(given, { ...settings, resources: given.resources, stepSeconds });
      const plan = planPolicies({
        ...given,
        instance: given.instance,
        knobs: knobsOf(given),
        policies: given.policies,
      });
      const run = { ...given, plan, signal: context.signal, progress };
      const all = await replayInPool(source, run, own);
      const replayed = withPolicies(all, given.policies);
      await outputs.json?.write(jsonText(replayDocument(replayed)));
      progress.start('Writing the report', null);
      if (outputs.report) {
        await outputs.report.write(await renderReport(replayed, given.price));
      }
      return replayed;
    });
    context.print(replayText(result, given.price));
    if (outputs.report) context.print(`report: ${outputs.report.path}`);
  });
}

type Given = z.output<typeof options>;

/** What was said of knobs, the two short ways included. */
function knobsOf({ knobs, quantiles, targets }: Given): ReadonlyMap<string, readonly number[]> {
  return new Map([
    ...(quantiles ? [[FOREPRINT, quantiles] as const] : []),
    ...(targets ? [[targetTracking.name, targets] as const] : []),
    ...(knobs ?? []),
  ]);
}

function settingsOf({ warmUpMinutes, bootMinutes }: Given, settings: Settings): Settings {
  const minutes = warmUpMinutes ?? bootMinutes;
  if (minutes === undefined) return settings;
  return { ...settings, allocation: { ...settings.allocation, warmUpSeconds: minutes * 60 } };
}

function withPolicies(result: ReplayResult, names: readonly string[] | undefined): ReplayResult {
  if (names === undefined) return result;
  return { ...result, policies: result.policies.filter(({ name }) => names.includes(name)) };
}
