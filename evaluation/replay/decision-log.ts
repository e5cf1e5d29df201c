import type {
  AllocationDecision,
  AllocationReason,
  AllocationSource,
  RecordDecider,
} from '#core/domain/allocation.ts';
import type { Resource } from '#core/domain/footprint.ts';

export const ALLOCATION_SOURCES: readonly AllocationSource[] = [
  'default',
  'forecast',
  'cluster-forecast',
];

/** What decided, see `InstanceReason`; null where all evidence was pooled for the costs. */
export const DECIDERS: readonly (RecordDecider | null)[] = [
  null,
  'record',
  'tracking',
  'level',
  'costs',
];

/**
 * Instances before the decision, in service after it, and wanted by it; what was weighed: see
 * `InstanceReason`.
 */
export const COUNT_NAMES = [
  'before',
  'serving',
  'after',
  'asked',
  'kept',
  'floor',
  'lastShare',
  'nextShare',
  'source',
  'profileVersion',
  'quantile',
  'decidedBy',
] as const;
export type CountName = (typeof COUNT_NAMES)[number];

/** Amounts in the resource's unit; `model` is a position in the log's `models`. */
export const AMOUNT_NAMES = ['forecast', 'safetyMargin', 'correction', 'model'] as const;
export type AmountName = (typeof AMOUNT_NAMES)[number];

/**
 * One value per step of the trace; NaN (null in JSON) where nothing was decided or the decision had
 * nothing of it.
 */
export type LogColumn = ArrayLike<number | null>;

/**
 * What every decision of one application was made of, as columns: enough to say of any step why.
 */
export interface DecisionLog {
  /** The same in every decision of a replay; null where nothing was decided. */
  readonly common: Pick<
    AllocationReason,
    'limits' | 'instanceCapacity' | 'available' | 'warmUpSeconds'
  > | null;
  readonly models: readonly string[];
  readonly counts: Readonly<Record<CountName, LogColumn>>;
  readonly amounts: Readonly<Partial<Record<Resource, Readonly<Record<AmountName, LogColumn>>>>>;
}

/** A decision and the group that it found. */
export interface LoggedDecision {
  readonly decision: AllocationDecision;
  /** Instances in service or starting before it. */
  readonly before: number;
  /** Instances in service once it was applied. */
  readonly serving: number;
}

export interface DecisionLogWriter {
  readonly log: DecisionLog;
  note(step: number, logged: LoggedDecision): void;
}

/** An empty log of `steps` steps; four bytes per number. */
export function createDecisionLog(
  steps: number,
  resources: readonly Resource[],
): DecisionLogWriter {
  const columns = <N extends string>(names: readonly N[]) =>
    // Every name gets its column, which Object.fromEntries cannot say.
    Object.fromEntries(names.map((name) => [name, new Float32Array(steps).fill(NaN)])) as Record<
      N,
      Float32Array
    >;
  const counts = columns(COUNT_NAMES);
  const amounts = resources.map((resource) => [resource, columns(AMOUNT_NAMES)] as const);
  const models: string[] = [];
  let common: DecisionLog['common'] = null;

  const positionOf = (model: string | undefined): number => {
    if (model === undefined) return NaN;
    if (!models.includes(model)) models.push(model);
    return models.indexOf(model);
  };
  return {
    get log() {
      return { common, models, counts, amounts: Object.fromEntries(amounts) };
    },
    note(step, { decision, before, serving }) {
      const { reason, instances } = decision;
      const { limits, instanceCapacity, available } = reason;
      const { warmUpSeconds } = reason;
      common ??= {
        ...{ limits, instanceCapacity, available },
        ...(warmUpSeconds !== undefined && { warmUpSeconds }),
      };
      const source = ALLOCATION_SOURCES.indexOf(reason.source);
      const { instances: counted, profileVersion } = reason;
      const values: Readonly<Record<CountName, number | null | undefined>> = {
        before,
        serving,
        after: instances,
        asked: counted?.asked,
        kept: counted?.kept,
        floor: counted?.floor,
        lastShare: counted?.lastShare,
        nextShare: counted?.nextShare,
        source,
        profileVersion,
        quantile: reason.quantile,
        decidedBy: DECIDERS.indexOf(counted?.decidedBy ?? null),
      };
      for (const name of COUNT_NAMES) counts[name][step] = values[name] ?? NaN;
      for (const [resource, columnsOf] of amounts) {
        columnsOf.forecast[step] = reason.forecast[resource] ?? NaN;
        columnsOf.safetyMargin[step] = reason.safetyMargin[resource] ?? NaN;
        columnsOf.correction[step] = reason.correction[resource] ?? NaN;
        columnsOf.model[step] = positionOf(reason.model[resource]);
      }
    },
  };
}
