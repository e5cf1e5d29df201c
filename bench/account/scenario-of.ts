import type { AccountScenario } from '#evaluation/account/account-runs.ts';
import type { MonitoringRules } from '#evaluation/account/metric-log.ts';
import type { ReplayedTraceApplication } from '#evaluation/replay/cluster-schedule.ts';
import { sizeInstance } from '#evaluation/simulation/size-instances.ts';

const DAY_SECONDS = 86_400;
const WARM_UP_SECONDS = 7 * DAY_SECONDS;
/** The largest peak takes so many instances at most, so that half used they still fit. */
const MOST_AT_PEAK = 24;
const MAX_INSTANCES = 64;
const INITIAL_INSTANCES = 4;

export interface ScenarioOptions {
  /** Cores of one instance; by the application's own peaks where null. */
  readonly instanceCores: number | null;
  readonly bootSeconds: number;
  readonly monitoring: MonitoringRules;
  /** Days after the first week that count; all of them where null. */
  readonly days: number | null;
}

/** A group for an application of a trace; null for one without CPU. */
export function scenarioOf(
  { applicationId, window }: ReplayedTraceApplication,
  { instanceCores: own, days, ...rules }: ScenarioOptions,
): AccountScenario | null {
  const { startSeconds, stepSeconds, values } = window;
  const first = values.cpu.findIndex((value) => !Number.isNaN(value));
  const peak = values.cpu.reduce((most, value) => (value > most ? value : most), 0);
  const instanceCores = own ?? Math.max(sizeInstance(window, 'cpu') ?? 0, peak / MOST_AT_PEAK);
  if (first === -1 || !(instanceCores > 0)) return null;
  const fromStep = Math.max(WARM_UP_SECONDS / stepSeconds, first);
  const end = days === null ? undefined : fromStep + (days * DAY_SECONDS) / stepSeconds;
  return {
    ...rules,
    applicationId,
    demand: { startSeconds, stepSeconds, values: values.cpu.subarray(0, end) },
    instanceCores,
    limits: { minInstances: 1, maxInstances: MAX_INSTANCES },
    initialInstances: INITIAL_INSTANCES,
    fromStep,
  };
}
