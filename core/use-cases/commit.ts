import type { ControllerState } from '#core/controller/controller-state.ts';
import type { IncidentStore } from '#core/controller/incident-store.ts';
import type { Snapshot } from '#core/controller/snapshot.ts';
import type { AllocationDecision } from '#core/domain/allocation.ts';
import type { ProfileStore, ScalingTarget } from '#core/domain/ports.ts';
import type { AllocationMode } from '#core/domain/settings/allocation-modes.ts';

export interface CommitPorts {
  readonly profiles: ProfileStore;
  readonly incidents: IncidentStore;
  readonly target: ScalingTarget;
}

/**
 * Writes what was decided: the log, the state where the decision changed it, and the number of
 * instances where the mode allows it and it differs.
 */
export async function commit(
  ports: CommitPorts,
  snapshot: Pick<Snapshot, 'applicationId' | 'state' | 'target'>,
  decided: { readonly decision: AllocationDecision; readonly state: ControllerState },
  mode: AllocationMode,
): Promise<void> {
  const { applicationId, target } = snapshot;
  const { decision, state } = decided;
  await ports.profiles.logAllocation(decision);
  if (state !== snapshot.state) await ports.incidents.save(applicationId, state, []);
  if (mode !== 'observe' && decision.instances !== target.desiredInstances) {
    await ports.target.setDesired(applicationId, decision.instances);
  }
}
