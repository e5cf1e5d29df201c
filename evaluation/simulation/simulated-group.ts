import { clampInstances } from '#core/capacity/limits.ts';
import type { CapacityLimits } from '#core/domain/allocation.ts';

/** A group of instances in simulated time, which is counted in steps. */
export interface SimulatedGroup {
  /** Instances in service and starting. */
  readonly desired: number;
  readonly inService: number;
  readonly pending: number;
  /** Number of changes of the desired number. */
  readonly actions: number;
  /** Puts instances into service whose warm-up ends at or before the start of `step`. */
  advanceTo(step: number): void;
  /** Requests `instances`, limited to the minimum and maximum, at the start of `step`. */
  setDesired(instances: number, step: number): void;
}

interface Launch {
  readonly readyAt: number;
  readonly count: number;
}

/**
 * Rules of the replay: a new instance serves `warmUpSteps` after its request. Surplus instances are
 * removed at once: starting ones first, the youngest first.
 */
export function createSimulatedGroup(options: {
  readonly limits: CapacityLimits;
  readonly warmUpSteps: number;
  readonly initial: number;
}): SimulatedGroup {
  let launches: readonly Launch[] = [];
  const inService = clampInstances(options.initial, options.limits);
  // Fields instead of getters, because V8 gives objects with getters hidden classes of their own,
  // which makes access slower.
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
      const remaining = withoutYoungest(launches, -change);
      const cancelled = group.pending - starting(remaining);
      count(group.inService + change + cancelled, remaining);
    },
  });
}

function starting(launches: readonly Launch[]): number {
  return launches.reduce((sum, { count }) => sum + count, 0);
}

/** The launches without up to `excess` instances, removed from the youngest (last) on. */
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
