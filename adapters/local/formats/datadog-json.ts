import * as z from 'zod';
import type { DocumentFormat, Labels, Scale } from './format.ts';
import { namedUnit, scaleOfMetric } from './metric-resource.ts';

const point = z.tuple([z.number(), z.number().nullable()]);
const response = z.looseObject({
  series: z.array(
    z.looseObject({
      metric: z.string(),
      scope: z.string().optional(),
      tag_set: z.array(z.string()).optional(),
      pointlist: z.array(z.unknown()),
      unit: z.array(z.looseObject({ name: z.string() }).nullable()).nullish(),
    }),
  ),
});

/** An answer of Datadog's `GET /api/v1/query`: points are milliseconds and a value or null. */
export const datadogJson: DocumentFormat = {
  kind: 'document',
  matches: (document) =>
    z
      .looseObject({ series: z.array(z.looseObject({ pointlist: z.array(z.unknown()) })) })
      .safeParse(document).success,
  read(document, sink) {
    const parsed = response.safeParse(document);
    if (!parsed.success) return sink.refuse('is not a whole answer of Datadog to a query');
    parsed.data.series.forEach(({ metric, scope = '', tag_set: tags, pointlist, unit }) => {
      const named = namedUnit(unit?.[0]?.name ?? '');
      const scale: Scale = named.scale ?? scaleOfMetric(metric);
      const labels = labelsOf(tags && tags.length > 0 ? tags : scope.split(','));
      const add = sink.series({ labels, metric, scale, part: `${metric} ${scope}` });
      for (const one of pointlist) {
        const { data } = point.safeParse(one);
        if (data === undefined) {
          return sink.refuse(`${JSON.stringify(one)} is not a time and a value`);
        }
        add?.(data[0] / 1000, (data[1] ?? NaN) * (scale === 'exact' ? named.factor : 1));
      }
    });
  },
};

/** Tags such as `service:web`; `*` stands for all. */
function labelsOf(tags: readonly string[]): Labels {
  const pairs = tags.map((tag) => tag.trim()).filter((tag) => tag.includes(':'));
  return Object.fromEntries(
    pairs.map((tag) => [tag.slice(0, tag.indexOf(':')), tag.slice(tag.indexOf(':') + 1)]),
  );
}
