import Table from 'cli-table3';
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

const HEAD = ['policy', 'instance-hours', 'vs target tracking', 'unserved demand', 'short steps'];
const MORE_HEAD = ['scaling actions', 'mean utilization'];

/**
 * A replay as text: cost and unserved demand of each policy, selected models, clusters, incidents.
 */
export function replayText(result: ReplayResult, price?: number): string {
  const verdicts = verdictSentence(result);
  return [
    traceLine(result),
    policyTable(result.policies, price),
    ...(verdicts === null ? [] : [verdicts]),
    `models: ${modelCounts(result.models)}`,
    `clusters: ${clusterText(result)}`,
    `anomalies: ${formatCount(result.anomalies, 'incident')}`,
  ].join('\n');
}

function traceLine({ trace }: ReplayResult): string {
  const { applications, steps, stepSeconds, simulated, sources, service } = trace;
  const what = simulated
    ? 'the sample fleet, which is simulated: nothing in it was measured'
    : sources.join(', ');
  return (
    `${what}\n${formatCount(applications, 'application')}, ${formatWhole(steps)} steps of ${stepSeconds} s, ` +
    `${trace.resources.join(', ')}; evaluated from ${formatTime(trace.evaluatedFromSeconds)} UTC\n` +
    `served well up to ${formatShare(service.objective)} of the capacity in service; ` +
    (service.isCapped ? 'measured use ends at the capacity' : 'policies see all demand')
  );
}

function policyTable(policies: readonly PolicySummary[], price?: number): string {
  const reference = policies.find(({ name }) => name === targetTracking.name)?.instanceHours ?? 0;
  const table = new Table({
    head: [...HEAD, ...MORE_HEAD, ...(price === undefined ? [] : ['cost', 'saved'])],
    colAligns: ['left', ...Array.from({ length: 8 }, () => 'right' as const)],
    style: { head: [], border: [] },
  });
  for (const policy of policies) {
    const saved = reference > 0 ? policy.instanceHours / reference - 1 : null;
    table.push([
      formatName(policy.name),
      formatWhole(policy.instanceHours),
      formatDifference(saved),
      formatShare(policy.unservedDemand),
      formatShare(policy.shortSteps),
      formatWhole(policy.scalingActions),
      formatShare(policy.meanUtilization),
      ...(price === undefined ? [] : moneyOf(policy.instanceHours, { reference, price })),
    ]);
  }
  return table.toString();
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
