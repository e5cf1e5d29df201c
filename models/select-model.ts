import type { Validation } from './cross-validate.ts';
import type { CandidateScore, ModelFamily } from './forecast-model.ts';

/** What became of one candidate. */
export interface Candidate {
  readonly family: Pick<ModelFamily, 'name' | 'relativeCost'>;
  /** Null if it could not be fitted or scored. */
  readonly validation: Validation | null;
  readonly reason?: string;
}

/**
 * The one-standard-error rule (Breiman et al., Classification and Regression Trees, 1984, section 3.4.3): the cheapest
 * candidate whose loss exceeds the least one by no more than a standard error. The error is that of the difference to
 * the best candidate, as all of them are scored at the same origins: the same spikes hit all of them.
 * @returns the index of the selected candidate, -1 if none was scored.
 */
export function selectModel(candidates: readonly Candidate[]): number {
  let best = -1;
  candidates.forEach(({ validation }, k) => {
    if (validation && validation.loss < (candidates[best]?.validation?.loss ?? Infinity)) best = k;
  });
  const bestGroups = candidates[best]?.validation?.groupLosses;
  if (bestGroups === undefined) return -1;
  let selected = best;
  candidates.forEach(({ family, validation }, k) => {
    if (validation === null || family.relativeCost >= candidates[selected]!.family.relativeCost)
      return;
    const excess = validation.groupLosses.map((loss, group) => loss - bestGroups[group]!);
    if (mean(excess) <= standardError(excess)) selected = k;
  });
  return selected;
}

/** The candidates as a table, in their order. */
export function scoreTable(candidates: readonly Candidate[]): CandidateScore[] {
  const selected = selectModel(candidates);
  return candidates.map(({ family, validation, reason }, k) => ({
    model: family.name,
    loss: validation?.loss ?? null,
    standardError: validation ? standardError(validation.groupLosses) : null,
    bandLosses: validation?.bandLosses ?? [],
    origins: validation?.origins ?? 0,
    relativeCost: family.relativeCost,
    selected: k === selected,
    ...(reason === undefined ? {} : { reason }),
  }));
}

const mean = (values: Float64Array): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Of the mean; infinite with one value only, which tells nothing. */
function standardError(values: Float64Array): number {
  const middle = mean(values);
  const squares = values.reduce((sum, value) => sum + (value - middle) ** 2, 0);
  return values.length < 2 ? Infinity : Math.sqrt(squares / (values.length - 1) / values.length);
}
