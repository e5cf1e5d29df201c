import {
  AMOUNT_NAMES,
  COUNT_NAMES,
  type CountName,
  type LogColumn,
} from '#evaluation/replay/decision-log.ts';
import type { ApplicationReplay, ReplayTrace } from '#evaluation/replay/replay-result.ts';
import type { Explanations, Values } from './chart-data.ts';
import { roundSignificant } from './round-significant.ts';

/** These shares of an instance are rounded to three decimals. */
const SHARES: readonly CountName[] = ['lastShare', 'nextShare', 'quantile'];

/**
 * The numbers of every decision from the first one on, rounded for display; null without any
 * decision.
 */
export function explanations(
  { decisionLog, demand }: ApplicationReplay,
  { fromSeconds: startSeconds, stepSeconds, steps }: ReplayTrace,
): Explanations | null {
  const { before } = decisionLog.counts;
  const firstStep = Array.from({ length: steps }, (_, k) => k).find((k) => before[k]! >= 0);
  if (firstStep === undefined) return null;
  const rounded = (column: LogColumn) => roundedFrom(firstStep, column, roundSignificant);
  const share = (column: LogColumn) =>
    roundedFrom(firstStep, column, (value) => Number(value.toFixed(3)));
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
  return { startSeconds, stepSeconds, firstStep, log, demand: rounded(demand) };
}

function named<N extends string>(
  names: readonly N[],
  make: (name: N) => Values,
): Record<N, Values> {
  // Every name gets a column, which the type of Object.fromEntries does not express.
  return Object.fromEntries(names.map((name) => [name, make(name)])) as Record<N, Values>;
}

function roundedFrom(
  firstStep: number,
  column: LogColumn,
  round: (value: number) => number | null,
): Values {
  return Array.from({ length: column.length - firstStep }, (_, k) => {
    const value = column[firstStep + k];
    return value === null || value === undefined || Number.isNaN(value) ? null : round(value);
  });
}
