import { Option, type Command } from 'commander';
import { z } from 'zod';
import { unitNotices } from '#adapters/local/traces/unit-notices.ts';
import type { CommandContext } from '#cli/context/command-context.ts';
import { untilInterrupted } from '#cli/context/interruption.ts';
import { UsageError } from '#cli/context/usage-error.ts';
import { settingsOption, withSettingsOption } from '#cli/options/common-options.ts';
import { duration } from '#cli/options/duration.ts';
import { replayEffects } from '#cli/options/effect/replay-effects.ts';
import { readInputOptions } from '#cli/options/input-options.ts';
import { instanceSize } from '#cli/options/instance-size.ts';
import {
  count,
  levelList,
  nameList,
  numberList,
  path,
  resourceList,
} from '#cli/options/option-types.ts';
import { parseOptions } from '#cli/options/parse-options.ts';
import {
  currencyCode,
  detailLevel,
  knobList,
  positiveNumber,
  share,
  smallShare,
  warmUpMinutes,
} from '#cli/options/replay-options.ts';
import { measuredCommand, measuredOptions } from '#cli/options/trace-command.ts';
import { jsonText } from '#cli/output/json-text.ts';
import { widthOf } from '#cli/output/width-of.ts';
import { withOutputs } from '#cli/output/with-outputs.ts';
import { withTable } from '#cli/output/with-table.ts';
import { replayDocument } from '#cli/presenters/replay-document.ts';
import { replayTable } from '#cli/presenters/replay-rows.ts';
import { replayText } from '#cli/presenters/replay-table.ts';
import { withProgress } from '#cli/progress/create-progress.ts';
import { prometheusUrl } from '#cli/prometheus/prometheus-url.ts';
import type { ReplayedServer } from '#cli/prometheus/replay-prometheus.ts';
import { loadSettings } from '#cli/settings/load-settings.ts';
import { replayInPool } from '#cli/work/replay-in-pool.ts';
import { replaySource } from '#cli/work/replay-source.ts';
import { requestedFleet } from '#cli/work/requested-hours.ts';
import { requireMeasured } from '#cli/work/require-measured.ts';
import type { Settings } from '#core/domain/settings/settings.ts';
import { targetTracking } from '#evaluation/baselines/target-tracking.ts';
import { instanceProblem } from '#evaluation/replay/policy-plan.ts';
import type { ReplayResult } from '#evaluation/replay/replay-result.ts';
import { FOREPRINT } from '#evaluation/replay/summarize-run.ts';
import { DEFAULT_SERVICE, type ServiceRule } from '#evaluation/simulation/service-rule.ts';
import { renderReport, type ReportOptions } from '#html-report/page/render-report.ts';
import {
  DEFAULT_POLICY_NAMES,
  MORE_POLICY_NAMES,
  planPolicies,
  POLICY_NAMES,
} from '#tasks/plan-policies.ts';

const DEFAULT_REPORT = 'report/index.html';

const targetList = numberList('target utilizations above 0, at most 1', (t) => t > 0 && t <= 1);

const options = z.object({
  ...measuredOptions,
  ...settingsOption,
  policies: nameList(POLICY_NAMES).optional(),
  knobs: knobList.optional(),
  resources: z.string().default('cpu').pipe(resourceList),
  quantiles: levelList.optional(),
  targets: targetList.optional(),
  price: positiveNumber.optional(),
  currency: currencyCode.default('USD'),
  detail: detailLevel.optional(),
  objective: share.optional(),
  uncapped: z.boolean().default(false),
  slo: smallShare.optional(),
  csv: path.optional(),
  warmUpMinutes: warmUpMinutes.optional(),
  // Its former name.
  bootMinutes: warmUpMinutes.optional(),
  instance: instanceSize.optional(),
  resume: path.optional(),
  step: duration.optional(),
  workers: count.optional(),
  // `false` is the value of --no-report.
  report: z.union([path, z.literal(false)]).default(DEFAULT_REPORT),
});

/** `foreprint replay`: replays a trace through the whole system and the competing policies. */
export function replayCommand(context: CommandContext): Command {
  return measuredCommand('replay', withSettingsOption)
    .description(
      'replays a trace through the whole system and the competing policies; without a trace, the simulated sample fleet',
    )
    .option(
      '--policies <list>',
      `policies to run (default: ${DEFAULT_POLICY_NAMES.join(', ')}); there are also ${MORE_POLICY_NAMES.join(', ')}`,
    )
    .option('--resources <list>', 'resources to replay, of cpu, memory, disk, network', 'cpu')
    .option(
      '--knobs <list>',
      'knob values of the frontiers, as policy=value,value;policy=value (default: per policy)',
    )
    .option('--quantiles <list>', 'frontier of Foreprint, short for --knobs foreprint=<list>')
    .option('--targets <list>', 'frontier of target tracking, short for --knobs')
    .option(
      '--objective <share>',
      `share of an instance's capacity up to which an application is served well (default ${DEFAULT_SERVICE.objective})`,
    )
    .option('--uncapped', 'show policies all demand, as if use could exceed the capacity')
    .option(
      '--slo <share>',
      `differences in cost, demand and time up to this are none (default ${DEFAULT_SERVICE.threshold})`,
    )
    .option('--csv <file>', 'write the figures of every application and policy as a table')
    .option('--price <amount>', 'price of an instance-hour, to show costs and savings in money')
    .option('--currency <code>', 'currency of the price, ISO 4217 (default USD)')
    .option(
      '--detail <which>',
      'applications with a section in the report: top:N, all or none (default top:50)',
    )
    .option(
      '--warm-up-minutes <n>',
      'instance warm-up: from decision to a new instance in service (default 10)',
    )
    .addOption(new Option('--boot-minutes <n>').hideHelp())
    .option(
      '--instance <sizes>',
      'capacity of one instance, as cpu=4,memory=16Gi (default: a twelfth of the first week’s peak)',
    )
    .option(
      '--resume <dir>',
      'caches finished applications in a directory, so that a stopped replay can continue',
    )
    .option('--step <seconds>', 'step of the trace (default: inferred; of Prometheus 5m)')
    .option('--workers <n>', 'threads (default: one per processor)')
    .option('--report <file>', `the report as one HTML file (default ${DEFAULT_REPORT})`)
    .option('--no-report', 'no report')
    .action((traces: string[], rawOptions: unknown) =>
      // For an option with a --no- form, commander's own default is true.
      runReplay(context, traces, parseOptions(options, withoutTrue(rawOptions))),
    );
}

