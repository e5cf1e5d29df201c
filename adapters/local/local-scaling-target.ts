import { defaultsOfType } from '#core/capacity/default-footprint.ts';
import type { HistoryStore, ProfileStore, ScalingTarget } from '#core/domain/ports.ts';
import type { AllocationSettings } from '#core/domain/settings/settings.ts';

export interface LocalScalingOptions {
  readonly profiles: ProfileStore;
  readonly history: HistoryStore;
  readonly settings: AllocationSettings;
  /** Type of an application that neither profile nor history knows. */
  readonly applicationType?: string | null | undefined;
}

/**
 * Stands for whatever runs the application: limits and instance capacity are the defaults of its type, and what was
 * decided last counts as done. The allocation log is where decisions go, so there is nothing to set here.
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
