import type { Resource } from '#core/domain/footprint.ts';
import { OWNER_SIGNS, type OwnerSource } from './pod-owners.ts';
import {
  PRESET_LABELS,
  PRESET_SIGNS,
  PRESETS,
  presetQueries,
  requestQueries,
  type PresetName,
  type ResourceQueries,
} from './preset-queries.ts';
import type { PrometheusClient } from './prometheus-client.ts';
import { PrometheusError } from './prometheus-error.ts';

export interface WantedQueries {
  readonly preset: PresetName | undefined;
  /** Queries of the user, which replace the preset's. */
  readonly own: ResourceQueries;
  readonly by: readonly string[] | undefined;
  readonly namespaces: readonly string[];
  /** When series have to exist. */
  readonly atSeconds: number;
}

/** What is asked of a server, for every application. */
export interface ChosenQueries {
  /** Null where all queries are the user's. */
  readonly preset: PresetName | null;
  readonly owners: OwnerSource | null;
  /** Labels that make an application's name; null: all labels of the result. */
  readonly by: readonly string[] | null;
  readonly queries: ResourceQueries;
  /** What pods ask for; empty for anything else. */
  readonly requests: ResourceQueries;
}

/**
 * The queries of the named preset, or of the first whose series exist; the user's instead where he
 * gives some.
 * @throws PrometheusError if no preset is named and the server has the series of none.
 */
export async function chooseQueries(
  client: PrometheusClient,
  wanted: WantedQueries,
): Promise<ChosenQueries> {
  const { own, atSeconds } = wanted;
  const has = async (selector: string) =>
    (await client.instant(`count(${selector})`, atSeconds)).length > 0;
  if (wanted.preset === undefined && Object.keys(own).length > 0) {
    const by = wanted.by ?? null;
    return { preset: null, owners: null, by, queries: own, requests: {} };
  }
  const preset = wanted.preset ?? (await firstOf(PRESETS, (name) => has(PRESET_SIGNS[name])));
  if (preset === null) {
    throw new PrometheusError(
      `${client.location} has the series of no preset (${PRESETS.join(', ')}) at the end of the time asked for; name queries with --cpu, --memory, --disk, --network`,
      null,
    );
  }
  const by = wanted.by ?? PRESET_LABELS[preset];
  const owners = preset === 'kubernetes' ? await ownersOn(has) : 'pod-name';
  const options = { by, namespaces: wanted.namespaces, owners };
  return {
    preset,
    owners: preset === 'kubernetes' ? owners : null,
    by,
    queries: { ...presetQueries(preset, options), ...own },
    requests: preset === 'kubernetes' ? requestQueries(options) : {},
  };
}

async function ownersOn(has: (selector: string) => Promise<boolean>): Promise<OwnerSource> {
  const found = await firstOf(OWNER_SIGNS, ([, metric]) => has(metric));
  return found?.[0] ?? 'pod-name';
}

async function firstOf<T>(
  all: readonly T[],
  holds: (one: T) => Promise<boolean>,
): Promise<T | null> {
  for (const one of all) if (await holds(one)) return one;
  return null;
}

/** Fills in the lengths that Grafana's variables stand for, so that its queries can be taken over. */
export function withIntervals(query: string, stepSeconds: number): string {
  // A rate needs several scrapes within its window.
  const rateSeconds = Math.max(stepSeconds, LEAST_RATE_SECONDS);
  return query
    .replaceAll(/\$(?:__rate_interval|\{__rate_interval\})/g, `${rateSeconds}s`)
    .replaceAll(/\$(?:__interval|\{__interval\})/g, `${stepSeconds}s`);
}

const LEAST_RATE_SECONDS = 300;

/** Resources with a query, in the order of the footprint. */
export function queriedResources(queries: ResourceQueries): readonly [Resource, string][] {
  const resources: readonly Resource[] = ['cpu', 'memory', 'disk', 'network'];
  return resources.flatMap((resource) => {
    const query = queries[resource];
    return query === undefined ? [] : [[resource, query] as [Resource, string]];
  });
}
