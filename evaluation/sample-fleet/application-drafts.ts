import type { ApplicationSpec } from './application-spec.ts';
import type { SampleGrid } from './calendar.ts';
import type { LoadShape } from './load-shape.ts';

export const GIB = 2 ** 30;
export const MIB = 2 ** 20;

/** Properties that each application sets; its kind gives the others. */
export type Draft = Pick<ApplicationSpec, 'applicationId' | 'what' | 'load' | 'peakCores'> &
  Partial<ApplicationSpec>;

/** Web front end for people: smooth, much network. */
export const web = (draft: Draft): ApplicationSpec => ({
  applicationType: 'web',
  idleCores: 0.6,
  noise: { spread: 0.1, persistence: 0.85 },
  memory: { baseBytes: 6 * GIB, bytesPerCore: 1.2 * GIB },
  diskPerCore: 0.6 * MIB,
  networkPerCore: 4 * MIB,
  ...draft,
});

/** Batch jobs at fixed hours: much disk, and memory that follows the run. */
export const batch = (draft: Draft): ApplicationSpec => ({
  applicationType: 'batch',
  idleCores: 0.3,
  noise: { spread: 0.12, persistence: 0.9 },
  memory: { baseBytes: 4 * GIB, bytesPerCore: 2.5 * GIB },
  diskPerCore: 9 * MIB,
  networkPerCore: 2 * MIB,
  ...draft,
});

/** Worker that drains a queue. */
export const worker = (draft: Draft): ApplicationSpec => ({
  applicationType: 'worker',
  idleCores: 0.4,
  noise: { spread: 0.15, persistence: 0.6 },
  memory: { baseBytes: 3 * GIB, bytesPerCore: 0.8 * GIB },
  diskPerCore: 2 * MIB,
  networkPerCore: 3 * MIB,
  ...draft,
});

/** Machines that people work on: irregular. */
export const internal = (draft: Draft): ApplicationSpec => ({
  applicationType: 'internal',
  idleCores: 0.8,
  noise: { spread: 0.25, persistence: 0.5 },
  memory: { baseBytes: 8 * GIB, bytesPerCore: 1.5 * GIB },
  diskPerCore: 5 * MIB,
  networkPerCore: 1.5 * MIB,
  ...draft,
});

/** A load that depends on time alone. */
export const follow =
  (shape: LoadShape) =>
  (_random: unknown, grid: SampleGrid): Float64Array =>
    Float64Array.from({ length: grid.steps }, (_, step) =>
      shape(grid.startSeconds + step * grid.stepSeconds),
    );
