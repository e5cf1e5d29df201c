import type { MonitoringResult } from '#core/incident.ts';
import {
  monitorApplication,
  type MonitorApplicationPorts,
} from '#core/monitor/monitor-application.ts';
import type { Settings } from '#core/settings.ts';
import { readStateOnce } from '#functions/groups/read-once.ts';

/**
 * Monitors one group's newest measured step, or its silence. Its state is saved only after its alerts were published or
 * marked in it as held back: where publishing fails, the next run comes to the same incident and tells of it, so people
 * may hear of one twice and never not at all.
 * Four round trips: state, newest points, allocation log, state.
 * @throws what the ports throw; nothing is saved then.
 */
export async function monitorGroup(
  ports: MonitorApplicationPorts,
  request: { readonly applicationId: string; readonly nowSeconds: number },
  settings: Settings,
): Promise<MonitoringResult | null> {
  const incidents = readStateOnce(ports.incidents);
  return monitorApplication({ ...ports, incidents }, request, settings);
}
