import type { GroupProbe } from '#adapters/aws/cloudwatch/probe-groups.ts';
import type { Finding, FindingStatus } from './finding.ts';
import { shellWord } from './shell-word.ts';

/** What CloudWatch gets of a group, judged; one finding a metric. */
export function metricFindings(
  group: string,
  { published, monitoringSeconds }: GroupProbe,
  instances: number,
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
    instanceCount(about, { name, isPublished: published.has('inService'), kind }),
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
  group: { readonly name: string; readonly isPublished: boolean; readonly kind: string },
): Finding {
  if (group.isPublished) return about('instances', 'ok', 'counted by the group’s own metrics');
  const run = `aws autoscaling enable-metrics-collection --auto-scaling-group-name ${group.name} --granularity 1Minute --metrics GroupInServiceInstances`;
  if (group.kind === 'basic') {
    const text = 'counted by samples of CPU: the group publishes no metrics of its own';
    return about('instances', 'warning', text, run);
  }
  // Ingest takes a sample for an instance, which is five times too many with a sample every minute.
  const text = 'counted five times over: detailed monitoring, and no metrics of the group’s own';
  return about('instances', 'failed', text, run);
}
