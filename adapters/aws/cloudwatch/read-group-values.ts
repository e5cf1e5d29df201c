import {
  GetMetricDataCommand,
  type CloudWatchClient,
  type MetricDataResult,
} from '@aws-sdk/client-cloudwatch';
import type { TimeRange } from '#core/domain/ports.ts';
import type { GroupValues } from './group-footprints.ts';
import type { GroupMetric } from './group-metrics.ts';
import { groupQueries, metricsOf, queryId } from './group-queries.ts';
import type { MeteredGroup } from './metered-group.ts';

export interface GroupReading {
  readonly group: MeteredGroup;
  readonly values: GroupValues;
  /** Metrics with incomplete values, with the status that CloudWatch gave. */
  readonly incomplete: readonly string[];
}

interface Series {
  readonly values: Map<number, number>;
  status: string;
}

/**
 * Reads all pages of one call for at most CALL_GROUPS groups.
 * @throws whatever the SDK throws.
 */
export async function readGroupValues(
  client: CloudWatchClient,
  groups: readonly MeteredGroup[],
  options: { readonly range: TimeRange; readonly periodSeconds: number },
): Promise<readonly GroupReading[]> {
  const { range, periodSeconds } = options;
  const series = new Map<string, Series>();
  const queries = groupQueries(groups, periodSeconds);
  let next: string | undefined;
  do {
    const page = await client.send(
      new GetMetricDataCommand({
        MetricDataQueries: queries,
        StartTime: new Date(range.fromSeconds * 1000),
        EndTime: new Date(range.toSeconds * 1000),
        ScanBy: 'TimestampAscending',
        ...(next !== undefined && { NextToken: next }),
      }),
    );
    for (const result of page.MetricDataResults ?? []) addResult(series, result);
    next = page.NextToken;
  } while (next !== undefined);
  return groups.map((group, index) => readingOf(group, index, series));
}

/** The values of a metric can be spread over several pages; its last status counts. */
function addResult(series: Map<string, Series>, result: MetricDataResult): void {
  const id = result.Id ?? '';
  const entry = series.get(id) ?? { values: new Map<number, number>(), status: '' };
  series.set(id, entry);
  entry.status = result.StatusCode ?? 'Complete';
  result.Timestamps?.forEach((time, k) => {
    const value = result.Values?.[k];
    if (value !== undefined) entry.values.set(time.getTime() / 1000, value);
  });
}

function readingOf(
  group: MeteredGroup,
  index: number,
  series: ReadonlyMap<string, Series>,
): GroupReading {
  const seriesOf = (metric: GroupMetric) => series.get(queryId(index, metric));
  const values = new Map<GroupMetric, ReadonlyMap<number, number>>();
  const requested = metricsOf(group);
  for (const { key } of requested) values.set(key, seriesOf(key)?.values ?? new Map());
  const incomplete = requested.flatMap(({ key, name }) => {
    const status = seriesOf(key)?.status ?? 'not answered';
    return status === 'Complete' ? [] : [`${name} (${status})`];
  });
  return { group, values, incomplete };
}
