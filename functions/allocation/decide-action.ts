import type { Settings } from '#core/domain/settings/settings.ts';
import type { LifecycleAction } from '#functions/events/lifecycle-event.ts';
import type { EnrolledGroup } from '#functions/groups/enrolled-group.ts';
import { allocateGroup, type GroupPorts } from './allocate-group.ts';
import type { Application } from './apply-decision.ts';

export interface ActionPorts extends GroupPorts {
  /** The group of an action; null when it is gone, not enrolled or not let in. */
  readonly findGroup: (applicationId: string) => Promise<EnrolledGroup | null>;
}

/**
 * Decides what a group needs at a lifecycle action; nothing while the kill switch is pulled, for a
 * group that is gone, and, once the signal says that the action's time is over, nothing is changed
 * any more.
 */
export async function decideAction(
  ports: ActionPorts,
  { applicationId, atSeconds }: LifecycleAction,
  settings: Settings,
  signal: AbortSignal,
): Promise<Application> {
  if (!(await ports.mayAct())) return 'stopped';
  const group = await ports.findGroup(applicationId);
  if (group === null) return 'none';
  const mayAct = async () => !signal.aborted && (await ports.mayAct());
  return allocateGroup({ ...ports, mayAct }, group, atSeconds, settings);
}
