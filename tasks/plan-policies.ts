import {
  ALL_BASELINES,
  DEFAULT_BASELINES,
  MORE_BASELINES,
} from '#evaluation/baselines/all-baselines.ts';
import type { PolicyPlan } from '#evaluation/replay/policy-plan.ts';
import { FOREPRINT } from '#evaluation/replay/summarize-run.ts';

export const POLICY_NAMES: readonly string[] = [
  FOREPRINT,
  ...ALL_BASELINES.map(({ name }) => name),
];
/** What runs without `--policies`, and what has to be named there. */
export const DEFAULT_POLICY_NAMES: readonly string[] = [
  FOREPRINT,
  ...DEFAULT_BASELINES.map(({ name }) => name),
];
export const MORE_POLICY_NAMES: readonly string[] = MORE_BASELINES.map(({ name }) => name);
/** The knob of Foreprint is the quantile. */
export const DEFAULT_QUANTILES: readonly number[] = [0.5, 0.7, 0.8, 0.9, 0.95, 0.98];

export interface PolicyOptions {
  /** Policies to run; undefined for those of `DEFAULT_POLICY_NAMES`. */
  readonly policies: readonly string[] | undefined;
  /** Values of knobs by policy; a policy without values uses its own sweep. */
  readonly knobs: ReadonlyMap<string, readonly number[]>;
  readonly instance: PolicyPlan['instance'];
  readonly service: NonNullable<PolicyPlan['service']>;
}

/** The policies that a replay runs. Foreprint always runs, because the report is about it. */
export function planPolicies({ policies, knobs, instance, service }: PolicyOptions): PolicyPlan {
  const baselines = policies
    ? ALL_BASELINES.filter(({ name }) => policies.includes(name))
    : DEFAULT_BASELINES;
  return {
    quantiles: knobs.get(FOREPRINT) ?? DEFAULT_QUANTILES,
    baselines: baselines.map(({ name, sweep }) => ({ name, knobs: knobs.get(name) ?? sweep })),
    service,
    ...(instance === undefined ? {} : { instance }),
  };
}
