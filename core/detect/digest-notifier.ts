import type { Incident } from '#core/incident.ts';
import type { Alert, Notifier } from '#core/ports.ts';
import type { DigestSettings } from '#core/settings.ts';

export interface DigestNotifier extends Notifier {
  /** Publishes what was held back: at the end of an interval over all applications. */
  flush(atSeconds: number): Promise<void>;
}

/**
 * Holds the incidents that open in one interval back and tells them in one message where many applications open one at
 * once, one by one otherwise. Critical applications and everything else are told at once.
 */
export function createDigestNotifier(
  notifier: Notifier,
  { applications, critical }: DigestSettings,
): DigestNotifier {
  let held: Incident[] = [];
  return {
    async publish(alert: Alert) {
      if (alert.kind !== 'incident-opened' || critical.includes(alert.incident.applicationId)) {
        return notifier.publish(alert);
      }
      held.push(alert.incident);
    },
    async flush(atSeconds) {
      const incidents = held;
      held = [];
      if (incidents.length >= applications) {
        return notifier.publish({ kind: 'digest', atSeconds, incidents });
      }
      for (const incident of incidents)
        await notifier.publish({ kind: 'incident-opened', incident });
    },
  };
}
