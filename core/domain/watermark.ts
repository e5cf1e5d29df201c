/**
 * - `new`: nothing was measured so far;
 * - `measured`: there are points, and nobody has asked for a training yet;
 * - `settled`: a training was asked for, or is left to the schedule.
 */
export type IngestStage = 'new' | 'measured' | 'settled';

/** What of one application has been read: everything in [fromSeconds, throughSeconds), whether or not anything was there. */
export interface Watermark {
  /** Start of what was read; a back-fill moves it into the past. Unix seconds. */
  readonly fromSeconds: number;
  /** End of what was read (exclusive); every run moves it on. Unix seconds. */
  readonly throughSeconds: number;
  readonly stage: IngestStage;
}

export const INGEST_STAGES: readonly IngestStage[] = ['new', 'measured', 'settled'];

/**
 * What is known after two writers that did not know of each other: all that either has read. Where the two stretches do
 * not meet, the later one stands, because a watermark has no holes. The order of the two does not matter.
 */
export function mergeWatermarks(a: Watermark, b: Watermark): Watermark {
  if (a.throughSeconds < b.fromSeconds) return b;
  if (b.throughSeconds < a.fromSeconds) return a;
  const stage = Math.max(INGEST_STAGES.indexOf(a.stage), INGEST_STAGES.indexOf(b.stage));
  return {
    fromSeconds: Math.min(a.fromSeconds, b.fromSeconds),
    throughSeconds: Math.max(a.throughSeconds, b.throughSeconds),
    stage: INGEST_STAGES[stage]!,
  };
}
