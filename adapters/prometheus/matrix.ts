import { z } from 'zod';
import { PrometheusError } from './prometheus-error.ts';

export type Labels = Readonly<Record<string, string>>;

/** One series of an answer: times in Unix seconds and values; NaN where not a finite number. */
export interface QuerySeries {
  readonly labels: Labels;
  readonly times: Float64Array;
  readonly values: Float64Array;
}

/** Pairs are read by hand: an answer may have millions of them. */
const pairs = z.array(z.unknown());
const vectorSample = z.object({ metric: z.record(z.string(), z.string()), value: z.unknown() });
const matrixSeries = z.object({ metric: z.record(z.string(), z.string()), values: pairs });

const answer = z.object({
  status: z.literal('success'),
  data: z.discriminatedUnion('resultType', [
    z.object({ resultType: z.literal('matrix'), result: z.array(matrixSeries) }),
    z.object({ resultType: z.literal('vector'), result: z.array(vectorSample) }),
    z.object({ resultType: z.literal('scalar'), result: z.unknown() }),
  ]),
  warnings: z.array(z.string()).optional(),
});

/**
 * The series of an answer of `query` or `query_range`. NaN and ±Inf mean "not measured".
 * @throws PrometheusError for anything else than such an answer.
 */
export function parseAnswer(document: unknown): readonly QuerySeries[] {
  const parsed = answer.safeParse(document);
  if (!parsed.success) {
    throw new PrometheusError('the answer is not one of a Prometheus query', null);
  }
  const { data } = parsed.data;
  switch (data.resultType) {
    case 'matrix':
      return data.result.map(({ metric, values }) => series(metric, values));
    case 'vector':
      return data.result.map(({ metric, value }) => series(metric, [value]));
    case 'scalar':
      return [series({}, [data.result])];
  }
}

function series(labels: Labels, values: readonly unknown[]): QuerySeries {
  const times = new Float64Array(values.length);
  const measured = new Float64Array(values.length).fill(NaN);
  values.forEach((pair, k) => {
    const [time, text]: readonly unknown[] = Array.isArray(pair) ? pair : [];
    if (typeof time !== 'number' || typeof text !== 'string') {
      throw new PrometheusError('a value of the answer is no pair of a time and a number', null);
    }
    const value = Number(text);
    times[k] = time;
    if (Number.isFinite(value)) measured[k] = value;
  });
  return { labels, times, values: measured };
}
