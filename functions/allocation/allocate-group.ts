import type { AutoScalingTarget } from '#adapters/aws/auto-scaling-target.ts';
import { allocate, type AllocationPorts } from '#core/use-cases/allocate.ts';
import { rememberedRange } from '#core/evidence/remember-usage.ts';
import type { Settings } from '#core/domain/settings/settings.ts';
import type { EnrolledGroup } from '#functions/groups/enrolled-group.ts';
import { readStateOnce, readWindowOnce } from '#functions/groups/read-once.ts';
import { applyDecision, type Application } from './apply-decision.ts';

export interface GroupPorts extends Omit<AllocationPorts, 'target'> {
  readonly target: AutoScalingTarget;
  /** Asked again before anything is changed: the kill switch may have been pulled since the decision began. */
  readonly mayAct: () => Promise<boolean>;
}

/**
 * Decides for one group as of `nowSeconds`, logs the decision and applies what the group's mode allows. Four round trips
 * with warm models: profile, three weeks of history and the state of monitoring, all three at the same time, then the log;
 * three more where the group is changed.
 */
export async function allocateGroup(
  ports: GroupPorts,
  group: EnrolledGroup,
  nowSeconds: number,
  settings: Settings,
): Promise<Application> {
  const { applicationId, applicationType, known } = group;
  // The core sets a desired capacity; how a decision is applied here depends on the mode.
  const target = {
    describe: () => ports.target.stateOf(applicationId, known),
    setDesired: async () => {},
  };
  const request = { applicationId, applicationType, requested: null, nowSeconds };
  const incidents = readStateOnce(ports.incidents);
  // Asked for now, needed later: whoever needs it meets with its failure.
  incidents.state(applicationId).catch(() => undefined);
  const { stepSeconds } = settings;
  const history = readWindowOnce(ports.history, applicationId, {
    range: rememberedRange(nowSeconds, stepSeconds),
    stepSeconds,
  });
  const decision = await allocate({ ...ports, history, incidents, target }, request, settings);
  return (await ports.mayAct()) ? applyDecision(ports.target, group, decision) : 'stopped';
}
