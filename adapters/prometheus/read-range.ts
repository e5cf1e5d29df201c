import type { QuerySeries } from './matrix.ts';
import type { PrometheusClient, QueryRange } from './prometheus-client.ts';
import { PrometheusError } from './prometheus-error.ts';

/** Prometheus refuses queries of more points a series (`maxPointsPerTimeseries` of its API). */
export const MOST_POINTS = 11_000;

const PAUSE_MS = 500;

/**
 * A range query that is tried once more in two halves where it fails for its size or for a fault
 * that may pass.
 * @throws PrometheusError where one of the halves fails too.
 */
export async function readRange(
  client: PrometheusClient,
  query: string,
  range: QueryRange,
): Promise<readonly QuerySeries[]> {
  try {
    return await client.range(query, range);
  } catch (error) {
    if (!(error instanceof PrometheusError) || !mayPass(error.status)) throw error;
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    const parts: QuerySeries[] = [];
    for (const half of halves(range)) parts.push(...(await client.range(query, half)));
    return parts;
  }
}

/** Too many samples is 422; 400 and 404 mean that the query or the address is wrong. */
function mayPass(status: number | null): boolean {
  return status === null || status === 422 || status === 429 || status >= 500;
}

function halves(range: QueryRange): readonly QueryRange[] {
  const { fromSeconds, toSeconds, stepSeconds } = range;
  const points = Math.floor((toSeconds - fromSeconds) / stepSeconds) + 1;
  if (points < 2) return [range];
  const middle = fromSeconds + Math.floor(points / 2) * stepSeconds;
  return [
    { ...range, toSeconds: middle - stepSeconds },
    { ...range, fromSeconds: middle },
  ];
}
