import type { PolicySummary, ReplayTrace } from '#evaluation/replay/replay-result.ts';

/** Hours in a month, as AWS counts them. */
export const MONTH_HOURS = 730;

type Evaluated = Pick<
  ReplayTrace,
  'steps' | 'stepSeconds' | 'fromSeconds' | 'evaluatedFromSeconds'
>;

/** Length of the evaluated part of the trace in seconds. */
export function evaluatedSeconds(trace: Evaluated): number {
  return trace.fromSeconds + trace.steps * trace.stepSeconds - trace.evaluatedFromSeconds;
}

/** What a sum over the evaluated time comes to in a month; 0 where nothing was evaluated. */
export function perMonth(sum: number, trace: Evaluated): number {
  const hours = evaluatedSeconds(trace) / 3600;
  return hours > 0 ? (sum / hours) * MONTH_HOURS : 0;
}

/** Hours in a month in which an application is short, on average over a policy's applications. */
export function shortHoursPerMonth({ shortSteps }: Pick<PolicySummary, 'shortSteps'>): number {
  return shortSteps * MONTH_HOURS;
}

/** A price of an instance-hour, and the ISO 4217 code of its currency. */
export interface Price {
  readonly perHour: number;
  readonly currency: string;
}
