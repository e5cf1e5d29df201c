import { VersionConflict, type ProfileStore } from './ports.ts';
import type { ApplicationProfile } from './profiles.ts';

/**
 * Training and refinement may write the same profile at the same time. More attempts than this
 * indicate a fault.
 */
const MAX_ATTEMPTS = 5;

/** An empty profile; version 0 means "not stored". */
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
 * Applies a change to the stored profile, or to an empty one, and writes it. If another writer was
 * faster, it reads again and repeats.
 * @throws VersionConflict after five attempts.
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
