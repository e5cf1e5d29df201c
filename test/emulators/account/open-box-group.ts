import type { ScalingPolicy } from '@aws-sdk/client-auto-scaling';
import { isServiceId } from '#adapters/aws/auto-scaling/service-id.ts';
import { LAUNCH_HOOK, MODE_TAG, TERMINATE_HOOK } from '#cdk/configuration/group-tags.ts';
import type { ScheduledAction, SimulatedHook } from '#evaluation/account/account-instance.ts';
import { createAccountWorld } from '#evaluation/account/account-world.ts';
import { DETAILED } from '#evaluation/account/metric-log.ts';
import { createTrackingPolicy } from '#evaluation/account/tracking-policy.ts';
import { TASK_DEFINITION } from '#test/emulators/emulate-ecs.ts';
import type { DescribedType } from './answer-posts.ts';
import type { BoxGroup } from './box-group.ts';

/** Type of every instance of a scenario. */
export const BOX_TYPE: DescribedType = { name: 'm7g.large', cores: 2, memoryMib: 8192 };
/** A Monday. */
export const START_SECONDS = Date.UTC(2026, 8, 7) / 1000;
export const STEP_SECONDS = 300;
const HOOK_SECONDS = 300;
const BOOT_SECONDS = 120;

export interface ScenarioGroup {
  /** Of an Auto Scaling group, or of an ECS service: "service/CLUSTER/NAME". */
  readonly name: string;
  readonly mode: 'observe' | 'scale-out' | 'full';
  /** Target of its own tracking policy, 0 to 1; null without one. */
  readonly tracking: number | null;
  /** Cores wanted per step, from the start on. */
  readonly demand: readonly number[];
  /** `START_SECONDS` where absent. */
  readonly startSeconds?: number;
  readonly min: number;
  readonly max: number;
  readonly scheduledActions?: readonly ScheduledAction[];
  readonly isRefused?: (atSeconds: number) => boolean;
  readonly tags?: Readonly<Record<string, string>>;
}

/** A group of the account in a box, enrolled, with a demand of its own. */
export function openBoxGroup(scenario: ScenarioGroup): BoxGroup {
  const { name, mode, tracking, min, max, tags = {} } = scenario;
  const { demand, startSeconds = START_SECONDS, scheduledActions, isRefused } = scenario;
  const isService = isServiceId(name);
  const world = createAccountWorld({
    demand: {
      startSeconds,
      stepSeconds: STEP_SECONDS,
      values: Float64Array.from(demand),
    },
    group: {
      sizes: { min, desired: min, max },
      bootSeconds: BOOT_SECONDS,
      types: [
        { name: isService ? TASK_DEFINITION : BOX_TYPE.name, cores: BOX_TYPE.cores, weight: 1 },
      ],
      hooks: isService ? [] : [hook(LAUNCH_HOOK, 'launching'), hook(TERMINATE_HOOK, 'terminating')],
      ...(scheduledActions && { scheduledActions }),
      ...(isRefused && { isRefused }),
    },
    monitoring: DETAILED,
    alarmDelaySeconds: 60,
    ...(tracking !== null && {
      policy: (group, alarmed) =>
        createTrackingPolicy(group, alarmed, {
          target: tracking,
          pointSeconds: 60,
          warmUpSeconds: BOOT_SECONDS,
        }),
    }),
    objective: 0.85,
    countedFromStep: 0,
  });
  return {
    name,
    world,
    tags: new Map([[MODE_TAG, mode], ['foreprint:monitoring', '60'], ...Object.entries(tags)]),
    policies: tracking === null ? [] : [trackingPolicy(name, tracking)],
    owner: { min, max },
  };
}

function hook(name: string, transition: SimulatedHook['transition']): SimulatedHook {
  return { name, transition, heartbeatSeconds: HOOK_SECONDS, defaultResult: 'CONTINUE' };
}

function trackingPolicy(group: string, target: number): ScalingPolicy {
  return {
    AutoScalingGroupName: group,
    PolicyName: 'keep-cpu',
    PolicyType: 'TargetTrackingScaling',
    Enabled: true,
    TargetTrackingConfiguration: {
      PredefinedMetricSpecification: { PredefinedMetricType: 'ASGAverageCPUUtilization' },
      TargetValue: target * 100,
    },
  };
}
