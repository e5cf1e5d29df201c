import { clampInstances } from '#core/allocate/limits.ts';
import type { CapacityLimits } from '#core/allocation.ts';

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
 * The replay's rules: a new instance serves `bootSteps` after it was asked for; one that is no longer wanted is gone at
 * once, those still starting first, the youngest of them before the older.
 */
export function createSimulatedGroup(options: {
  readonly limits: CapacityLimits;
  readonly bootSteps: number;
  readonly initial: number;
}): SimulatedGroup {
  let inService = clampInstances(options.initial, options.limits);
  let launches: readonly Launch[] = [];
  let actions = 0;

  return {
    get desired() {
      return inService + starting(launches);
    },
    get inService() {
      return inService;
    },
    get pending() {
      return starting(launches);
    },
    get actions() {
      return actions;
    },
    advanceTo(step) {
      if (launches.length === 0) return;
      inService += starting(launches.filter(({ readyAt }) => readyAt <= step));
      launches = launches.filter(({ readyAt }) => readyAt > step);
    },
    setDesired(instances, step) {
      const wanted = clampInstances(instances, options.limits);
      const change = wanted - inService - starting(launches);
      if (change === 0) return;
      actions++;
      if (change > 0) {
        launches = [...launches, { readyAt: step + options.bootSteps, count: change }];
        return;
      }
      const keptLaunches = withoutYoungest(launches, -change);
      const cancelled = starting(launches) - starting(keptLaunches);
      launches = keptLaunches;
      inService -= -change - cancelled;
    },
  };
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
