import * as z from 'zod';
import type { DocumentFormat, Scale, ValueSink } from './format.ts';
import { namedUnit, resourceOfMetric } from './metric-resource.ts';

const time = z.union([z.string(), z.number()]);
const metricData = z.looseObject({
  MetricDataResults: z.array(
    z.looseObject({
      Id: z.string().optional(),
      Label: z.string().optional(),
      Timestamps: z.array(time),
      Values: z.array(z.number()),
    }),
  ),
});
const statistics = z.looseObject({
  Label: z.string(),
  Datapoints: z.array(z.looseObject({ Timestamp: time, Unit: z.string().optional() })),
});
const STATISTICS = ['Average', 'Sum', 'Maximum', 'Minimum', 'SampleCount'] as const;

/** What `aws cloudwatch get-metric-data` prints. A label may be `Metric name` or `name Metric`. */
export const cloudwatchMetricData: DocumentFormat = {
  kind: 'document',
  matches: (document) =>
    z.looseObject({ MetricDataResults: z.array(z.unknown()) }).safeParse(document).success,
  read(document, sink) {
    const parsed = metricData.safeParse(document);
    if (!parsed.success) return sink.refuse('is not a whole answer to get-metric-data');
    parsed.data.MetricDataResults.forEach(({ Id = '', Label = '', Timestamps, Values }) => {
      const { metric, name } = namesOf(Label, Id);
      const labels = name === '' ? {} : { label: name };
      const add = sink.series({ labels, metric, scale: scaleOfCloudWatch(metric), part: metric });
      if (Timestamps.length !== Values.length) {
        return sink.refuse(
          `${Label || Id} has ${Timestamps.length} times and ${Values.length} values`,
        );
      }
      Timestamps.forEach((at, k) => add?.(secondsOf(at, sink), Values[k]!));
    });
  },
};

/** What `aws cloudwatch get-metric-statistics` prints; its data points have no order. */
export const cloudwatchStatistics: DocumentFormat = {
  kind: 'document',
  matches: (document) =>
    z.looseObject({ Datapoints: z.array(z.unknown()) }).safeParse(document).success,
  read(document, sink) {
    const parsed = statistics.safeParse(document);
    if (!parsed.success) return sink.refuse('is not a whole answer to get-metric-statistics');
    const { Label: metric, Datapoints } = parsed.data;
    const unit = namedUnit(Datapoints[0]?.Unit ?? '');
    const known = scaleOfCloudWatch(metric);
    const scale = known ?? unit.scale;
    const add = sink.series({ labels: {}, metric, scale, part: metric });
    for (const point of Datapoints) {
      const found = STATISTICS.find((statistic) => typeof point[statistic] === 'number');
      if (found === undefined)
        {return sink.refuse(`a data point has none of ${STATISTICS.join(', ')}`);}
      const factor = scale === 'exact' ? unit.factor : 1;
      add?.(secondsOf(point.Timestamp, sink), Number(point[found]) * factor);
    }
  },
};

/** Metrics that CloudWatch counts over a period or as a share (AWS/EC2, ECS, RDS, Lambda). */
export function scaleOfCloudWatch(metric: string): Scale {
  if (/utili[sz]ation|percent/i.test(metric)) return 'percent';
  if (/^(network(in|out)|(disk|ebs)(read|write)bytes)$/i.test(metric)) return 'period';
  return null;
}

function namesOf(label: string, id: string): { readonly metric: string; readonly name: string } {
  const words = label.split(/\s+/).filter((word) => word !== '');
  const at = words.findIndex((word) => resourceOfMetric(word) !== null);
  if (at < 0) return { metric: resourceOfMetric(id) === null ? label || id : id, name: label };
  return { metric: words[at]!, name: words.filter((_, k) => k !== at).join(' ') };
}

function secondsOf(at: string | number, sink: ValueSink): number {
  return typeof at === 'number' ? at : sink.seconds(at);
}
