import {
  DescribeScalingActivitiesCommand,
  type Activity,
  type AutoScalingClient,
} from '@aws-sdk/client-auto-scaling';
import type { CapacityRefusal } from '#core/capacity/available-instances.ts';
import { toScalingError } from './scaling-error.ts';

/** One page covers some weeks of a quiet group and an hour of a busy one. */
const NEWEST_ACTIVITIES = 100;

/** Launches among a group's newest scaling activities. */
export interface Launches {
  /**
   * Seconds from the start of a launch to the instance in service, lifecycle hooks included, newest
   * first.
   */
  readonly startsSeconds: readonly number[];
  /** Launches refused for lack of capacity or quota since the last successful launch. */
  readonly refusals: readonly CapacityRefusal[];
}

/** EC2 messages for missing capacity or an exhausted quota: on-demand, Spot, vCPUs, instances. */
const REFUSED =
  /sufficient .*capacity|insufficient.*capacity|no spot capacity|capacity-not-available|unfulfillablecapacity|(vcpu|instance|spot instance count).*(limit|exceeded)/i;

/**
 * Reads a group's newest launches in one call.
 * @param current present number of instances, used if a refusal does not state its own.
 * @throws ScalingError
 */
export async function readLaunches(
  client: AutoScalingClient,
  group: string,
  current: number,
): Promise<Launches> {
  const command = new DescribeScalingActivitiesCommand({
    AutoScalingGroupName: group,
    MaxRecords: NEWEST_ACTIVITIES,
  });
  const { Activities = [] } = await client.send(command).catch((cause: unknown) => {
    throw toScalingError(group, cause);
  });
  const launches = Activities.filter(({ Description = '' }) => /^launching/i.test(Description));
  const succeeded = launches.filter(({ StatusCode }) => StatusCode === 'Successful');
  const lastSuccess = Math.max(0, ...succeeded.map(({ EndTime }) => EndTime?.getTime() ?? 0));
  return {
    startsSeconds: succeeded.flatMap(({ StartTime, EndTime }) =>
      StartTime && EndTime ? (EndTime.getTime() - StartTime.getTime()) / 1000 : [],
    ),
    refusals: launches.flatMap((launch) => refusalOf(launch, { current, lastServed: lastSuccess })),
  };
}

/**
 * Empty for a launch that succeeded, that failed for another reason, or that was followed by a
 * successful launch.
 */
function refusalOf(
  { StatusCode, StatusMessage = '', StartTime, Cause = '' }: Activity,
  { current, lastServed: lastSuccess }: { readonly current: number; readonly lastServed: number },
): CapacityRefusal[] {
  const failed = StatusCode === 'Failed' || StatusCode === 'Cancelled';
  const began = StartTime?.getTime() ?? 0;
  if (!failed || !REFUSED.test(StatusMessage) || began <= lastSuccess) return [];
  const [, sizeBefore] = /increasing the capacity from (\d+) to \d+/.exec(Cause) ?? [];
  return [{ atSeconds: began / 1000, instances: Math.min(current, Number(sizeBefore ?? current)) }];
}
