import { type Resource } from '#core/domain/footprint.ts';
import { applicationName } from './application-name.ts';
import { queriedResources, withIntervals, type ChosenQueries } from './choose-queries.ts';
import type { PrometheusClient } from './prometheus-client.ts';

/** Cores and bytes that pods ask for now, by application. */
export type Requests = ReadonlyMap<string, { readonly cpu: number; readonly memory: number }>;

/** What a query gives at one instant. */
export interface SurveyedQuery {
  readonly resource: Resource;
  /** With its intervals filled in: can be pasted into Prometheus' page. */
  readonly query: string;
  readonly series: number;
  /** The first measured value with its application; null where nothing is measured. */
  readonly first: { readonly applicationId: string; readonly value: number } | null;
}

export interface Survey {
  readonly queries: readonly SurveyedQuery[];
  /** Applications with a series of any resource now, in order. */
  readonly applications: readonly string[];
  readonly requested: Requests;
}

/** Asks every query once, at the end of the range, before the history is read. */
export async function surveyServer(
  client: PrometheusClient,
  chosen: ChosenQueries,
  { atSeconds, stepSeconds }: { readonly atSeconds: number; readonly stepSeconds: number },
): Promise<Survey> {
  const applications = new Set<string>();
  const queries: SurveyedQuery[] = [];
  for (const [resource, template] of queriedResources(chosen.queries)) {
    const query = withIntervals(template, stepSeconds);
    const answers = await client.instant(query, atSeconds);
    const named = answers.map(({ labels, values }) => ({
      applicationId: applicationName(labels, chosen.by),
      value: values[0] ?? NaN,
    }));
    named.forEach(({ applicationId }) => applications.add(applicationId));
    const first = named.find(({ value }) => !Number.isNaN(value)) ?? null;
    queries.push({ resource, query, series: answers.length, first });
  }
  const requested = await readRequests(client, chosen, atSeconds);
  return { queries, applications: [...applications].sort(), requested };
}

async function readRequests(
  client: PrometheusClient,
  { requests, by }: ChosenQueries,
  atSeconds: number,
): Promise<Requests> {
  const requested = new Map<string, { cpu: number; memory: number }>();
  for (const resource of ['cpu', 'memory'] as const) {
    const query = requests[resource];
    if (query === undefined) continue;
    for (const { labels, values } of await client.instant(query, atSeconds)) {
      const name = applicationName(labels, by);
      const known = requested.get(name) ?? { cpu: 0, memory: 0 };
      requested.set(name, known);
      if (values[0] !== undefined && values[0] > 0) known[resource] += values[0];
    }
  }
  return requested;
}
