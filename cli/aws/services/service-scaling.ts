import { CloudWatchClient, type MetricAlarm } from '@aws-sdk/client-cloudwatch';
import type { DescribedService } from '#adapters/aws/ecs/describe-services.ts';
import {
  listServicePolicies,
  metricOfGroup,
  policyAsOfGroup,
} from '#adapters/aws/ecs/list-service-policies.ts';
import { listScheduledTargets } from '#adapters/aws/ecs/scheduled-targets.ts';
import { onceAt, dueBefore, type ScheduledTarget } from '#adapters/aws/ecs/target-schedule.ts';
import type { AwsAccount } from '#cli/aws/account/open-account.ts';
import { NO_SCALING, noticing, readAlarms, type ReadScaling } from '../plan/own-scaling.ts';
import { parsePolicy } from '../plan/parse-policy.ts';

/** Policies of services take nothing from their service. */
const NO_DEFAULTS = { DefaultCooldown: undefined };

/**
 * Reads policies, alarms and schedules of services, in the words of groups. What these credentials
 * may not read is left out with a notice, and so is a schedule that cannot be read.
 * @throws whatever the call throws while it reads policies.
 */
export async function readServiceScaling(
  { call, client }: AwsAccount,
  services: readonly DescribedService[],
): Promise<ReadScaling> {
  const { notices, orNothing } = noticing();
  const listed = await listServicePolicies(call);
  const policiesOf = ({ id }: DescribedService) => (listed.get(id) ?? []).map(policyAsOfGroup);
  const noAlarms: ReadonlyMap<string, MetricAlarm> = new Map();
  const read = readAlarms(new CloudWatchClient(client), services.flatMap(policiesOf));
  const ofServices = await orNothing('alarms', noAlarms, read);
  const alarms = new Map([...ofServices].map(([name, alarm]) => [name, metricOfGroup(alarm)]));
  const noSchedules: ReadonlyMap<string, readonly ScheduledTarget[]> = new Map();
  const schedules = await orNothing('scheduled actions', noSchedules, listScheduledTargets(call));
  const scaling = new Map(
    services.map((service) => {
      const described = policiesOf(service);
      const parsed = described.map((policy) => ({
        name: policy.PolicyName ?? '',
        policies: parsePolicy(policy, NO_DEFAULTS, alarms),
      }));
      const own = {
        ...NO_SCALING,
        described,
        policies: parsed.flatMap(({ policies }) => policies ?? []),
        unknown: parsed.flatMap((one) => (one.policies === null ? [one.name] : [])),
        scheduledTargets: (schedules.get(service.id) ?? []).filter((action) => {
          const fault = scheduleFault(action);
          if (fault !== null) notices.push(`${service.id}: ${fault}; left out`);
          return fault === null;
        }),
      };
      return [service.id, own] as const;
    }),
  );
  return { scaling, notices };
}

/** Why nobody can say when an action runs; null where it can be said. */
function scheduleFault(action: ScheduledTarget): string | null {
  try {
    if (action.Schedule.startsWith('at(')) onceAt(action);
    else dueBefore(action, 0);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
