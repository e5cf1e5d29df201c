import {
  CloudWatchClient,
  CloudWatchServiceException,
  type MetricDataQuery,
  type MetricDataResult,
} from '@aws-sdk/client-cloudwatch';
import { answerCommands, type SentCommand } from './answer-commands.ts';
import { LOOPBACK_CREDENTIALS } from './loopback-credentials.ts';
import { metricOwner } from './metric-owner.ts';

/**
 * Value of a metric of a group in the period that starts at a time; null where nothing was
 * published.
 */
export type PublishedMetric = (
  metric: { readonly group: string; readonly name: string; readonly stat: string },
  atSeconds: number,
) => number | null;

export interface EmulatedCloudwatch {
  readonly client: CloudWatchClient;
  readonly sent: SentCommand[];
  /** Groups whose queries make CloudWatch refuse the whole call. */
  readonly refused: Set<string>;
  /** Metrics that end with another status than Complete, by "group metric". */
  readonly statuses: Map<string, 'InternalError' | 'Forbidden'>;
}

/** Periods of one page: few, so that every metric is spread over pages. */
const PAGE_PERIODS = 100;

/**
 * GetMetricData as far as Foreprint uses it: at most 500 queries, answers in pages, a status per
 * metric.
 */
export function emulateCloudwatch(published: PublishedMetric): EmulatedCloudwatch {
  const client = new CloudWatchClient(LOOPBACK_CREDENTIALS);
  const emulated: EmulatedCloudwatch = {
    client,
    sent: [],
    refused: new Set(),
    statuses: new Map(),
  };
  answerCommands(client, (command) => {
    emulated.sent.push(command);
    const queries = command.input['MetricDataQueries'] as readonly MetricDataQuery[];
    if (queries.length > 500) throw refusal(`${queries.length} queries`);
    if (queries.some((query) => emulated.refused.has(groupOf(query)))) throw refusal('bad query');
    const [start, end] = ['StartTime', 'EndTime'].map(
      (name) => (command.input[name] as Date).getTime() / 1000,
    );
    const period = queries[0]?.MetricStat?.Period ?? 300;
    const from = Number(command.input['NextToken'] ?? start);
    const to = Math.min(from + PAGE_PERIODS * period, end!);
    const isLast = to >= end!;
    return {
      MetricDataResults: queries.map((query) => resultOf(query, { from, to, isLast })),
      ...(!isLast && { NextToken: String(to) }),
    };
  });

  function resultOf(
    query: MetricDataQuery,
    page: { readonly from: number; readonly to: number; readonly isLast: boolean },
  ): MetricDataResult {
    const { Metric, Period: period = 300, Stat: stat = '' } = query.MetricStat ?? {};
    const [group, name] = [groupOf(query), Metric?.MetricName ?? ''];
    const [Timestamps, Values]: [Date[], number[]] = [[], []];
    for (let at = Math.ceil(page.from / period) * period; at < page.to; at += period) {
      const value = published({ group, name, stat }, at);
      if (value === null) continue;
      Timestamps.push(new Date(at * 1000));
      Values.push(value);
    }
    const last = emulated.statuses.get(`${group} ${name}`) ?? 'Complete';
    return { Id: query.Id, Timestamps, Values, StatusCode: page.isLast ? last : 'PartialData' };
  }
  return emulated;
}

function groupOf({ MetricStat }: MetricDataQuery): string {
  return metricOwner(MetricStat?.Metric);
}

function refusal(message: string): CloudWatchServiceException {
  const name = 'ValidationError';
  return new CloudWatchServiceException({ name, message, $fault: 'client', $metadata: {} });
}
