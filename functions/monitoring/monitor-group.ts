import type { MonitoringResult } from '#core/incident.ts';
import {
  monitorApplication,
  type MonitorApplicationPorts,
} from '#core/monitor/monitor-application.ts';
import type { Settings } from '#core/settings.ts';
import { readStateOnce } from '#functions/groups/read-once.ts';

/**
 * Monitors one group's newest measured step. Its state is saved only after its alerts were published: where publishing
 * fails, the next run comes to the same incident and tells of it, so people may hear of one twice and never not at all.
 * Four round trips: state, newest points, allocation log, state.
 * @throws what the ports throw; nothing is saved then.
 */
export async function monitorGroup(
  ports: MonitorApplicationPorts,
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
  return result;
}
