import * as z from 'zod';
import { onceByKey } from '#adapters/local/values/once-by-key.ts';
import { scaleOfCloudWatch } from './cloudwatch-json.ts';
import type { AddValue, LineFormat } from './format.ts';
import { namedUnit } from './metric-resource.ts';

const record = z.looseObject({
  metric_name: z.string(),
  dimensions: z.record(z.string(), z.string()),
  timestamp: z.number(),
  value: z.looseObject({ sum: z.number(), count: z.number() }),
  unit: z.string().optional(),
});

/**
 * Records of a CloudWatch metric stream in the JSON format, one a line. A value is the mean of its
 * samples: sum ÷ count.
 */
export const metricStream: LineFormat = {
  kind: 'lines',
  matches: (head) => /^\s*\{[^\n]*"metric_name"\s*:[^\n]*"dimensions"\s*:/.test(head),
  reader(sink) {
    const seriesOf = onceByKey<AddValue | null>();
    return {
      line(text, line) {
        if (text.trim() === '') return;
        const parsed = record.safeParse(parsedJson(text));
        if (!parsed.success) return sink.refuse('is not a record of a metric stream', line);
        const { metric_name: metric, dimensions, timestamp, value, unit = '' } = parsed.data;
        const key = JSON.stringify([metric, dimensions]);
        const named = namedUnit(unit);
        const scale = scaleOfCloudWatch(metric) ?? named.scale;
        const add = seriesOf(key, () =>
          sink.series({ labels: dimensions, metric, scale, part: key }),
        );
        const mean = value.count > 0 ? value.sum / value.count : NaN;
        add?.(timestamp / 1000, scale === 'exact' ? mean * named.factor : mean);
      },
    };
  },
};

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
