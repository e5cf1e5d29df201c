import { isServiceId } from '#adapters/aws/naming/service-id.ts';
import type { EmulatedService } from '#test/emulators/emulate-ecs.ts';
import type { BoxGroup } from './box-group.ts';

/** Those of the account's groups that are services of ECS, as their emulator sees them. */
export function boxServices(
  groups: readonly BoxGroup[],
  nowSeconds: () => number,
): Map<string, EmulatedService> {
  return new Map(
    groups
      .filter(({ name }) => isServiceId(name))
      .map((group) => [group.name, serviceOf(group, nowSeconds)]),
  );
}

function serviceOf({ world, tags, policies }: BoxGroup, nowSeconds: () => number): EmulatedService {
  const { group } = world;
  return {
    tags,
    get limits() {
      return { min: group.sizes.min, max: group.sizes.max };
    },
    set limits(limits) {
      if (limits !== null) group.update(limits);
    },
    get desired() {
      return group.sizes.desired;
    },
    set desired(desired) {
      if (desired !== group.sizes.desired) group.update({ desired });
    },
    get tasks() {
      const count = (state: string) => group.instances.filter((one) => one.state === state).length;
      const [first] = group.instances;
      if (first === undefined) return [];
      return [
        {
          taskDefinition: first.type.name,
          runningCount: count('InService'),
          pendingCount: count('Pending'),
        },
      ];
    },
    policies: policies.map(({ PolicyName, PolicyType, TargetTrackingConfiguration: tracking }) => ({
      PolicyName,
      PolicyType,
      TargetTrackingScalingPolicyConfiguration: {
        TargetValue: tracking?.TargetValue,
        PredefinedMetricSpecification: {
          PredefinedMetricType: 'ECSServiceAverageCPUUtilization',
        },
      },
    })),
    get scheduled() {
      return group.scheduledActions
        .filter(({ atSeconds }) => atSeconds > nowSeconds())
        .map(({ name, atSeconds, min, max }) => ({
          ScheduledActionName: name,
          Schedule: `at(${new Date(atSeconds * 1000).toISOString().slice(0, 19)})`,
          ScalableTargetAction: { MinCapacity: min, MaxCapacity: max },
        }));
    },
  };
}
