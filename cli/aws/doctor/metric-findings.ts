import type { GroupProbe } from '#adapters/aws/cloudwatch/probe-groups.ts';
import { MONITORING_TAG } from '#cdk/configuration/group-tags.ts';
import type { Finding, FindingStatus } from './finding.ts';
import { shellWord } from './shell-word.ts';

/** A group as it is now. */
export interface MeasuredGroup {
  readonly group: string;
  /** Instances in service. */
  readonly instances: number;
  /** How often its tag says that CPU is sampled. */
  readonly taggedSeconds: 60 | 300;
}

/** What CloudWatch gets of a group, judged; one finding a metric. */
export function metricFindings(
  { group, instances, taggedSeconds }: MeasuredGroup,
  { published, monitoringSeconds }: GroupProbe,
): readonly Finding[] {
  const name = shellWord(group);
  const about = (check: string, status: FindingStatus, text: string, run: string | null = null) => {
    return { check, group, status, text, run };
  };
  if (monitoringSeconds === null) {
    if (instances === 0)
      return [about('CPU', 'warning', 'runs no instance, so nothing is measured')];
    const look = `aws cloudwatch list-metrics --namespace AWS/EC2 --metric-name CPUUtilization --dimensions Name=AutoScalingGroupName,Value=${name}`;
    return [about('CPU', 'failed', 'CloudWatch got no CPU in the last three hours', look)];
  }
  const kind = monitoringSeconds === 60 ? 'detailed' : 'basic';
  return [
    about('CPU', 'ok', `measured, with ${kind} monitoring`),
    instanceCount(about, {
      name,
      isPublished: published.has('inService'),
      isTaggedRight: monitoringSeconds === taggedSeconds,
      kind,
    }),
    published.has('memoryPercent')
      ? about('memory', 'ok', 'measured by the CloudWatch agent')
      : about(
          'memory',
          'warning',
          'not measured: the CloudWatch agent has to publish mem_used_percent by AutoScalingGroupName (docs/aws/README.md)',
          `aws ssm send-command --document-name AWS-ConfigureAWSPackage --parameters action=Install,name=AmazonCloudWatchAgent --targets ${shellWord(`Key=tag:aws:autoscaling:groupName,Values=${group}`)}`,
        ),
  ];
}

function instanceCount(
  about: (check: string, status: FindingStatus, text: string, run?: string | null) => Finding,
  group: {
    readonly name: string;
    readonly isPublished: boolean;
    readonly isTaggedRight: boolean;
    readonly kind: string;
  },
): Finding {
  if (group.isPublished) return about('instances', 'ok', 'counted by the group’s own metrics');
  const run = `aws autoscaling enable-metrics-collection --auto-scaling-group-name ${group.name} --granularity 1Minute --metrics GroupInServiceInstances`;
  if (group.isTaggedRight) {
    const text = 'counted by samples of CPU: the group publishes no metrics of its own';
    return about('instances', 'warning', text, run);
  }
  // Ingest divides the samples by what the tag says; without it by one in five minutes.
  const how = group.kind === 'basic' ? 'at a fifth' : 'five times over';
  const text = `counted ${how}: ${group.kind} monitoring, which ${MONITORING_TAG} does not say, and no metrics of the group’s own`;
  return about('instances', 'failed', text, run);
}
