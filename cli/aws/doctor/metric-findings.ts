import type { MemoryMetric } from '#adapters/aws/cloudwatch/memory-metric.ts';
import type { GroupProbe } from '#adapters/aws/cloudwatch/probe-groups.ts';
import { MONITORING_TAG } from '#cdk/configuration/group-tags.ts';
import { shellWord } from '#core/text/shell-word.ts';
import type { Finding, FindingStatus } from './finding.ts';

/** A group with its current state. */
export interface MeasuredGroup {
  readonly group: string;
  /** Instances in service. */
  readonly instances: number;
  /** Sampling period of CPU metrics that the group's tag states. */
  readonly taggedSeconds: 60 | 300;
  /** Where its memory is looked for. */
  readonly memoryMetric: MemoryMetric;
  readonly isWeighted: boolean;
}

/** Judges the metrics that CloudWatch receives of a group; one finding per metric. */
export function metricFindings(
  { group, instances, taggedSeconds, memoryMetric, isWeighted }: MeasuredGroup,
  { published, monitoringSeconds }: GroupProbe,
): readonly Finding[] {
  const name = shellWord(group);
  const about = (check: string, status: FindingStatus, text: string, run: string | null = null) => {
    return { check, group, status, text, run };
  };
  if (monitoringSeconds === null) {
    if (instances === 0) {
      return [about('CPU', 'warning', 'runs no instance, so there are no metrics')];
    }
    const look = `aws cloudwatch list-metrics --namespace AWS/EC2 --metric-name CPUUtilization --dimensions Name=AutoScalingGroupName,Value=${name}`;
    return [
      about('CPU', 'failed', 'CloudWatch received no CPU metric in the last three hours', look),
    ];
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
    ...(isWeighted && !published.has('inServiceUnits')
      ? [
          about(
            'weights',
            'warning',
            'a past of other types counts as instances of today: the group publishes no capacity in units',
            enableMetrics(name, 'GroupInServiceCapacity'),
          ),
        ]
      : []),
    published.has('memoryPercent')
      ? about('memory', 'ok', 'measured by the CloudWatch agent')
      : about(
          'memory',
          'warning',
          `not measured: the CloudWatch agent has to publish ${memoryMetric.name} in ${memoryMetric.namespace} by AutoScalingGroupName (docs/aws/README.md)`,
          `aws ssm send-command --document-name AWS-ConfigureAWSPackage --parameters action=Install,name=AmazonCloudWatchAgent --targets ${shellWord(`Key=tag:aws:autoscaling:groupName,Values=${group}`)}`,
        ),
  ];
}

/** @param name as the shell takes it. */
function enableMetrics(name: string, metric: string): string {
  return `aws autoscaling enable-metrics-collection --auto-scaling-group-name ${name} --granularity 1Minute --metrics ${metric}`;
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
  if (group.isPublished) return about('instances', 'ok', 'counted from group metrics');
  const run = enableMetrics(group.name, 'GroupInServiceInstances');
  if (group.isTaggedRight) {
    const text = 'counted from CPU samples: the group publishes no group metrics';
    return about('instances', 'warning', text, run);
  }
  // Ingestion divides the number of samples by the period in the tag, or by one in five minutes
  // without the tag.
  const how = group.kind === 'basic' ? 'a fifth of the instances' : 'five times too many';
  const text = `counts ${how}: it has ${group.kind} monitoring, which the tag ${MONITORING_TAG} does not state, and publishes no group metrics`;
  return about('instances', 'failed', text, run);
}
