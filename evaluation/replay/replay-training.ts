import type { ProfileStore } from '#core/domain/ports.ts';
import { updateProfile } from '#core/domain/profile-update.ts';
import type { Settings } from '#core/domain/settings/settings.ts';
import {
  trainApplication,
  type TrainingOutcome,
  type TrainingPorts,
} from '#core/use-cases/train-application.ts';
import type { ClusterVisit, ReplayJob } from './replay-job.ts';

/**
 * One visit of the slow loop: what refinement decided enters the profile, then the application is
 * trained on what it has measured so far.
 */
export async function visitTraining(
  ports: TrainingPorts,
  { job, visit }: { readonly job: ReplayJob; readonly visit: ClusterVisit },
  settings: Settings,
): Promise<TrainingOutcome> {
  await adoptCluster(ports.profiles, job, visit);
  return trainApplication(ports, job.applicationId, visit.atSeconds, settings);
}

async function adoptCluster(
  profiles: ProfileStore,
  job: ReplayJob,
  { cluster, clusterId, divergenceStreak }: ClusterVisit,
): Promise<void> {
  await profiles.putClusters(cluster === null ? [] : [cluster]);
  await updateProfile(profiles, job, (profile) => ({ ...profile, clusterId, divergenceStreak }));
}
