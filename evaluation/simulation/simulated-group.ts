import { clampInstances } from '#core/capacity/limits.ts';
import type { CapacityLimits } from '#core/domain/allocation.ts';

/** A group of instances in simulated time, counted in steps. */
export interface SimulatedGroup {
  /** In service and starting. */
  readonly desired: number;
  readonly inService: number;
  readonly pending: number;
  /** Times the desired number changed. */
  readonly actions: number;
  /** Puts instances into service whose start-up ends at or before the start of `step`. */
  advanceTo(step: number): void;
  /** Asks for `instances` at the start of `step`, moved into the limits. */
  setDesired(instances: number, step: number): void;
}

interface Launch {
  readonly readyAt: number;
  readonly count: number;
}

/**
 * The replay's rules: a new instance serves `warmUpSteps` after it was asked for; one that is no longer wanted is gone at
 * once, those still starting first, the youngest of them before the older.
 */
export function createSimulatedGroup(options: {
  readonly limits: CapacityLimits;
  readonly warmUpSteps: number;
  readonly initial: number;
}): SimulatedGroup {
  let launches: readonly Launch[] = [];
  const inService = clampInstances(options.initial, options.limits);
  // Fields and no getters: groups with getters have a shape each, and what steers dozens of them looks them up slowly.
  const group = { desired: inService, inService, pending: 0, actions: 0 };
  const count = (inServiceNow: number, launchesNow: readonly Launch[]): void => {
    launches = launchesNow;
    group.inService = inServiceNow;
    group.pending = starting(launches);
    group.desired = inServiceNow + group.pending;
  };
  return Object.assign(group, {
    advanceTo(step: number): void {
      if (launches.length === 0) return;
      const started = starting(launches.filter(({ readyAt }) => readyAt <= step));
      if (started === 0) return;
      const others = launches.filter(({ readyAt }) => readyAt > step);
      count(group.inService + started, others);
    },
    setDesired(instances: number, step: number): void {
      const change = clampInstances(instances, options.limits) - group.desired;
      if (change === 0) return;
      group.actions++;
      if (change > 0) {
        const launch = { readyAt: step + options.warmUpSteps, count: change };
        count(group.inService, [...launches, launch]);
        return;
      }
      const kept = withoutYoungest(launches, -change);
      const cancelled = group.pending - starting(kept);
      count(group.inService + change + cancelled, kept);
    },
  });
}

function starting(launches: readonly Launch[]): number {
  return launches.reduce((sum, { count }) => sum + count, 0);
}

/** The launches without up to `excess` instances, taken from the youngest (last) first. */
function withoutYoungest(launches: readonly Launch[], excess: number): Launch[] {
  let left = excess;
  return launches
    .toReversed()
    .map((launch) => {
      const cancelled = Math.min(left, launch.count);
      left -= cancelled;
      return { ...launch, count: launch.count - cancelled };
    })
    .filter(({ count }) => count > 0)
    .toReversed();
}
