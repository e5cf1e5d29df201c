import * as z from 'zod';
import { plainAmount } from '#adapters/local/values/amount-cell.ts';
import type { DocumentFormat, ValueSink } from './format.ts';
import { scaleOfMetric } from './metric-resource.ts';

const sample = z.tuple([z.number(), z.string()]);
const response = z.looseObject({
  status: z.literal('success'),
  data: z.looseObject({
    resultType: z.string(),
    result: z.array(
      z.looseObject({
        metric: z.record(z.string(), z.string()),
        values: z.array(z.unknown()).optional(),
        value: z.unknown().optional(),
      }),
    ),
  }),
});

/**
 * An answer of Prometheus' HTTP API to `query` or `query_range`
 * (prometheus.io/docs/prometheus/latest/querying/api), as a file. A failed answer is refused with
 * its own reason.
 */
export const prometheusJson: DocumentFormat = {
  kind: 'document',
  matches: (document) =>
    z
      .looseObject({ status: z.enum(['success', 'error']), data: z.unknown() })
      .or(z.looseObject({ status: z.literal('error'), errorType: z.string() }))
      .safeParse(document).success,
  read(document, sink) {
    const parsed = response.safeParse(document);
    if (!parsed.success) return sink.refuse(reasonOf(document));
    const { resultType, result } = parsed.data.data;
    if (resultType !== 'matrix' && resultType !== 'vector') {
      return sink.refuse(`its result is a ${resultType}; query series, as query_range does`);
    }
    result.forEach(({ metric, values, value }) => {
      const { __name__: name = null, ...labels } = metric;
      const scale = name === null ? null : scaleOfMetric(name);
      const add = sink.series({ labels, metric: name, scale, part: name ?? '' });
      for (const one of values ?? [value]) {
        const { seconds, amount } = readSample(one, sink);
        add?.(seconds, amount);
      }
    });
  },
};

function readSample(one: unknown, sink: ValueSink): { seconds: number; amount: number } {
  const parsed = sample.safeParse(one);
  const amount = parsed.success ? plainAmount(parsed.data[1]) : null;
  if (!parsed.success || amount === null) {
    return sink.refuse(`${JSON.stringify(one)} is not a time and a value`);
  }
  return { seconds: parsed.data[0], amount };
}

function reasonOf(document: unknown): string {
  const failed = z.looseObject({ error: z.string() }).safeParse(document);
  return failed.success
    ? `the query failed: ${failed.data.error.split('\n', 1)[0]!}`
    : 'is not a whole answer of Prometheus to query or query_range';
}
