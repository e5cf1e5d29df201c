import type { AllocationDecision } from '#core/domain/allocation.ts';
import type { Resource } from '#core/domain/footprint.ts';
import type { FootprintForecast } from '#core/forecasting/footprint-forecast.ts';
import type { QuantileForecast } from '#models/contract/forecast-model.ts';
import { createDecisionLog, type DecisionLog, type LoggedDecision } from './decision-log.ts';

/** Decisions kept for the report; the number of all of them is kept too. */
const KEPT_DECISIONS = 60;

/** What the report shows of the fast loop, gathered step by step. */
export interface ReplayRecord {
  readonly inService: Float64Array;
  readonly expected: {
    readonly lower: Float64Array;
    readonly median: Float64Array;
    readonly upper: Float64Array;
  };
  readonly fan: Readonly<Partial<Record<Resource, QuantileForecast>>>;
  /** Newest first. */
  readonly decisions: readonly AllocationDecision[];
  readonly decisionCount: number;
  /** The numbers of all decisions. */
  readonly log: DecisionLog;
  /** Notes a decision at the start of a step and the forecast behind it. */
  note(step: number, noted: NotedDecision): void;
}

export interface NotedDecision extends LoggedDecision {
  readonly changed: boolean;
  /** The forecast that the report draws, if this decision's is the one. */
  readonly drawn: FootprintForecast | null;
}

/**
 * @param resources the replayed ones; the expected interval of the first is drawn.
 */
export function createReplayRecord(
  { steps, stepSeconds }: { readonly steps: number; readonly stepSeconds: number },
  resources: readonly Resource[],
): ReplayRecord {
  const resource = resources[0];
  const writer = createDecisionLog(steps, resources);
  const blank = () => new Float64Array(steps).fill(NaN);
  const expected = { lower: blank(), median: blank(), upper: blank() };
  const newest: AllocationDecision[] = [];
  let fan: Partial<Record<Resource, QuantileForecast>> = {};
  let decisionCount = 0;
  return {
    inService: new Float64Array(steps),
    expected,
    get fan() {
      return fan;
    },
    get decisions() {
      return newest.toReversed();
    },
    get decisionCount() {
      return decisionCount;
    },
    get log() {
      return writer.log;
    },
    note(step, logged) {
      const { decision, drawn, changed } = logged;
      writer.note(step, logged);
      const interval = decision.expected.byResource[resource];
      const ahead = (decision.expected.atSeconds - decision.decidedAtSeconds) / stepSeconds;
      const later = step + Math.round(ahead);
      if (interval && later < steps) {
        expected.lower[later] = interval.lower;
        expected.median[later] = interval.median;
        expected.upper[later] = interval.upper;
      }
      if (drawn) fan = quantilesOf(drawn);
      if (!changed) return;
      decisionCount++;
      newest.push(decision);
      if (newest.length > KEPT_DECISIONS) newest.shift();
    },
  };
}

function quantilesOf({
  byResource,
}: FootprintForecast): Partial<Record<Resource, QuantileForecast>> {
  return Object.fromEntries(
    Object.entries(byResource).map(([resource, { quantiles }]) => [resource, quantiles]),
  );
}
