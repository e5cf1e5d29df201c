import {
  AMOUNT_NAMES,
  COUNT_NAMES,
  type CountName,
  type DecisionLog,
  type LogColumn,
} from '#evaluation/replay/decision-log.ts';
import type { ApplicationReplay, ReplayTrace } from '#evaluation/replay/replay-result.ts';
import type { Explanations, Values } from './chart-data.ts';
import { roundSignificant } from './round-significant.ts';

/** These shares of an instance are rounded to three decimals. */
const SHARES: readonly CountName[] = ['lastShare', 'nextShare', 'quantile'];

/** A decision that differs from the one before in one of these is kept. */
const TELLING: readonly CountName[] = ['before', 'serving', 'after', 'source', 'profileVersion'];

/**
 * The numbers of the decisions that changed something, from the first one on, rounded for display;
 * null without any decision.
 */
export function explanations(
  { decisionLog, demand }: ApplicationReplay,
  { fromSeconds: startSeconds, stepSeconds, steps }: ReplayTrace,
): Explanations | null {
  const { before } = decisionLog.counts;
  const decided = Array.from({ length: steps }, (_, k) => k).filter((k) => isNumber(before[k]));
  const [firstStep, lastStep] = [decided[0], decided.at(-1)];
  if (firstStep === undefined || lastStep === undefined) return null;
  const kept = decided.filter(
    (step) => step === firstStep || step === lastStep || changesSomething(decisionLog, step),
  );
  const rounded = (column: LogColumn) => roundedAt(kept, column, roundSignificant);
  const share = (column: LogColumn) => roundedAt(kept, column, (value) => Number(value.toFixed(3)));
  const { common, models, counts, amounts } = decisionLog;
  const log = {
    common,
    models,
    counts: named(COUNT_NAMES, (name) => (SHARES.includes(name) ? share : rounded)(counts[name])),
    amounts: Object.fromEntries(
      Object.entries(amounts).map(([resource, columns]) => [
        resource,
        named(AMOUNT_NAMES, (name) => rounded(columns[name])),
      ]),
    ),
  };
  return {
    startSeconds,
    stepSeconds,
    firstStep,
    lastStep,
    stepGaps: kept.map((step, k) => step - (kept[k - 1] ?? 0)),
    log,
    demand: rounded(demand),
    demandBefore: roundedAt(
      kept.map((step) => step - 1),
      demand,
      roundSignificant,
    ),
  };
}

function isNumber(value: number | null | undefined): boolean {
  return value !== null && value !== undefined && !Number.isNaN(value);
}

/** Whether a decision is another one than that of the step before, or changes the capacity. */
function changesSomething({ counts }: DecisionLog, step: number): boolean {
  const { before, after } = counts;
  if (before[step] !== after[step]) return true;
  return TELLING.some((name) => {
    const [now, earlier] = [counts[name][step], counts[name][step - 1]];
    return isNumber(now) !== isNumber(earlier) || (isNumber(now) && now !== earlier);
  });
}

function named<N extends string>(
  names: readonly N[],
  make: (name: N) => Values,
): Record<N, Values> {
  // Every name gets a column, which the type of Object.fromEntries does not express.
  return Object.fromEntries(names.map((name) => [name, make(name)])) as Record<N, Values>;
}

function roundedAt(
  steps: readonly number[],
  column: LogColumn,
  round: (value: number) => number | null,
): Values {
  return steps.map((step) => {
    const value = column[step];
    return value === null || value === undefined || Number.isNaN(value) ? null : round(value);
  });
}
