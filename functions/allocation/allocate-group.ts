import type { AutoScalingTarget } from '#adapters/aws/auto-scaling-target.ts';
import type { Settings } from '#core/domain/settings/settings.ts';
import { allocate, type AllocationPorts } from '#core/use-cases/allocate.ts';
import type { EnrolledGroup } from '#functions/groups/enrolled-group.ts';
import {
  effectiveMode,
  settingsOfGroup,
  type PoliciesOf,
} from '#functions/groups/group-policies.ts';
import { applyDecision, type Application } from './apply-decision.ts';

export interface GroupPorts extends Omit<AllocationPorts, 'target'> {
  readonly target: AutoScalingTarget;
  /** The group's own scaling policies; without it nobody looks, and the settings hold as they are. */
  readonly policiesOf?: PoliciesOf;
  /**
   * Asked again before anything is changed: the kill switch may have been pulled since the decision
   * began.
   */
  readonly mayAct: () => Promise<boolean>;
  /** Hears of models that could not be used, although the group was decided for. */
  readonly report?: (what: string, error: unknown) => void;
}

/**
 * Decides for one group as of `nowSeconds`, logs the decision and applies what the group's mode
 * allows. Four calls with warm models: state, three weeks of history and profile at the same time,
 * then the log; three more where the group is changed.
 */
export async function allocateGroup(
  ports: GroupPorts,
  group: EnrolledGroup,
  nowSeconds: number,
  settings: Settings,
): Promise<Application> {
  const { applicationId, applicationType, known } = group;
  const policies = await ports.policiesOf?.(applicationId);
  const hasPolicy = policies !== undefined && policies.dynamic.length > 0;
  // The core sets a desired capacity; how a decision is applied here depends on the mode.
  const target = {
    describe: async () => ({
      ...(await ports.target.stateOf(applicationId, known)),
      hasPolicy,
    }),
    setDesired: async () => {},
  };
  const request = {
    ...{ applicationId, applicationType, requested: null, nowSeconds },
    // Ingest stores what is complete of the step that goes on.
    seesCurrentStep: true,
  };
  const own = policies ? settingsOfGroup(settings, group, policies) : settings;
  const { decision } = await allocate({ ...ports, target }, request, own);
  for (const { resource, of, reason } of decision.reason.modelFaults ?? []) {
    ports.report?.(`${applicationId}: the ${of}'s model of ${resource}`, new Error(reason));
  }
  const steered = policies ? { ...group, mode: effectiveMode(group, policies) } : group;
  return (await ports.mayAct()) ? applyDecision(ports.target, steered, decision) : 'stopped';
}
