import type { ScalingPolicy, ScheduledUpdateGroupAction } from '@aws-sdk/client-auto-scaling';
import {
  CloudWatchClient,
  DescribeAlarmsCommand,
  type MetricAlarm,
} from '@aws-sdk/client-cloudwatch';
import { listPolicies } from '#adapters/aws/auto-scaling/list-policies.ts';
import { listScheduledActions } from '#adapters/aws/auto-scaling/list-scheduled-actions.ts';
import { readLaunches } from '#adapters/aws/auto-scaling/read-launches.ts';
import type { ScheduledTarget } from '#adapters/aws/ecs/target-schedule.ts';
import { awsFailureText } from '#cli/aws/account/aws-failure.ts';
import type { NamedGroup } from '#cli/aws/account/find-groups.ts';
import type { AwsAccount } from '#cli/aws/account/open-account.ts';
import type { OwnPolicy } from '#evaluation/account/own-policies.ts';
import { parsePolicy } from './parse-policy.ts';

/** What scales a group without Foreprint. */
export interface OwnScaling {
  /** Its enabled policies as Auto Scaling describes them. */
  readonly described: readonly ScalingPolicy[];
  /** Those that can be replayed. */
  readonly policies: readonly OwnPolicy[];
  /** Names of policies that follow what cannot be replayed. */
  readonly unknown: readonly string[];
  readonly scheduledActions: readonly ScheduledUpdateGroupAction[];
  /** The same of a service; absent for a group. */
  readonly scheduledTargets?: readonly ScheduledTarget[];
  /** Seconds from a launch to service, of the newest launches; empty where unknown. */
  readonly startsSeconds: readonly number[];
}

export const NO_SCALING: OwnScaling = {
  described: [],
  policies: [],
  unknown: [],
  scheduledActions: [],
  startsSeconds: [],
};

export interface ReadScaling {
  readonly scaling: ReadonlyMap<string, OwnScaling>;
  readonly notices: readonly string[];
}

/** Most names that one DescribeAlarms call takes. */
const CALL_ALARMS = 100;

/**
 * Reads policies, alarms, schedules and launches of groups. What these credentials may not read is
 * left out with a notice; without a step policy's alarms the policy is unknown.
 * @throws whatever the SDK throws while it reads policies.
 */
export async function readOwnScaling(
  { autoScaling, client }: AwsAccount,
  groups: readonly NamedGroup[],
): Promise<ReadScaling> {
  const { notices, orNothing } = noticing();
  const listed = await listPolicies(autoScaling);
  const named = groups.flatMap(({ AutoScalingGroupName: name }) => listed.get(name) ?? []);
  const cloudwatch = new CloudWatchClient(client);
  const noAlarms: ReadonlyMap<string, MetricAlarm> = new Map();
  const alarms = await orNothing('alarms', noAlarms, readAlarms(cloudwatch, named));
  const noSchedules: ReadonlyMap<string, readonly ScheduledUpdateGroupAction[]> = new Map();
  const schedules = await orNothing(
    'scheduled actions',
    noSchedules,
    listScheduledActions(autoScaling),
  );
  const scaling = new Map<string, OwnScaling>();
  for (const group of groups) {
    const { AutoScalingGroupName: name, Instances: instances = [] } = group;
    const launches = await orNothing(
      `scaling activities of ${name}`,
      null,
      readLaunches(autoScaling, name, instances.length),
    );
    const described = listed.get(name) ?? [];
    const parsed = described.map((policy) => ({
      name: policy.PolicyName ?? '',
      policies: parsePolicy(policy, group, alarms),
    }));
    scaling.set(name, {
      described,
      policies: parsed.flatMap(({ policies }) => policies ?? []),
      unknown: parsed.flatMap((one) => (one.policies === null ? [one.name] : [])),
      scheduledActions: schedules.get(name) ?? [],
      startsSeconds: launches?.startsSeconds ?? [],
    });
  }
  return { scaling, notices };
}

/** Reads what may be denied, and notes what was. */
export function noticing() {
  const notices: string[] = [];
  const orNothing = async <T>(what: string, nothing: T, read: Promise<T>): Promise<T> => {
    try {
      return await read;
    } catch (error) {
      notices.push(`${what} cannot be read (${awsFailureText(error)})`);
      return nothing;
    }
  };
  return { notices, orNothing };
}

/** The alarms that invoke policies, by name. */
export async function readAlarms(
  client: CloudWatchClient,
  policies: readonly ScalingPolicy[],
): Promise<ReadonlyMap<string, MetricAlarm>> {
  // Those of target tracking are made by Auto Scaling, and follow from its target.
  const names = policies
    .filter(({ PolicyType: type }) => type !== 'TargetTrackingScaling')
    .flatMap(({ Alarms = [] }) => Alarms.flatMap(({ AlarmName }) => AlarmName ?? []));
  const alarms = new Map<string, MetricAlarm>();
  for (let at = 0; at < names.length; at += CALL_ALARMS) {
    const AlarmNames = names.slice(at, at + CALL_ALARMS);
    const { MetricAlarms = [] } = await client.send(
      new DescribeAlarmsCommand({ AlarmNames, MaxRecords: CALL_ALARMS }),
    );
    for (const alarm of MetricAlarms) alarms.set(alarm.AlarmName ?? '', alarm);
  }
  return alarms;
}
