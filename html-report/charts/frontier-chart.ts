import type { ReplayResult } from '#evaluation/replay/replay-result.ts';
import type { FrontierChart } from '#html-report/payload/chart-data.ts';
import { comparePolicies, orderPolicies } from '#html-report/text/compare-policies.ts';
import { formatName, formatShare, formatWhole } from '#html-report/text/format.ts';

/** Name of a policy without its setting: target-tracking-70 → target-tracking. */
export function policyFamily(name: string): string {
  return name.replace(/-\d+(\.\d+)?$/, '');
}

/** Policy families in drawing order, then those that only the frontier contains. */
function families(result: ReplayResult): readonly string[] {
  const names = [
    ...orderPolicies(result.policies),
    ...result.frontier.map((p) => ({ name: p.policy })),
  ];
  return [...new Set(names.map(({ name }) => policyFamily(name)))];
}

/**
 * Height of the chart relative to the policies' current settings. Cheap settings leave so much
 * unserved that a chart with all of them would flatten the others.
 */
const TOP_MARGIN = 1.25;

/** Families that are drawn at first besides the subject and its baseline. */
const ALSO_SHOWN = 'oracle';

/** Whether a family is drawn before the reader asks for it. */
function isShown(family: string, style: number): boolean {
  return style < 2 || family === ALSO_SHOWN;
}

/** Those of the policies that are drawn at first. */
function shownOf(result: ReplayResult): ReplayResult['policies'] {
  const names = families(result).filter(isShown);
  return result.policies.filter(({ name }) => names.includes(policyFamily(name)));
}

/** Unserved demand up to which settings are drawn, rounded up to two digits; a share. */
function maxUnserved(
  policies: ReplayResult['policies'],
  frontier: ReplayResult['frontier'],
): number {
  const shares = (policies.length > 0 ? policies : frontier).map((p) => p.unservedDemand);
  const least = TOP_MARGIN * Math.max(0, ...shares);
  if (least === 0) return 0.01;
  const unit = 10 ** (Math.floor(Math.log10(least)) - 1);
  return Math.ceil(least / unit) * unit;
}

/** In percent, without the digits that binary fractions leave. */
const percent = (share: number): number => Number((share * 100).toPrecision(4));

/** Cost against shortage: per policy, a line through its settings and its current setting. */
export function frontierChart(result: ReplayResult): FrontierChart {
  const policies = families(result).map((family, style) => {
    const points = result.frontier
      .filter(({ policy }) => policyFamily(policy) === family)
      .sort((a, b) => a.instanceHours - b.instanceHours)
      .map((p) => [p.instanceHours, p.unservedDemand * 100, p.knob] as const);
    const now = result.policies.find(({ name }) => policyFamily(name) === family);
    const current =
      now === undefined ? null : ([now.instanceHours, now.unservedDemand * 100] as const);
    const label = formatName(now?.name ?? family);
    return { label, style, shown: isShown(family, style), points, current };
  });
  return {
    kind: 'frontier',
    tallest: percent(maxUnserved(shownOf(result), result.frontier)),
    tallestOfAll: percent(maxUnserved(result.policies, result.frontier)),
    policies,
  };
}

/**
 * Unserved demand of a family at a given cost, interpolated between its two closest settings. Null
 * outside their range.
 */
export function unservedAt(
  frontier: ReplayResult['frontier'],
  family: string,
  instanceHours: number,
): number | null {
  const points = frontier
    .filter(({ policy }) => policyFamily(policy) === family)
    .sort((a, b) => a.instanceHours - b.instanceHours);
  const right = points.findIndex((point) => point.instanceHours >= instanceHours);
  const after = points[right];
  if (after === undefined) return null;
  const before = points[right - 1];
  if (before === undefined) {
    return after.instanceHours === instanceHours ? after.unservedDemand : null;
  }
  const share =
    (instanceHours - before.instanceHours) / (after.instanceHours - before.instanceHours);
  return before.unservedDemand + share * (after.unservedDemand - before.unservedDemand);
}

/** The frontier as text. */
export function frontierFinding(result: ReplayResult): string {
  const compared = comparePolicies(result.policies);
  if (compared === null) return 'No policy was replayed.';
  const parts = [compared.subject, compared.baseline].flatMap((policy) =>
    policy === null
      ? []
      : [
          `${formatName(policy.name)} stands at ${formatWhole(policy.instanceHours)} instance-hours with ${formatShare(policy.unservedDemand)} of demand unserved.`,
        ],
  );
  const { subject, baseline } = compared;
  const family = policyFamily(subject.name);
  const unservedAtSameCost =
    baseline && unservedAt(result.frontier, family, baseline.instanceHours);
  if (unservedAtSameCost !== null) {
    parts.push(
      `Between its settings, ${formatName(family)} at the cost of ${formatName(baseline!.name)} would leave ${formatShare(unservedAtSameCost)} unserved.`,
    );
  }
  const tallest = maxUnserved(shownOf(result), result.frontier);
  if (result.frontier.some(({ unservedDemand }) => unservedDemand > tallest)) {
    parts.push(
      `Settings that leave more than ${formatShare(tallest)} are only listed in the table.`,
    );
  }
  return parts.join(' ');
}
