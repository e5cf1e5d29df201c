import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { findGroups } from '#cli/aws/account/find-groups.ts';
import { withAccount, type AwsAccount } from '#cli/aws/account/open-account.ts';
import type { CommandContext } from '#cli/context/command-context.ts';
import { untilInterrupted } from '#cli/context/interruption.ts';
import { UsageError } from '#cli/context/usage-error.ts';
import { jsonText } from '#cli/output/json-text.ts';
import { widthOf } from '#cli/output/width-of.ts';
import { withOutputs } from '#cli/output/with-outputs.ts';
import { replayText } from '#cli/presenters/replay-table.ts';
import { withProgress } from '#cli/progress/create-progress.ts';
import type { Progress } from '#cli/progress/progress.ts';
import { loadSettings } from '#cli/settings/load-settings.ts';
import { replayInPool } from '#cli/work/replay-in-pool.ts';
import { stepStart } from '#core/domain/align-time.ts';
import type { Resource } from '#core/domain/footprint.ts';
import type { ModeFigures } from '#evaluation/account/plan-modes.ts';
import type { ReplayResult } from '#evaluation/replay/replay-result.ts';
import { WHOLE_SERVICE } from '#evaluation/simulation/service-rule.ts';
import { renderReport } from '#html-report/page/render-report.ts';
import { planPolicies } from '#tasks/plan-policies.ts';
import { compareModes } from './plan/compare-modes.ts';
import { findPrices } from './plan/find-prices.ts';
import { groupSavings, type GroupSavings } from './plan/group-savings.ts';
import { planDocument } from './plan/plan-document.ts';
import { plannedGroups, type PlannedGroup } from './plan/planned-group.ts';
import { readPlanTrace, type PlanTrace } from './plan/read-plan-trace.ts';
import { savingsText } from './plan/savings-lines.ts';
import { findServices, splitNames } from './services/find-services.ts';
import { plannedServices } from './services/planned-services.ts';

/** CloudWatch keeps points with this period for 63 days. */
const STEP_SECONDS = 300;
const DAY_SECONDS = 86_400;

export interface PlanOptions {
  readonly names: readonly string[];
  readonly region: string | undefined;
  readonly days: number;
  readonly resources: readonly Resource[];
  readonly price: number | undefined;
  readonly workers: number | undefined;
  readonly config: string | undefined;
  readonly calendar: string | undefined;
  readonly report: string | undefined;
  readonly json: string | undefined;
  readonly quiet: boolean;
}

interface Planned {
  readonly result: ReplayResult;
  readonly savings: readonly GroupSavings[];
}

/** Replays the groups' data from CloudWatch; only reads. */
export async function runPlan(context: CommandContext, options: PlanOptions): Promise<void> {
  const { json, report } = options;
  await withOutputs({ json, report }, (outputs) =>
    withAccount(options.region, async (account) => {
      const { result, savings } = await withProgress(context, options, (progress) =>
        planGroups(context, { account, options, progress }),
      );
      await outputs.json?.write(jsonText(planDocument(account.region, result, savings)));
      if (outputs.report) await outputs.report.write(await renderReport(result));
      context.print(replayText(result, { width: widthOf(context) }));
      context.print(savingsText(savings));
      if (outputs.report) context.print(`report: ${outputs.report.path}`);
    }),
  );
}

async function planGroups(
  { signal, clock }: CommandContext,
  task: {
    readonly account: AwsAccount;
    readonly options: PlanOptions;
    readonly progress: Progress;
  },
): Promise<Planned> {
  const { account, options, progress } = task;
  const settings = await loadSettings(options.config, options.calendar);
  progress.start('Reading CloudWatch', null);
  const named = splitNames(options.names);
  const found = await findGroups(account.autoScaling, named.groups);
  const { groups: ofGroups, notices: unread } = await plannedGroups(account, found);
  const services = await findServices(account.call, named.services);
  const ofServices = await plannedServices(account, services);
  const groups = [...ofGroups, ...ofServices.groups];
  const { prices, notices } = await findPrices(account, groups, options.price);
  const toSeconds = stepStart(clock.nowSeconds(), STEP_SECONDS);
  const range = { fromSeconds: toSeconds - options.days * DAY_SECONDS, toSeconds };
  const client = new CloudWatchClient(account.client);
  const reading = readPlanTrace(client, groups, { range, stepSeconds: STEP_SECONDS });
  const trace = await untilInterrupted(signal, reading);
  [...unread, ...ofServices.notices, ...notices, ...trace.notices].forEach((notice) =>
    progress.note(notice),
  );
  if (trace.applications.length === 0) {
    throw new UsageError(`CloudWatch has no data of these groups in the last ${options.days} days`);
  }
  const source = {
    sources: [`CloudWatch ${account.region}: ${options.names.join(', ')}`],
    simulated: false,
    stepSeconds: STEP_SECONDS,
    applications: trace.applications,
    notices: [],
  };
  const own = { ...settings, resources: options.resources, stepSeconds: STEP_SECONDS };
  const plan = planPolicies({
    policies: undefined,
    knobs: new Map(),
    instance: undefined,
    service: WHOLE_SERVICE,
  });
  const result = await replayInPool(source, { ...options, plan, signal, progress }, own);
  const { evaluatedFromSeconds } = result.trace;
  const figures = await compareModes(
    { groups, trace, evaluatedFromSeconds, settings: own },
    { workers: options.workers, signal, progress },
  );
  return { result, savings: savingsOf({ result, groups, prices, trace, figures }) };
}

function savingsOf(planned: {
  readonly result: ReplayResult;
  readonly groups: readonly PlannedGroup[];
  readonly prices: ReadonlyMap<string, number>;
  readonly trace: PlanTrace;
  readonly figures: ReadonlyMap<string, ModeFigures | string>;
}): readonly GroupSavings[] {
  const { result, groups, prices, trace, figures } = planned;
  return result.applications.flatMap((replayed) => {
    const { applicationId } = replayed;
    const group = groups.find(({ name }) => name === applicationId);
    if (group === undefined) return [];
    const instances = trace.instances.get(applicationId) ?? new Map<number, number>();
    const price = prices.get(applicationId) ?? null;
    const input = { group, price, replayed, instances };
    const modes = figures.get(applicationId) ?? 'it was not replayed';
    return [groupSavings({ ...input, figures: modes }, result.trace)];
  });
}