function withoutTrue(rawOptions: unknown): unknown {
  const { report, ...others } = z.looseObject({ report: z.unknown().optional() }).parse(rawOptions);
  return report === true ? others : { ...others, report };
}

async function runReplay(
  context: CommandContext,
  traces: readonly string[],
  parsed: z.output<typeof options>,
): Promise<void> {
  requireSized(parsed);
  const settings = await loadSettings(parsed.config, parsed.calendar);
  const input = readInputOptions(parsed, traces);
  const server = await replayedServer(context, traces, parsed);
  if (server === 'shown') return;
  const report = parsed.report === false ? undefined : parsed.report;
  await withOutputs({ json: parsed.json, report }, async (outputs) => {
    const result = await withProgress(context, parsed, async (progress) => {
      progress.start('Reading the trace', null);
      const reading =
        server?.read(progress) ?? replaySource(traces, { stepSeconds: parsed.step, input });
      const source = await untilInterrupted(context.signal, reading);
      [...replayEffects(parsed), ...source.notices].forEach((notice) => progress.note(notice));
      requireMeasured(source, parsed.resources);
      const values = source.applications.map(({ window }) => window.values);
      if (!source.simulated) unitNotices(values).forEach((notice) => progress.note(notice));
      const { stepSeconds } = source;
      const own = settingsOf(parsed, { ...settings, resources: parsed.resources, stepSeconds });
      const plan = planPolicies({
        ...parsed,
        instance: parsed.instance,
        knobs: knobsOf(parsed),
        policies: parsed.policies,
        service: serviceOf(parsed),
      });
      const run = { ...parsed, plan, signal: context.signal, progress };
      const all = await replayInPool(source, run, own);
      const replayed = withPolicies(all, parsed.policies);
      const requested = source.requested ? requestedFleet(replayed, source.requested) : null;
      await outputs.json?.write(jsonText(replayDocument(replayed, requested)));
      if (parsed.csv !== undefined) await writeRows(parsed.csv, replayTable(replayed, requested));
      progress.start('Writing the report', null);
      if (outputs.report) {
        await outputs.report.write(await renderReport(replayed, reportOptions(parsed)));
      }
      return { replayed, requestedHours: requested?.total.instanceHours };
    });
    const { replayed, requestedHours } = result;
    const { price } = parsed;
    context.print(replayText(replayed, { price, width: widthOf(context), requestedHours }));
    if (outputs.report) context.print(`report: ${outputs.report.path}`);
  });
}

/** The server to replay from, null where there is none; `shown` after --dry-run. */
async function replayedServer(
  context: CommandContext,
  traces: readonly string[],
  parsed: ParsedOptions,
): Promise<ReplayedServer | 'shown' | null> {
  const url = prometheusUrl(traces, parsed);
  if (url === null) return null;
  const { replayPrometheus } = await import('#cli/prometheus/replay-prometheus.ts');
  return replayPrometheus(context, url, parsed);
}

type ParsedOptions = z.output<typeof options>;

function serviceOf({ objective, uncapped, slo }: ParsedOptions): ServiceRule {
  return {
    objective: objective ?? DEFAULT_SERVICE.objective,
    isCapped: !uncapped,
    threshold: slo ?? DEFAULT_SERVICE.threshold,
  };
}

function reportOptions({ price, currency, detail }: ParsedOptions): ReportOptions {
  return { detail, price: price === undefined ? undefined : { perHour: price, currency } };
}

async function writeRows(
  file: string,
  { columns, rows }: ReturnType<typeof replayTable>,
): Promise<void> {
  await withTable(file, columns, async (write) => {
    for (const row of rows) await write(row);
  });
}

/** The values of all knobs, including the short options --quantiles and --targets. */
function knobsOf({
  knobs,
  quantiles,
  targets,
}: ParsedOptions): ReadonlyMap<string, readonly number[]> {
  return new Map([
    ...(quantiles ? [[FOREPRINT, quantiles] as const] : []),
    ...(targets ? [[targetTracking.name, targets] as const] : []),
    ...(knobs ?? []),
  ]);
}

function settingsOf({ warmUpMinutes, bootMinutes }: ParsedOptions, settings: Settings): Settings {
  const minutes = warmUpMinutes ?? bootMinutes;
  if (minutes === undefined) return settings;
  return { ...settings, allocation: { ...settings.allocation, warmUpSeconds: minutes * 60 } };
}

function withPolicies(result: ReplayResult, names: readonly string[] | undefined): ReplayResult {
  if (names === undefined) return result;
  return { ...result, policies: result.policies.filter(({ name }) => names.includes(name)) };
}

/** @throws UsageError if a given instance limits none of the replayed resources. */
function requireSized({ instance, resources }: z.output<typeof options>): void {
  const problem = instanceProblem(instance, resources);
  if (problem !== null) throw new UsageError(`--instance: ${problem}`);
}
