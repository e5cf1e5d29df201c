import type { FootprintDetection } from '#core/detection/incidents/detect-footprint.ts';
import type { Incident } from '#core/domain/incident.ts';
import type { Alert, IncidentStore, Notifier } from '#core/domain/ports.ts';
import { readMonitorState, type MonitorState } from '#core/controller/monitor-state.ts';

type Found = Pick<FootprintDetection, 'opened' | 'escalated' | 'resolved'>;

const openedAlert = (incident: Incident): Alert => ({ kind: 'incident-opened', incident });

/**
 * Tells what a step brought; to be called before the state is saved, so that people may hear of something twice and never
 * not at all.
 * @returns the mark for the state: incidents that the notifier holds back and that nobody has heard of yet.
 */
export async function announce(
  notifier: Notifier,
  { unannounced = [] }: MonitorState,
  { opened, escalated, resolved }: Found,
): Promise<readonly Incident[]> {
  for (const incident of opened) await notifier.publish(openedAlert(incident));
  for (const incident of escalated) {
    await notifier.publish({ kind: 'incident-escalated', incident });
  }
  for (const incident of resolved) await notifier.publish({ kind: 'incident-resolved', incident });
  const held = opened.filter((incident) => notifier.holds?.(openedAlert(incident)));
  return [...unannounced, ...held];
}

/** Tells again what the run before held back and did not come to tell. */
export async function announceAgain(
  notifier: Notifier,
  { unannounced = [] }: MonitorState,
): Promise<void> {
  for (const incident of unannounced) await notifier.publish(openedAlert(incident));
}

/** The incidents that were held back have been told: takes their mark away. */
export async function confirmAnnounced(
  incidents: IncidentStore,
  applicationId: string,
): Promise<void> {
  const state = await readMonitorState(incidents, applicationId);
  if (!state.unannounced?.length) return;
  await incidents.save(applicationId, { ...state, unannounced: [] }, []);
}
