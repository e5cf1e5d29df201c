/** Weights of the sources of evidence against each other; at least one of the first two above 0. */
export interface EvidenceMix {
  readonly model: number;
  readonly situations: number;
  readonly daily: number;
}

/**
 * What decides where costs do. The model is best for the next minutes, similar situations for
 * bursts, and the time of day for scheduled jobs. docs/research/engine.md says on which data the
 * weights were chosen.
 */
export const POOLED_MIX: EvidenceMix = { model: 0.3, situations: 0.55, daily: 0.15 };

/**
 * What is tried beside it where an application's own record decides: seasons are foreseen by the
 * model, bursts by similar situations, and which of them matters differs between applications.
 */
export const TRIED_MIXES: readonly EvidenceMix[] = [
  { model: 1, situations: 0, daily: 0 },
  { model: 0, situations: 1, daily: 0 },
  { model: 1, situations: 1, daily: 0 },
];
