import type { ScalingPolicy } from '@aws-sdk/client-auto-scaling';
import { isServiceId } from '#adapters/aws/naming/service-id.ts';
import { LAUNCH_HOOK, MODE_TAG, TERMINATE_HOOK } from '#cdk/configuration/group-tags.ts';
import type { ScheduledAction, SimulatedHook } from '#evaluation/account/account-instance.ts';
import { createAccountWorld } from '#evaluation/account/account-world.ts';
import { DETAILED, type MonitoringRules } from '#evaluation/account/metric-log.ts';
import { createOwnPolicies, type OwnPolicy } from '#evaluation/account/own-policies.ts';
import type { StepRules } from '#evaluation/account/step-policy.ts';
import type { WarmPoolRules } from '#evaluation/account/warm-pool.ts';
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
  /** Whether it has step scaling of its own: two instances more at 70 %, one less below 30 %. */
  readonly steps?: boolean;
  /** Target of its own predictive scaling, 0 to 1; none where absent or null. */
  readonly predictive?: number | null;
  readonly warmPool?: WarmPoolRules | null;
  /** Cores wanted per step, from the start on. */
  readonly demand: readonly number[];
  /** `START_SECONDS` where absent. */
  readonly startSeconds?: number;
  readonly min: number;
  readonly max: number;
  readonly scheduledActions?: readonly ScheduledAction[];
  readonly isRefused?: (atSeconds: number) => boolean;
  /** Detailed monitoring of CPU and group metrics where absent. */
  readonly monitoring?: MonitoringRules;
  readonly tags?: Readonly<Record<string, string>>;
}

/** A group of the account in a box, enrolled, with a demand of its own. */
export function openBoxGroup(scenario: ScenarioGroup): BoxGroup {
  const { name, mode, min, max, tags = {} } = scenario;
  const { demand, startSeconds = START_SECONDS, scheduledActions, isRefused, warmPool } = scenario;
  const own = ownPolicies(scenario);
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
      ...(warmPool && { warmPool }),
      ...(isRefused && { isRefused }),
    },
    monitoring: scenario.monitoring ?? DETAILED,
    alarmDelaySeconds: 60,
    ...(own.length > 0 && {
      policy: (group, alarmed) =>
        createOwnPolicies(group, alarmed, {
          policies: own.map(([policy]) => policy),
          pointSeconds: 60,
        }),
    }),
    objective: 0.85,
    countedFromStep: 0,
  });
  return {
    name,
    world,
    tags: new Map([[MODE_TAG, mode], ['foreprint:monitoring', '60'], ...Object.entries(tags)]),
    policies: own.map(([, described]) => ({
      AutoScalingGroupName: name,
      Enabled: true,
      ...described,
    })),
    owner: { min, max },
  };
}

function hook(name: string, transition: SimulatedHook['transition']): SimulatedHook {
  return { name, transition, heartbeatSeconds: HOOK_SECONDS, defaultResult: 'CONTINUE' };
}

/** The policies of a scenario, and as Auto Scaling describes them. */
function ownPolicies({
  tracking,
  steps = false,
  predictive = null,
}: ScenarioGroup): readonly (readonly [OwnPolicy, ScalingPolicy])[] {
  const warmUpSeconds = BOOT_SECONDS;
  const none: readonly (readonly [OwnPolicy, ScalingPolicy])[] = [];
  return [
    ...(tracking === null
      ? none
      : [[{ kind: 'tracking', target: tracking, warmUpSeconds }, keepsCpu(tracking)] as const]),
    ...(steps ? STEP_RULES.map((rules, k) => [rules, stepsBy(k, rules)] as const) : none),
    ...(predictive === null
      ? none
      : [
          [
            { kind: 'predictive', target: predictive, bufferSeconds: 300 },
            { PolicyName: 'ahead', PolicyType: 'PredictiveScaling' },
          ] as const,
        ]),
  ];
}

function keepsCpu(target: number): ScalingPolicy {
  return {
    PolicyName: 'keep-cpu',
    PolicyType: 'TargetTrackingScaling',
    TargetTrackingConfiguration: {
      PredefinedMetricSpecification: { PredefinedMetricType: 'ASGAverageCPUUtilization' },
      TargetValue: target * 100,
    },
  };
}

const STEP_OUT: StepRules & { readonly kind: 'step' } = {
  kind: 'step',
  alarm: { threshold: 0.7, comparison: '>=', periodSeconds: 60, points: 2, periods: 2 },
  type: 'change',
  steps: [{ from: 0, to: Infinity, adjustment: 2 }],
  leastChange: 1,
  warmUpSeconds: BOOT_SECONDS,
  cooldownSeconds: null,
};
const STEP_RULES = [
  STEP_OUT,
  {
    ...STEP_OUT,
    alarm: { ...STEP_OUT.alarm, threshold: 0.3, comparison: '<', points: 10, periods: 10 },
    steps: [{ from: -Infinity, to: 0, adjustment: -1 }],
  },
] as const satisfies readonly OwnPolicy[];

function stepsBy(k: number, { steps: [step] }: StepRules): ScalingPolicy {
  return {
    PolicyName: `step-${k}`,
    PolicyType: 'StepScaling',
    AdjustmentType: 'ChangeInCapacity',
    StepAdjustments: [{ ScalingAdjustment: step?.adjustment ?? 0 }],
  };
}
