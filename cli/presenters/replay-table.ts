import { columnLines, type Column } from '#cli/output/columns.ts';
import { targetTracking } from '#evaluation/baselines/target-tracking.ts';
import type { PolicySummary, ReplayResult } from '#evaluation/replay/replay-result.ts';
import {
  formatCount,
  formatDifference,
  formatName,
  formatShare,
  formatTime,
  formatWhole,
} from '#html-report/text/format.ts';
import { verdictSentence } from '#html-report/text/verdicts.ts';

/** Short heads: the whole table fits into 100 columns, without the last two into 80. */
const COLUMNS: readonly Column[] = [
  { head: 'policy' },
  { head: 'inst.-hours', isRight: true },
  { head: 'vs tracking', isRight: true },
  { head: 'unserved', isRight: true },
  { head: 'short', isRight: true },
  { head: 'actions', isRight: true, leaveOut: 1 },
  { head: 'utilization', isRight: true, leaveOut: 2 },
];
const MONEY: readonly Column[] = [
  { head: 'cost', isRight: true },
  { head: 'saved', isRight: true },
];

export interface TextOptions {
  /** Of an instance-hour; undefined where money is not shown. */
  readonly price?: number | undefined;
  /** Columns that a line may take. */
  readonly width: number;
  /** What pods request today, in instance-hours; absent where it is not known. */
  readonly requestedHours?: number | null | undefined;
}

/**
 * A replay as text: cost and unserved demand of each policy, selected models, clusters, incidents.
 */
export function replayText(result: ReplayResult, options: TextOptions): string {
  const verdicts = verdictSentence(result);
  return [
    traceLine(result),
    ...policyTable(result.policies, options),
    ...(verdicts === null ? [] : [verdicts]),
    `models: ${modelCounts(result.models)}`,
    `clusters: ${clusterText(result)}`,
    `anomalies: ${formatCount(result.anomalies, 'incident')}`,
  ].join('\n');
}

function traceLine({ trace }: ReplayResult): string {
  const { applications, steps, stepSeconds, simulated, sources, service } = trace;
  const files = sources.join(', ');
  const what = simulated ? `${files}\nsimulated: nothing in it was measured` : files;
  return (
    `${what}\n${formatCount(applications, 'application')}, ${formatWhole(steps)} steps of ${stepSeconds} s, ` +
    `${trace.resources.join(', ')}; evaluated from ${formatTime(trace.evaluatedFromSeconds)} UTC\n` +
    `served well up to ${formatShare(service.objective)} of the capacity in service; ` +
    (service.isCapped ? 'measured use ends at the capacity' : 'policies see all demand')
  );
}

function policyTable(
  policies: readonly PolicySummary[],
  { price, width, requestedHours = null }: TextOptions,
): readonly string[] {
  const reference = policies.find(({ name }) => name === targetTracking.name)?.instanceHours ?? 0;
  const saved = (hours: number) => (reference > 0 ? hours / reference - 1 : null);
  const money = (hours: number) =>
    price === undefined ? [] : moneyOf(hours, { reference, price });
  const rows = policies.map((policy) => {
    return [
      formatName(policy.name),
      formatWhole(policy.instanceHours),
      formatDifference(saved(policy.instanceHours)),
      formatShare(policy.unservedDemand),
      formatShare(policy.shortSteps),
      formatWhole(policy.scalingActions),
      formatShare(policy.meanUtilization),
      ...money(policy.instanceHours),
    ];
  });
  if (requestedHours !== null) {
    const hours = [formatWhole(requestedHours), formatDifference(saved(requestedHours))];
    // Nobody knows how a fixed request would have served.
    rows.push(['pod requests', ...hours, '–', '–', '–', '–', ...money(requestedHours)]);
  }
  return columnLines(price === undefined ? COLUMNS : [...COLUMNS, ...MONEY], rows, width);
}

/** Cost of a policy, and its savings against target tracking. */
function moneyOf(
  hours: number,
  { reference, price }: { readonly reference: number; readonly price: number },
): string[] {
  return [formatWhole(hours * price), formatWhole((reference - hours) * price)];
}

function modelCounts(models: Readonly<Record<string, number>>): string {
  const ranked = Object.entries(models).sort(([, a], [, b]) => b - a);
  return ranked.map(([model, count]) => `${model} ${count}`).join(', ') || 'none';
}

function clusterText({ clusters, moves }: ReplayResult): string {
  if (clusters.length === 0) return 'none';
  const sizes = clusters.map(({ name, applications }) => `${name} ${applications.length}`);
  return `${sizes.join(', ')}; ${formatCount(moves.length, 'move')} between them`;
}
