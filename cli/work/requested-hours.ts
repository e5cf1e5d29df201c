import type { Requests } from '#adapters/prometheus/survey.ts';
import type { ApplicationReplay, ReplayResult } from '#evaluation/replay/replay-result.ts';

const HOUR_SECONDS = 3600;

/** What an application's pods request, in the units and over the time of a replay. */
export interface RequestedFigures {
  /** Cores. */
  readonly cpu: number;
  /** Bytes. */
  readonly memory: number;
  /**
   * Instance-hours that hold the requests over the evaluated steps, those of the replayed resource
   * that wants most; null where no replayed resource is requested.
   */
  readonly instanceHours: number | null;
}

/** What is requested beside what the policies of a replay take. */
export interface RequestedFleet {
  readonly total: RequestedFigures;
  readonly byApplication: ReadonlyMap<string, RequestedFigures>;
}

/** The requests as figures of a replay; null where no replayed application requests anything. */
export function requestedFleet(
  { trace, applications }: ReplayResult,
  requested: Requests,
): RequestedFleet | null {
  const byApplication = new Map<string, RequestedFigures>();
  const { fromSeconds, evaluatedFromSeconds, stepSeconds } = trace;
  const fromStep = (evaluatedFromSeconds - fromSeconds) / stepSeconds;
  for (const application of applications) {
    const own = requested.get(application.applicationId);
    if (own === undefined || (own.cpu === 0 && own.memory === 0)) continue;
    const instances = instancesOf(application, own);
    const steps = measuredSteps(application.demand, fromStep);
    const hours = instances === 0 ? null : (instances * steps * stepSeconds) / HOUR_SECONDS;
    byApplication.set(application.applicationId, { ...own, instanceHours: hours });
  }
  if (byApplication.size === 0) return null;
  const total = { cpu: 0, memory: 0, instanceHours: null as number | null };
  for (const { cpu, memory, instanceHours } of byApplication.values()) {
    total.cpu += cpu;
    total.memory += memory;
    if (instanceHours !== null) total.instanceHours = (total.instanceHours ?? 0) + instanceHours;
  }
  return { total, byApplication };
}

/** Not rounded; 0 where no replayed resource is requested. */
function instancesOf(
  { instanceCapacity }: ApplicationReplay,
  own: { readonly cpu: number; readonly memory: number },
): number {
  let instances = 0;
  for (const resource of ['cpu', 'memory'] as const) {
    const capacity = instanceCapacity[resource] ?? 0;
    if (capacity > 0) instances = Math.max(instances, own[resource] / capacity);
  }
  return instances;
}

/** The steps that policies are counted over: evaluated, and with a measurement. */
function measuredSteps(demand: Float64Array, fromStep: number): number {
  let steps = 0;
  for (let step = fromStep; step < demand.length; step++) if (!Number.isNaN(demand[step]!)) steps++;
  return steps;
}
