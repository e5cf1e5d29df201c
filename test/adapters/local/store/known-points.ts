import type { ApplicationPoints } from '#core/domain/ports.ts';

export const STEP = 300;
export const START = 1_700_000_100;
export const STEPS_PER_BATCH = 400;
/** Cluster profiles that are replaced together. */
export const CLUSTERS = 20;

/**
 * The value that belongs to an application and a step, so that a reader can tell it is neither lost
 * nor mixed up.
 */
export function knownValue(application: number, step: number): number {
  return application * 1_000_000 + step;
}

/** Three applications, one stretch of steps. */
export function knownBatch(batch: number): readonly ApplicationPoints[] {
  return [0, 1, 2].map((application) => ({
    applicationId: `app-${application}`,
    applicationType: 'web',
    points: Array.from({ length: STEPS_PER_BATCH }, (_, i) => {
      const step = batch * STEPS_PER_BATCH + i;
      const cpu = knownValue(application, step);
      const footprint = { cpu, memory: cpu + 0.5, disk: null, network: 1 };
      return { timestampSeconds: START + step * STEP, footprint };
    }),
  }));
}
