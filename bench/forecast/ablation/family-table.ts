import type { VariantScore } from './ablate-families.ts';

/** Scores of the variants by name, one map per series. */
export type TraceScores = readonly ReadonlyMap<string, VariantScore>[];

/** What every other variant is compared with: all candidates. */
export const REFERENCE = 'all candidates';

export interface VariantLosses {
  /** Over all series together, mean over the bands of the horizon. */
  readonly heldOut: number;
  /**
   * Geometric mean over the series of the loss ÷ that of the reference, where both are positive.
   */
  readonly typicalRatio: number;
  /** Mean over the series of the loss in cross-validation ÷ that of the reference, geometric. */
  readonly crossValidatedRatio: number;
}

/** Mean over the bands of Σ loss ÷ Σ |y|, over the series given. */
function pooledLoss(scores: readonly VariantScore[]): number {
  const bands = scores[0]?.heldOut.length ?? 0;
  let sum = 0;
  for (let band = 0; band < bands; band++) {
    let [loss, absolute] = [0, 0];
    for (const { heldOut } of scores) {
      loss += heldOut[band]!.loss;
      absolute += heldOut[band]!.absolute;
    }
    sum += loss / absolute / bands;
  }
  return sum;
}

/** Of the series on which both the variant and the reference have a model. */
export function variantLosses(all: TraceScores, variant: string): VariantLosses | null {
  const both = all.flatMap((scores) => {
    const [own, reference] = [scores.get(variant), scores.get(REFERENCE)];
    return own && reference ? [{ own, reference }] : [];
  });
  if (both.length === 0) return null;
  const geometric = (of: (score: VariantScore) => number): number => {
    const logs = both
      .map(({ own, reference }) => Math.log(of(own) / of(reference)))
      .filter(Number.isFinite);
    return Math.exp(logs.reduce((sum, value) => sum + value, 0) / Math.max(1, logs.length));
  };
  return {
    heldOut: pooledLoss(both.map(({ own }) => own)),
    typicalRatio: geometric((score) => pooledLoss([score])),
    crossValidatedRatio: geometric(({ crossValidated }) => crossValidated),
  };
}

const percent = (ratio: number): string => {
  const change = 100 * (ratio - 1);
  return `${change >= 0 ? '+' : '−'}${Math.abs(change).toFixed(1)}`;
};

/**
 * One row per variant, one column per trace: the reference's pooled loss, and what each variant
 * changes of it.
 */
export function familyTable(
  traces: ReadonlyMap<string, TraceScores>,
  variants: readonly string[],
): string[] {
  const names = [...traces.keys()];
  const row = (title: string, cells: readonly string[]): string =>
    `| ${[title, ...cells].join(' | ')} |`;
  const cellOf = (scores: TraceScores, variant: string): string => {
    const [losses, reference] = [variantLosses(scores, variant), variantLosses(scores, REFERENCE)];
    if (losses === null || reference === null) return '–';
    if (variant === REFERENCE) return reference.heldOut.toFixed(4);
    const pooled = percent(losses.heldOut / reference.heldOut);
    const isPartial = scores.some((one) => one.has(REFERENCE) && !one.has(variant));
    const shown = isPartial ? '' : `${pooled}, `;
    return `${shown}${percent(losses.typicalRatio)}, ${percent(losses.crossValidatedRatio)}`;
  };
  return [
    row('candidates', names),
    row(
      '---',
      names.map(() => '---:'),
    ),
    ...variants.map((variant) =>
      row(
        variant,
        names.map((name) => cellOf(traces.get(name)!, variant)),
      ),
    ),
  ];
}

/** How many series chose each family for some part of the horizon, under all candidates. */
export function chosenTable(traces: ReadonlyMap<string, TraceScores>): string[] {
  const counts = new Map<string, Map<string, number>>();
  for (const [trace, scores] of traces) {
    for (const score of scores) {
      for (const family of score.get(REFERENCE)?.members ?? []) {
        const byTrace = counts.get(family) ?? new Map<string, number>();
        counts.set(family, byTrace.set(trace, (byTrace.get(trace) ?? 0) + 1));
      }
    }
  }
  const names = [...traces.keys()];
  return [
    `| part of the model | ${names.map((name) => `${name} (${traces.get(name)!.length})`).join(' | ')} |`,
    `| --- | ${names.map(() => '---:').join(' | ')} |`,
    ...[...counts].map(
      ([family, byTrace]) =>
        `| ${family} | ${names.map((name) => String(byTrace.get(name) ?? 0)).join(' | ')} |`,
    ),
  ];
}
