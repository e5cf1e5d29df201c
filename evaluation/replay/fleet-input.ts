import type { ReplayedTraceApplication } from './cluster-schedule.ts';
import type { PolicyPlan } from './policy-plan.ts';

/** A trace to replay and the knobs to sweep. */
export interface FleetInput {
  readonly sources: readonly string[];
  readonly simulated: boolean;
  readonly stepSeconds: number;
  readonly applications: readonly ReplayedTraceApplication[];
  readonly plan: PolicyPlan;
}
