import type { ModeFigures } from '#evaluation/account/plan-modes.ts';
import { targetTracking } from '#evaluation/baselines/target-tracking.ts';
import type {
  ApplicationReplay,
  PolicySummary,
  ReplayTrace,
} from '#evaluation/replay/replay-result.ts';
import { FOREPRINT } from '#evaluation/replay/summarize-run.ts';
import { MONTH_HOURS, modePromises, type ModePromise } from './mode-promises.ts';
import type { PlannedEvents } from './planned-events.ts';
import type { PlannedGroup } from './planned-group.ts';

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
  /** What was known beforehand of it. */
  readonly expected: PlannedEvents;
  /** What the modes promise; empty where they cannot be simulated. */
  readonly modes: readonly ModePromise[];
  /** Why the modes cannot be simulated; null where they are. */
  readonly notSimulated: string | null;
  /**
   * Instance-hours saved per month in the mode that the group can have as it is: `scale-out` beside
   * policies of its own, which never saves any, else `full` against the hours in service, or against
   * target tracking if those are unknown. May be negative. Null beside policies that cannot be
   * simulated.
   */
  readonly savedHoursPerMonth: number | null;
  readonly savedPerMonth: number | null;
}

export interface SavingsInput {
  readonly group: PlannedGroup;
  readonly price: number | null;
  readonly replayed: ApplicationReplay;
  readonly instances: ReadonlyMap<number, number>;
  readonly expected: PlannedEvents;
  /** What the modes would have done, or why they cannot be simulated. */
  readonly figures: ModeFigures | string;
}

/** Compares the instance-hours of Foreprint with those of the group. */
export function groupSavings(
  { group, price, replayed, instances, expected, figures }: SavingsInput,
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
  const referenceHours = inServiceHours ?? hoursOf(targetTracking.name);
  const hasPolicies = group.ownPolicies.length > 0;
  const knownHourly =
    hasPolicies || referenceHours === null ? null : referenceHours / evaluatedHours;
  const modes = typeof figures === 'string' ? [] : modePromises(figures, knownHourly);
  const savedHoursPerMonth =
    modes.length > 0 || hasPolicies
      ? (modes.find(({ mode }) => mode === (hasPolicies ? 'scale-out' : 'full'))
          ?.savedHoursPerMonth ?? null)
      : replayedSaving({
          ours: hoursOf(FOREPRINT),
          theirs: referenceHours,
          hours: evaluatedHours,
        });
  return {
    group: group.name,
    instanceTypes: group.instanceTypes,
    price,
    evaluatedHours,
    inServiceHours,
    policies: replayed.policies,
    ownPolicies: group.ownPolicies,
    expected,
    modes,
    notSimulated: typeof figures === 'string' ? figures : null,
    savedHoursPerMonth,
    savedPerMonth:
      savedHoursPerMonth === null || price === null ? null : savedHoursPerMonth * price,
  };
}

/** Instance-hours a month by the replay; null where either is unknown. */
function replayedSaving({
  ours,
  theirs,
  hours,
}: {
  readonly ours: number | null;
  readonly theirs: number | null;
  readonly hours: number;
}): number | null {
  return ours === null || theirs === null ? null : ((theirs - ours) / hours) * MONTH_HOURS;
}
