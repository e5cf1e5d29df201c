import {
  CreateAutoScalingGroupCommand,
  CreateLaunchConfigurationCommand,
  DescribeAutoScalingGroupsCommand,
  type AutoScalingClient,
} from '@aws-sdk/client-auto-scaling';
import type { PublishedMetric } from '#test/emulators/metrics/emulate-cloudwatch.ts';
import { REGION } from './emulated-account.ts';

export const STEP = 300;
export const DAY = 86_400;
/** Instances that each group runs; two cores each. */
export const INSTANCES = 4;
export const GROUPS = ['shop', 'blog', 'search'] as const;
export type GroupName = (typeof GROUPS)[number];
/** A service of ECS, and the tasks that it runs; one core each. */
export const SERVICE = 'service/store/web';
export const TASKS = 4;
/** Days of the service's history: fewer than the groups', because each day costs time. */
export const SERVICE_DAYS = 3;
const DAYS = 14;

export interface Fleet {
  readonly published: PublishedMetric;
  /** From then on the group's instances are as busy as they can be. */
  surge(group: GroupName, fromSeconds: number): void;
}

/**
 * Hours from when the history begins, not from midnight: so a test sees the same load at whatever
 * hour it runs.
 */
const HOURS_TO_PEAK = { shop: 3, blog: 21, search: 6, [SERVICE]: 15 };
const MEMORY_PERCENT = 45;
/** ECS samples a task every minute. */
const TASK_SAMPLES = STEP / 60;
const SURGE_PERCENT = 96;

/**
 * What CloudWatch holds of the groups: two weeks of CPU and of instances in service, network
 * traffic along with the CPU, no memory (no CloudWatch agent runs). Of the service what ECS publishes.
 * @param sinceSeconds nothing was published before.
 */
export function createFleet(sinceSeconds: number): Fleet {
  const surges = new Map<string, number>();
  return {
    surge: (group, fromSeconds) => surges.set(group, fromSeconds),
    published({ group, name, stat }, atSeconds) {
      if (group === SERVICE) return ofService(name, stat, atSeconds - sinceSeconds);
      if (atSeconds < sinceSeconds || !isGroup(group)) return null;
      const isSurge = atSeconds >= (surges.get(group) ?? Infinity);
      const percent = isSurge ? SURGE_PERCENT : usualPercent(group, atSeconds - sinceSeconds);
      if (name === 'GroupInServiceInstances') return INSTANCES;
      if (name === 'CPUUtilization') return stat === 'SampleCount' ? INSTANCES : percent;
      if (name === 'NetworkIn') return percent * 1e8;
      return null;
    },
  };
}

function ofService(name: string, stat: string, seconds: number): number | null {
  if (seconds < (DAYS - SERVICE_DAYS) * DAY) return null;
  if (name === 'MemoryUtilization') return MEMORY_PERCENT;
  if (name !== 'CPUUtilization') return null;
  return stat === 'SampleCount' ? TASKS * TASK_SAMPLES : usualPercent(SERVICE, seconds);
}

function isGroup(name: string): name is GroupName {
  return (GROUPS as readonly string[]).includes(name);
}

/** Percent of the group's CPUs in use: a day's wave with a ripple that no day repeats. */
function usualPercent(group: keyof typeof HOURS_TO_PEAK, seconds: number): number {
  const hours = (seconds % DAY) / 3600;
  const wave = Math.cos(((hours - HOURS_TO_PEAK[group]) / 24) * 2 * Math.PI);
  const ripple = Math.sin(seconds / 1234) + Math.sin(seconds / 777);
  return 40 + 15 * wave + ripple;
}

/** Makes the groups, which nobody has enrolled yet. */
export async function createGroups(scaling: AutoScalingClient): Promise<void> {
  await scaling.send(
    new CreateLaunchConfigurationCommand({
      LaunchConfigurationName: 'small',
      ImageId: 'ami-12c6146b',
      InstanceType: 'm5.large',
    }),
  );
  for (const AutoScalingGroupName of GROUPS) {
    await scaling.send(
      new CreateAutoScalingGroupCommand({
        AutoScalingGroupName,
        LaunchConfigurationName: 'small',
        MinSize: 1,
        MaxSize: 9,
        DesiredCapacity: INSTANCES,
        AvailabilityZones: [`${REGION}a`],
      }),
    );
  }
}

/** The groups as Auto Scaling describes them now. */
export async function describeGroups(scaling: AutoScalingClient) {
  const { AutoScalingGroups = [] } = await scaling.send(new DescribeAutoScalingGroupsCommand({}));
  return new Map(AutoScalingGroups.map((group) => [group.AutoScalingGroupName ?? '', group]));
}

/** The modes that the groups' tags name, in the order of `GROUPS`. */
export async function modesOfGroups(
  scaling: AutoScalingClient,
): Promise<readonly (string | undefined)[]> {
  const groups = await describeGroups(scaling);
  return GROUPS.map(
    (name) => groups.get(name)?.Tags?.find(({ Key }) => Key === 'foreprint:mode')?.Value,
  );
}
