import type { ScalingTarget } from '#core/domain/ports.ts';
import type { SimulatedGroup } from '#evaluation/simulation/simulated-group.ts';
import type { Scenario } from './replay-scenario.ts';

/** The simulated group of a scenario as the engine sees it at the start of a step. */
export function simulatedTarget(
  { group, scenario }: { readonly group: SimulatedGroup; readonly scenario: Scenario },
  step: number,
): ScalingTarget {
  return {
    describe: async () => ({
      desiredInstances: group.desired,
      inServiceInstances: group.inService,
      pendingInstances: group.pending,
      limits: scenario.options.limits,
      instanceCapacity: scenario.instanceCapacity,
    }),
    setDesired: async (_applicationId, instances) => group.setDesired(instances, step),
  };
}
