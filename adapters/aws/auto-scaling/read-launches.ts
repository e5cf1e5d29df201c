import {
  DescribeScalingActivitiesCommand,
  type Activity,
  type AutoScalingClient,
} from '@aws-sdk/client-auto-scaling';
import type { CapacityRefusal } from '#core/capacity/available-instances.ts';
import { toScalingError } from './scaling-error.ts';

/** One page: some weeks of a calm group, an hour of a busy one. */
const NEWEST_ACTIVITIES = 100;

/** What a group's newest activities say of its launches. */
export interface Launches {
  /** From the beginning of a launch to the instance in service, hooks included, newest first. */
  readonly startsSeconds: readonly number[];
  /** Launches refused for want of capacity or quota since the newest that succeeded. */
  readonly refusals: readonly CapacityRefusal[];
}

/** Messages of EC2 where it has no more, or the account may have no more: on-demand, Spot, vCPUs, instances. */
const REFUSED =
  /sufficient .*capacity|insufficient.*capacity|no spot capacity|capacity-not-available|unfulfillablecapacity|(vcpu|instance|spot instance count).*(limit|exceeded)/i;

/**
 * A group's newest launches; one round trip.
 * @param current instances that the group has now, for refusals that do not say how many there were.
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
  const served = launches.filter(({ StatusCode }) => StatusCode === 'Successful');
  const lastServed = Math.max(0, ...served.map(({ EndTime }) => EndTime?.getTime() ?? 0));
  return {
    startsSeconds: served.flatMap(({ StartTime, EndTime }) =>
      StartTime && EndTime ? (EndTime.getTime() - StartTime.getTime()) / 1000 : [],
    ),
    refusals: launches.flatMap((launch) => refusalOf(launch, { current, lastServed })),
  };
}

/** Nothing for a launch that went well, failed for another reason, or was followed by one that succeeded. */
function refusalOf(
  { StatusCode, StatusMessage = '', StartTime, Cause = '' }: Activity,
  { current, lastServed }: { readonly current: number; readonly lastServed: number },
): CapacityRefusal[] {
  const failed = StatusCode === 'Failed' || StatusCode === 'Cancelled';
  const began = StartTime?.getTime() ?? 0;
  if (!failed || !REFUSED.test(StatusMessage) || began <= lastServed) return [];
  const [, had] = /increasing the capacity from (\d+) to \d+/.exec(Cause) ?? [];
  return [{ atSeconds: began / 1000, instances: Math.min(current, Number(had ?? current)) }];
}
