import type { AutoScalingTarget } from './auto-scaling-target.ts';
import type { FloorTarget } from './floors/floor-target.ts';
import { isServiceId } from './naming/service-id.ts';

/** Groups and services as one target: an identifier tells which of both is meant. */
export function createAnyTarget(
  groups: AutoScalingTarget,
  services: FloorTarget,
): AutoScalingTarget {
  const targetOf = (id: string): FloorTarget => (isServiceId(id) ? services : groups);
  return {
    describe: (id) => targetOf(id).describe(id),
    stateOf: (id, group) => targetOf(id).stateOf(id, group),
    setDesired: (id, instances, recent) => targetOf(id).setDesired(id, instances, recent),
    setFloor: (id, instances, recent) => targetOf(id).setFloor(id, instances, recent),
    restoreMinimum: (id) => targetOf(id).restoreMinimum(id),
    completeLifecycleAction: (action) => groups.completeLifecycleAction(action),
  };
}
