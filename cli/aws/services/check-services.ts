import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { NO_POLICIES } from '#adapters/aws/auto-scaling/describe-policies.ts';
import { probeGroups, type GroupProbe } from '#adapters/aws/cloudwatch/probe-groups.ts';
import {
  describeServices,
  listScalableServices,
  type DescribedService,
} from '#adapters/aws/ecs/describe-services.ts';
import { serviceAsGroup } from '#adapters/aws/ecs/service-as-group.ts';
import { describeServicePolicies } from '#adapters/aws/ecs/service-policies.ts';
import { FLOOR_TAG } from '#adapters/aws/naming/floor-tag.ts';
import { MODE_TAG } from '#cdk/configuration/group-tags.ts';
import { awsFailureText } from '#cli/aws/account/aws-failure.ts';
import type { Deployment } from '#cli/aws/account/find-deployment.ts';
import type { AwsAccount } from '#cli/aws/account/open-account.ts';
import { inServiceOf } from '#cli/aws/plan/planned-group.ts';
import { shellWord } from '#core/text/shell-word.ts';
import { enrolmentFinding, expectFindings } from '../doctor/check-groups.ts';
import { policyFinding } from '../doctor/check-policies.ts';
import { finding, type Finding, type FindingStatus } from '../doctor/finding.ts';
import { serviceFault } from './find-services.ts';

/**
 * Checks enrolment, policies and metrics of the named services, or of all enrolled ones, and finds
 * services that are no longer enrolled but still have a minimum that Foreprint raised. Nothing is
 * found where no service is named or enrolled.
 * @param names null for all enrolled services.
 */
export async function checkServices(
  account: AwsAccount,
  { names, nowSeconds }: { readonly names: readonly string[] | null; readonly nowSeconds: number },
  deployment: Deployment | undefined,
): Promise<readonly Finding[]> {
  try {
    const all = names === null ? await listScalableServices(account.call) : [];
    const named = await describeServices(account.call, names ?? []);
    const missing = (names ?? []).filter((name) => !named.has(name)).map(missingFinding);
    const left = all.filter(({ tags }) => !tags.has(MODE_TAG) && tags.has(FLOOR_TAG));
    const services = [...all.filter(({ tags }) => tags.has(MODE_TAG)), ...named.values()];
    if (services.length === 0) return [...missing, ...left.map(leftFinding)];
    const policies = await describeServicePolicies(account.call);
    return [
      ...missing,
      ...services.map((service) => serviceFinding(service, deployment)),
      ...services.flatMap((service) => expectFindings(service.id, serviceAsGroup(service))),
      ...services
        .filter(({ tags }) => tags.has(MODE_TAG))
        .map((service) => {
          const own = policies.get(service.id) ?? NO_POLICIES;
          return policyFinding([service.id, serviceAsGroup(service)], own, deployment?.mode);
        }),
      ...(await checkMetrics(account, services, nowSeconds)),
      ...left.map(leftFinding),
    ];
  } catch (error) {
    return [finding('services', 'unknown', `ECS cannot be read: ${awsFailureText(error)}`)];
  }
}

function missingFinding(group: string): Finding {
  const text = 'there is no such ECS service in this region';
  return { check: 'enrolment', group, status: 'failed', text, run: null };
}

function leftFinding({ id: group }: DescribedService): Finding {
  const text = 'Foreprint raised its minimum, but the service is no longer enrolled';
  const run = `npx foreprint retire ${shellWord(group)}`;
  return { check: 'minimum', group, status: 'failed', text, run };
}

function serviceFinding(service: DescribedService, deployment: Deployment | undefined): Finding {
  const fault = serviceFault(service);
  if (fault === null) return enrolmentFinding(service.id, serviceAsGroup(service), deployment);
  return { check: 'enrolment', group: service.id, status: 'failed', text: fault, run: null };
}

async function checkMetrics(
  { client }: AwsAccount,
  services: readonly DescribedService[],
  nowSeconds: number,
): Promise<readonly Finding[]> {
  const probed = services.map((service) => ({
    applicationId: service.id,
    instances: inServiceOf(serviceAsGroup(service)),
  }));
  try {
    const probes = await probeGroups(new CloudWatchClient(client), probed, nowSeconds);
    return probed.flatMap(({ applicationId, instances }) => {
      const probe = probes.get(applicationId);
      return probe === undefined ? [] : metricFindings(applicationId, instances, probe);
    });
  } catch (error) {
    return [finding('metrics', 'failed', `CloudWatch cannot be read: ${awsFailureText(error)}`)];
  }
}

function metricFindings(
  group: string,
  tasks: number,
  { published, monitoringSeconds }: GroupProbe,
): readonly Finding[] {
  const about = (check: string, status: FindingStatus, text: string): Finding => {
    return { check, group, status, text, run: null };
  };
  if (monitoringSeconds === null) {
    if (tasks === 0) return [about('CPU', 'warning', 'runs no task, so there are no metrics')];
    return [about('CPU', 'failed', 'CloudWatch received no CPU metric in the last three hours')];
  }
  return [
    about('CPU', 'ok', `measured by ECS, every ${monitoringSeconds} seconds`),
    published.has('memoryPercent')
      ? about('memory', 'ok', 'measured by ECS')
      : about('memory', 'warning', 'not measured: CloudWatch received no MemoryUtilization'),
  ];
}
