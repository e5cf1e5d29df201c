import type { AccountGroup } from './group-contract.ts';
import type { MetricLog } from './metric-log.ts';
import { createPredictivePolicy, type PredictiveRules } from './predictive-policy.ts';
import { stepProposal, type StepRules } from './step-policy.ts';
import {
  trackingProposal,
  type CapacityProposal,
  type GroupPolicy,
  type TrackingRules,
} from './tracking-policy.ts';

/** A scaling policy that a group has in its account. */
export type OwnPolicy =
  | (Omit<TrackingRules, 'pointSeconds'> & Followed & { readonly kind: 'tracking' })
  | (StepRules & Followed & { readonly kind: 'step' })
  | (PredictiveRules & { readonly kind: 'predictive' });

interface Followed {
  /** What the policy's metric is the share of; CPU where absent. */
  readonly resource?: 'cpu' | 'memory';
}

/** Whether a policy follows what is measured; a predictive one only raises ahead of time. */
export function isDynamic({ kind }: OwnPolicy): boolean {
  return kind !== 'predictive';
}

/**
 * All policies of a group at once. Where several ask for a change the largest capacity wins, for
 * scaling out and in; target tracking policies scale in where all of those agree that scale in at
 * all [doc].
 * @param alarmed what alarms see of CPU.
 * @throws RangeError for a policy of memory where nothing measures that.
 */
export function createOwnPolicies(
  group: AccountGroup,
  alarmed: MetricLog,
  own: {
    readonly policies: readonly OwnPolicy[];
    readonly pointSeconds: 60 | 300;
    readonly alarmedMemory?: MetricLog | null;
  },
): GroupPolicy {
  const { policies, pointSeconds, alarmedMemory } = own;
  const seenBy = ({ resource = 'cpu' }: Followed): MetricLog => {
    if (resource === 'cpu') return alarmed;
    if (!alarmedMemory) throw new RangeError('a policy follows memory, which is not measured');
    return alarmedMemory;
  };
  const dynamic: CapacityProposal[] = [
    trackingTogether(
      group,
      policies.flatMap((policy) => {
        if (policy.kind !== 'tracking') return [];
        const propose = trackingProposal(group, seenBy(policy), { ...policy, pointSeconds });
        return [{ propose, scalesIn: policy.scalesIn ?? true }];
      }),
    ),
    ...policies.flatMap((policy) =>
      policy.kind === 'step' ? [stepProposal(group, seenBy(policy), policy)] : [],
    ),
  ];
  const predictive = policies.flatMap((policy) =>
    policy.kind === 'predictive' ? [createPredictivePolicy(group, alarmed, policy)] : [],
  );
  return {
    act(nowSeconds) {
      for (const policy of predictive) policy.act(nowSeconds);
      const proposals = dynamic.flatMap((propose) => propose(nowSeconds) ?? []);
      if (proposals.length === 0) return;
      const desired = Math.max(...proposals);
      if (desired !== group.sizes.desired) group.update({ desired });
    },
  };
}

function trackingTogether(
  group: AccountGroup,
  policies: readonly { readonly propose: CapacityProposal; readonly scalesIn: boolean }[],
): CapacityProposal {
  return (nowSeconds) => {
    const asked = policies.map(({ propose, scalesIn }) => ({
      desired: propose(nowSeconds),
      scalesIn,
    }));
    const proposals = asked.flatMap(({ desired }) => desired ?? []);
    if (proposals.length === 0) return null;
    const most = Math.max(...proposals);
    const agree = asked.every(({ desired, scalesIn }) => desired !== null || !scalesIn);
    return most > group.sizes.desired || agree ? most : null;
  };
}
