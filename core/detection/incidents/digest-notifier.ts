import type { Incident } from '#core/domain/incident.ts';
import type { Alert, Notifier } from '#core/domain/ports.ts';
import type { DigestSettings } from '#core/domain/settings/settings.ts';

export interface DigestNotifier extends Notifier {
  /**
   * Publishes the incidents that were held back. Call it at the end of an interval, after all
   * applications.
   * @returns the applications of the published incidents, whose marks can be removed.
   */
  flush(atSeconds: number): Promise<readonly string[]>;
}

/**
 * Holds back the incidents that open in one interval. If many applications open one at once, it
 * publishes one message for all, otherwise one message for each. Critical applications and all
 * other alerts are published at once.
 * An incident that is held back is marked in the application's state until it is published. After a
 * crash the next run publishes it.
 */
export function createDigestNotifier(
  notifier: Notifier,
  { applications, critical }: DigestSettings,
): DigestNotifier {
  let heldBack: Incident[] = [];
  const holds = (alert: Alert): alert is Extract<Alert, { kind: 'incident-opened' }> =>
    alert.kind === 'incident-opened' && !critical.includes(alert.incident.applicationId);
  return {
    holds,
    async publish(alert: Alert) {
      if (!holds(alert)) return notifier.publish(alert);
      heldBack.push(alert.incident);
    },
    async flush(atSeconds) {
      const incidents = heldBack;
      heldBack = [];
      if (incidents.length >= applications) {
        await notifier.publish({ kind: 'digest', atSeconds, incidents });
      } else {
        for (const incident of incidents) {
          await notifier.publish({ kind: 'incident-opened', incident });
        }
      }
      return [...new Set(incidents.map(({ applicationId }) => applicationId))];
    },
  };
}
