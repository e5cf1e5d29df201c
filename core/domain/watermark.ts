/**
 * Stage of a group's ingestion:
 * - `new`: no points so far;
 * - `measured`: there are points, and no training has been requested yet;
 * - `settled`: a training was requested, or is left to the schedule.
 */
export type IngestStage = 'new' | 'measured' | 'settled';

/**
 * The time range of one application that was read, [fromSeconds, throughSeconds), whether it
 * contained points or not.
 */
export interface Watermark {
  /** Start of the range, Unix seconds. A back-fill moves it into the past. */
  readonly fromSeconds: number;
  /** End of the range (exclusive), Unix seconds. Every run advances it. */
  readonly throughSeconds: number;
  readonly stage: IngestStage;
  /**
   * Measured delays of its metrics, by the source's names: seconds after its end until a period
   * stands still. Absent where the source measures none.
   */
  readonly delaySeconds?: Readonly<Record<string, number>>;
}

export const INGEST_STAGES: readonly IngestStage[] = ['new', 'measured', 'settled'];

/**
 * Merges the watermarks of two independent writers: the union of both ranges. If the ranges do not
 * meet, the later one is kept, because a watermark has no gaps. The function is commutative.
 */
export function mergeWatermarks(a: Watermark, b: Watermark): Watermark {
  if (a.throughSeconds < b.fromSeconds) return b;
  if (b.throughSeconds < a.fromSeconds) return a;
  const later = a.throughSeconds < b.throughSeconds ? b : a;
  const delaySeconds =
    a.throughSeconds === b.throughSeconds
      ? longerDelays(a.delaySeconds, b.delaySeconds)
      : later.delaySeconds;
  const stage = Math.max(INGEST_STAGES.indexOf(a.stage), INGEST_STAGES.indexOf(b.stage));
  return {
    fromSeconds: Math.min(a.fromSeconds, b.fromSeconds),
    throughSeconds: Math.max(a.throughSeconds, b.throughSeconds),
    stage: INGEST_STAGES[stage]!,
    ...(delaySeconds && { delaySeconds }),
  };
}

function longerDelays(a: Watermark['delaySeconds'], b: Watermark['delaySeconds']) {
  if (!a || !b) return a ?? b;
  const longer = Object.entries(b).filter(([name, seconds]) => !(seconds < (a[name] ?? 0)));
  return { ...a, ...Object.fromEntries(longer) };
}
