import type { ControllerState } from '#core/controller/controller-state.ts';
import type { IncidentStore } from '#core/controller/incident-store.ts';
import type { StepEvents } from '#core/controller/observe.ts';
import type { Incident } from '#core/domain/incident.ts';
import type { Alert, Notifier } from '#core/domain/ports.ts';

type Unannounced = Pick<ControllerState, 'unannounced'>;

const openedAlert = (incident: Incident): Alert => ({ kind: 'incident-opened', incident });

/**
 * Publishes what a step brought. It is called before the state is saved, so that people may hear of
 * something twice and never not at all.
 * @returns the mark for the state: incidents that the notifier holds back and nobody has heard of.
 */
export async function announce(
  notifier: Notifier,
  { unannounced }: Unannounced,
  { opened, escalated, resolved }: Pick<StepEvents, 'opened' | 'escalated' | 'resolved'>,
): Promise<readonly Incident[]> {
  for (const incident of opened) await notifier.publish(openedAlert(incident));
  for (const incident of escalated) {
    await notifier.publish({ kind: 'incident-escalated', incident });
  }
  for (const incident of resolved) await notifier.publish({ kind: 'incident-resolved', incident });
  const held = opened.filter((incident) => notifier.holds?.(openedAlert(incident)));
  return held.length === 0 ? unannounced : [...unannounced, ...held];
}

/** Publishes again what the run before held back and did not come to publish. */
export async function announceAgain(
  notifier: Notifier,
  { unannounced }: Unannounced,
): Promise<void> {
  for (const incident of unannounced) await notifier.publish(openedAlert(incident));
}

/** The incidents that were held back have been published: takes their mark away. */
export async function confirmAnnounced(
  incidents: IncidentStore,
  applicationId: string,
): Promise<void> {
  const state = await incidents.state(applicationId);
  if (state === null || state.unannounced.length === 0) return;
  await incidents.save(applicationId, { ...state, unannounced: [] }, []);
}
