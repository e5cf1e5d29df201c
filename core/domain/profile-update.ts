import { VersionConflict, type ProfileStore } from './ports.ts';
import type { ApplicationProfile } from './profiles.ts';

/** Training and refinement may write the same profile at the same time; more than this means something is wrong. */
const MAX_ATTEMPTS = 5;

/** A profile of which nothing is known yet; version 0 means "not stored". */
export function newProfile(
  applicationId: string,
  applicationType: string | null,
): ApplicationProfile {
  return {
    applicationId,
    applicationType,
    clusterId: null,
    historicalData: {},
    predictiveModel: {},
    divergenceStreak: 0,
    version: 0,
  };
}

/**
 * Applies a change to the stored profile, or to a new one, and writes it; reads again and repeats if somebody else
 * wrote it meanwhile.
 * @throws VersionConflict when it lost the race five times in a row.
 */
export async function updateProfile(
  profiles: ProfileStore,
  identity: { readonly applicationId: string; readonly applicationType: string | null },
  change: (profile: ApplicationProfile) => ApplicationProfile,
): Promise<ApplicationProfile> {
  for (let attempt = 1; ; attempt++) {
    const stored = await profiles.application(identity.applicationId);
    const profile = stored ?? newProfile(identity.applicationId, identity.applicationType);
    try {
      return await profiles.putApplication(change(profile));
    } catch (error) {
      if (!(error instanceof VersionConflict) || attempt === MAX_ATTEMPTS) throw error;
    }
  }
}
