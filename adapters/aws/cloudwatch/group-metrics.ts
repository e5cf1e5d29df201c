/**
 * Metrics requested from CloudWatch for every group, in this order. Memory is the mean: `Maximum` of
 * a group is that of its fullest instance, and the peak of their sum would need periods of a minute.
 */
export const GROUP_METRICS = [
  { key: 'cpuPercent', namespace: 'AWS/EC2', name: 'CPUUtilization', stat: 'Average' },
  { key: 'cpuSamples', namespace: 'AWS/EC2', name: 'CPUUtilization', stat: 'SampleCount' },
  {
    key: 'inService',
    namespace: 'AWS/AutoScaling',
    name: 'GroupInServiceInstances',
    stat: 'Average',
  },
  { key: 'memoryPercent', namespace: 'CWAgent', name: 'mem_used_percent', stat: 'Average' },
  { key: 'ebsRead', namespace: 'AWS/EC2', name: 'EBSReadBytes', stat: 'Sum' },
  { key: 'ebsWrite', namespace: 'AWS/EC2', name: 'EBSWriteBytes', stat: 'Sum' },
  { key: 'diskRead', namespace: 'AWS/EC2', name: 'DiskReadBytes', stat: 'Sum' },
  { key: 'diskWrite', namespace: 'AWS/EC2', name: 'DiskWriteBytes', stat: 'Sum' },
  { key: 'networkIn', namespace: 'AWS/EC2', name: 'NetworkIn', stat: 'Sum' },
  { key: 'networkOut', namespace: 'AWS/EC2', name: 'NetworkOut', stat: 'Sum' },
] as const;

/**
 * What ECS publishes of every service without an agent; the samples tell the number of running
 * tasks.
 */
export const SERVICE_METRICS = [
  { key: 'cpuPercent', namespace: 'AWS/ECS', name: 'CPUUtilization', stat: 'Average' },
  { key: 'cpuSamples', namespace: 'AWS/ECS', name: 'CPUUtilization', stat: 'SampleCount' },
  { key: 'memoryPercent', namespace: 'AWS/ECS', name: 'MemoryUtilization', stat: 'Average' },
] as const;

/**
 * Asked for besides of a group whose instances have weights: what it has of its units. Where weights
 * follow sizes, it tells what a past of other types held.
 */
export const WEIGHTED_METRIC = {
  key: 'inServiceUnits',
  namespace: 'AWS/AutoScaling',
  name: 'GroupInServiceCapacity',
  stat: 'Average',
} as const;

export type GroupMetric = (typeof GROUP_METRICS)[number]['key'] | (typeof WEIGHTED_METRIC)['key'];
