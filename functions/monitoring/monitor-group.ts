import type { MonitoringResult } from '#core/incident.ts';
import {
  monitorApplication,
  type MonitorApplicationPorts,
} from '#core/monitor/monitor-application.ts';
import type { Settings } from '#core/settings.ts';
import { readStateOnce } from '#functions/groups/read-once.ts';

export interface MonitorGroupPorts extends MonitorApplicationPorts {
  /** Has applications trained at once whose forecasts fail; without it the schedule will do. */
  readonly requestTraining?: (applicationIds: readonly string[]) => Promise<void>;
}

/**
 * Monitors one group's newest measured step. Its state is saved only after its alerts were published: where publishing
 * fails, the next run comes to the same incident and tells of it, so people may hear of one twice and never not at all.
 * Four round trips: state, newest points, allocation log, state.
 * @throws what the ports throw; nothing is saved then, unless it is the request for a training that fails.
 */
export async function monitorGroup(
  ports: MonitorGroupPorts,
  request: { readonly applicationId: string; readonly nowSeconds: number },
  settings: Settings,
): Promise<MonitoringResult | null> {
  const incidents = readStateOnce(ports.incidents);
  let save = async (): Promise<void> => undefined;
  const deferred = {
    ...incidents,
    save: async (...state: Parameters<typeof incidents.save>) => {
      save = () => incidents.save(...state);
    },
  };
  const result = await monitorApplication({ ...ports, incidents: deferred }, request, settings);
  await save();
  // After the state is saved: the next training by the schedule heeds it even if nobody can be asked for one now.
  if (result && result.retrain.length > 0) await ports.requestTraining?.([request.applicationId]);
  return result;
}
