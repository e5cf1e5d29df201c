import type {
  ApplicationReplay,
  PolicySummary,
  ReplayTrace,
} from '#evaluation/replay/replay-result.ts';
import { targetTracking } from '#evaluation/baselines/target-tracking.ts';
import { FOREPRINT } from '#evaluation/replay/summarize-run.ts';
import type { PlannedGroup } from './planned-group.ts';

/** Hours of a month as AWS counts them. */
const MONTH_HOURS = 730;
/** Below this share of known steps nobody can say what a group had in service. */
const LEAST_KNOWN = 0.9;

/** What the replay says of one group, in instance-hours over the evaluated time. */
export interface GroupSavings {
  readonly group: string;
  readonly instanceTypes: readonly string[];
  /** US dollars an instance-hour; null where it is not known. */
  readonly price: number | null;
  readonly evaluatedHours: number;
  /** What really was in service; null where CloudWatch does not know. */
  readonly inServiceHours: number | null;
  readonly policies: readonly PolicySummary[];
  /** Instance-hours a month less than what was in service, or than target tracking where that is not known; may be negative. */
  readonly savedHoursPerMonth: number | null;
  readonly savedPerMonth: number | null;
}

export interface SavingsInput {
  readonly group: PlannedGroup;
  readonly price: number | null;
  readonly replayed: ApplicationReplay;
  readonly instances: ReadonlyMap<number, number>;
}

/** Compares what Foreprint would have had in service with what the group had. */
export function groupSavings(
  { group, price, replayed, instances }: SavingsInput,
  trace: ReplayTrace,
): GroupSavings {
  const { evaluatedFromSeconds: from, stepSeconds } = trace;
  const to = trace.fromSeconds + trace.steps * stepSeconds;
  const evaluatedHours = (to - from) / 3600;
  const known = [...instances].flatMap(([at, count]) => (at >= from && at < to ? [count] : []));
  const mean = known.reduce((sum, count) => sum + count, 0) / known.length;
  const isKnown = known.length * stepSeconds >= LEAST_KNOWN * (to - from);
  const inServiceHours = isKnown ? mean * evaluatedHours : null;
  const hoursOf = (policy: string) =>
    replayed.policies.find(({ name }) => name === policy)?.instanceHours ?? null;
  const [ours, before] = [hoursOf(FOREPRINT), inServiceHours ?? hoursOf(targetTracking.name)];
  const savedHoursPerMonth =
    ours === null || before === null ? null : ((before - ours) / evaluatedHours) * MONTH_HOURS;
  return {
    group: group.name,
    instanceTypes: group.instanceTypes,
    price,
    evaluatedHours,
    inServiceHours,
    policies: replayed.policies,
    savedHoursPerMonth,
    savedPerMonth:
      savedHoursPerMonth === null || price === null ? null : savedHoursPerMonth * price,
  };
}
