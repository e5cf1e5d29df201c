import { targetTracking } from '#evaluation/baselines/target-tracking.ts';
import type {
  ApplicationReplay,
  PolicySummary,
  ReplayTrace,
} from '#evaluation/replay/replay-result.ts';
import { FOREPRINT } from '#evaluation/replay/summarize-run.ts';
import type { PlannedGroup } from './planned-group.ts';

/** Hours of a month in AWS price calculations. */
const MONTH_HOURS = 730;
/** Share of steps with a known number of instances below which the instance-hours are unknown. */
const MIN_KNOWN_SHARE = 0.9;

/** Result of the replay for one group, in instance-hours over the evaluated time. */
export interface GroupSavings {
  readonly group: string;
  readonly instanceTypes: readonly string[];
  /** US dollars per instance-hour; null if unknown. */
  readonly price: number | null;
  readonly evaluatedHours: number;
  /** Instance-hours that were actually in service; null if CloudWatch does not have them. */
  readonly inServiceHours: number | null;
  readonly policies: readonly PolicySummary[];
  /** Dynamic scaling policies of the group, beside which Foreprint only sets a floor. */
  readonly ownPolicies: readonly string[];
  /**
   * Instance-hours saved per month against the hours in service, or against target tracking if
   * those are unknown; may be negative. Null beside a policy: a floor never takes an instance away.
   */
  readonly savedHoursPerMonth: number | null;
  readonly savedPerMonth: number | null;
}

export interface SavingsInput {
  readonly group: PlannedGroup;
  readonly price: number | null;
  readonly replayed: ApplicationReplay;
  readonly instances: ReadonlyMap<number, number>;
}

/** Compares the instance-hours of Foreprint with those of the group. */
export function groupSavings(
  { group, price, replayed, instances }: SavingsInput,
  trace: ReplayTrace,
): GroupSavings {
  const { evaluatedFromSeconds: from, stepSeconds } = trace;
  const to = trace.fromSeconds + trace.steps * stepSeconds;
  const evaluatedHours = (to - from) / 3600;
  const counts = [...instances].flatMap(([at, count]) => (at >= from && at < to ? [count] : []));
  const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  const isKnown = counts.length * stepSeconds >= MIN_KNOWN_SHARE * (to - from);
  const inServiceHours = isKnown ? mean * evaluatedHours : null;
  const hoursOf = (policy: string) =>
    replayed.policies.find(({ name }) => name === policy)?.instanceHours ?? null;
  const [foreprintHours, referenceHours] = [
    hoursOf(FOREPRINT),
    inServiceHours ?? hoursOf(targetTracking.name),
  ];
  const savedHoursPerMonth =
    foreprintHours === null || referenceHours === null || group.ownPolicies.length > 0
      ? null
      : ((referenceHours - foreprintHours) / evaluatedHours) * MONTH_HOURS;
  return {
    group: group.name,
    instanceTypes: group.instanceTypes,
    price,
    evaluatedHours,
    inServiceHours,
    policies: replayed.policies,
    ownPolicies: group.ownPolicies,
    savedHoursPerMonth,
    savedPerMonth:
      savedHoursPerMonth === null || price === null ? null : savedHoursPerMonth * price,
  };
}
