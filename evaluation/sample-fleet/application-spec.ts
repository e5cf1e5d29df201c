import type { RandomSource } from '#core/domain/random.ts';
import type { SampleGrid } from './calendar.ts';
import type { LogNoise } from './log-noise.ts';

/** Behaviour of one application of the sample fleet. Amounts are sums over the application. */
export interface ApplicationSpec {
  readonly applicationId: string;
  readonly applicationType: 'web' | 'batch' | 'worker' | 'internal';
  /** Description in words. */
  readonly what: string;
  /** Load per step; 1 is the usual peak. */
  readonly load: (random: RandomSource, grid: SampleGrid) => Float64Array;
  /** Cores at load 1, and cores in use without load. */
  readonly peakCores: number;
  readonly idleCores: number;
  readonly noise: LogNoise;
  readonly memory: { readonly baseBytes: number; readonly bytesPerCore: number };
  /** Bytes leaked, in addition, at an instant. */
  readonly leak?: (seconds: number) => number;
  /** Bytes per second for every core in use. */
  readonly diskPerCore: number;
  readonly networkPerCore: number;
  /** Nothing is measured before this instant. */
  readonly firstSeconds?: number;
}
