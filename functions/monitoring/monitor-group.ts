import type { MonitoringResult } from '#core/domain/incident.ts';
import {
  monitorApplication,
  type MonitorApplicationPorts,
} from '#core/use-cases/monitor-application.ts';
import { knownSupply } from '#core/controller/monitor-state.ts';
import type { Supply } from '#core/capacity/supply.ts';
import type { Settings } from '#core/domain/settings/settings.ts';
import { readStateOnce } from '#functions/groups/read-once.ts';

export interface MonitorGroupPorts extends MonitorApplicationPorts {
  /** Finds out how the group gets new instances, given what is known of it; without it nothing is. */
  readonly refreshSupply?: (before: Supply | undefined) => Promise<Supply | undefined>;
  /** Has applications trained at once whose forecasts fail; without it the schedule will do. */
  readonly requestTraining?: (applicationIds: readonly string[]) => Promise<void>;
}

/**
 * Monitors one group's newest measured step, or its silence. Its state is saved only after its alerts were published or
 * marked in it as held back: where publishing fails, the next run comes to the same incident and tells of it, so people
 * may hear of one twice and never not at all.
 * Four round trips: state, newest points, allocation log, state; and what refreshing the supply takes.
 * @throws what the ports throw; nothing is saved then, unless it is the request for a training that fails.
 */
export async function monitorGroup(
  ports: MonitorGroupPorts,
  request: { readonly applicationId: string; readonly nowSeconds: number },
  settings: Settings,
): Promise<MonitoringResult | null> {
  const incidents = readStateOnce(ports.incidents);
  const { applicationId } = request;
  const supply = await ports.refreshSupply?.(await knownSupply(incidents, applicationId));
  const result = await monitorApplication(
    { ...ports, incidents },
    { ...request, supply },
    settings,
  );
  // After the state is saved: the next training by the schedule heeds it even if nobody can be asked for one now.
  if (result && result.retrain.length > 0) await ports.requestTraining?.([applicationId]);
  return result;
}
