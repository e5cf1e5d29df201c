import { defaultsOfType } from '#core/capacity/default-footprint.ts';
import type { HistoryStore, ProfileStore, ScalingTarget } from '#core/domain/ports.ts';
import type { AllocationSettings } from '#core/domain/settings/settings.ts';

export interface LocalScalingOptions {
  readonly profiles: ProfileStore;
  readonly history: HistoryStore;
  readonly settings: AllocationSettings;
  /** Type of an application that has neither a profile nor a history. */
  readonly applicationType?: string | null | undefined;
}

/**
 * Replaces the platform that runs the application. Limits and instance capacity are the defaults of
 * the application's type, and the latest decision counts as carried out. Decisions are written to
 * the allocation log, so `setDesired` does nothing.
 */
export function createLocalScalingTarget(options: LocalScalingOptions): ScalingTarget {
  return {
    async describe(applicationId) {
      const { minInstances, maxInstances, instanceCapacity } = defaultsOfType(
        await typeOf(applicationId, options),
        options.settings,
      );
      const [latest] = await options.profiles.allocationLog(applicationId, 1);
      const instances = latest?.instances ?? minInstances;
      return {
        desiredInstances: instances,
        inServiceInstances: instances,
        pendingInstances: 0,
        limits: { minInstances, maxInstances },
        instanceCapacity,
      };
    },

    setDesired: async () => undefined,
  };
}

async function typeOf(
  applicationId: string,
  { profiles, history, applicationType }: LocalScalingOptions,
): Promise<string | null> {
  if (applicationType) return applicationType;
  const profile = await profiles.application(applicationId);
  if (profile?.applicationType) return profile.applicationType;
  return (await history.application(applicationId))?.applicationType ?? null;
}
