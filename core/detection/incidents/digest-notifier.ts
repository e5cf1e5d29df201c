import type { Incident } from '#core/domain/incident.ts';
import type { Alert, Notifier } from '#core/domain/ports.ts';
import type { DigestSettings } from '#core/domain/settings/settings.ts';

export interface DigestNotifier extends Notifier {
  /**
   * Publishes what was held back: at the end of an interval over all applications.
   * @returns the applications it told of, whose marks may go.
   */
  flush(atSeconds: number): Promise<readonly string[]>;
}

/**
 * Holds the incidents that open in one interval back and tells them in one message where many applications open one at
 * once, one by one otherwise. Critical applications and everything else are told at once. What it holds is marked in the
 * application's state until it is told, so that the next run tells what a crash kept from being told.
 */
export function createDigestNotifier(
  notifier: Notifier,
  { applications, critical }: DigestSettings,
): DigestNotifier {
  let held: Incident[] = [];
  const holds = (alert: Alert): alert is Extract<Alert, { kind: 'incident-opened' }> =>
    alert.kind === 'incident-opened' && !critical.includes(alert.incident.applicationId);
  return {
    holds,
    async publish(alert: Alert) {
      if (!holds(alert)) return notifier.publish(alert);
      held.push(alert.incident);
    },
    async flush(atSeconds) {
      const incidents = held;
      held = [];
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
