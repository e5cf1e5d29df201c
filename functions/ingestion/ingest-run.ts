import type { WatermarkStore } from '#adapters/aws/dynamodb/dynamodb-watermark-store.ts';
import type { Watermark } from '#adapters/aws/dynamodb/watermark.ts';
import type { HistoryStore, MetricSource } from '#core/domain/ports.ts';

export interface IngestPorts<G> {
  readonly history: HistoryStore;
  readonly watermarks: WatermarkStore;
  /** The metrics of these groups, on periods of so many seconds. */
  readonly sourceOf: (groups: readonly G[], periodSeconds: number) => MetricSource;
  /** Has the groups trained that have something to be trained on for the first time. */
  readonly requestTraining: (applicationIds: readonly string[]) => Promise<void>;
  /** False when the time of this run is nearly over, or the kill switch was pulled. */
  readonly mayContinue: () => Promise<boolean>;
  readonly report: (what: string, error: unknown) => void;
}

export interface IngestTime {
  readonly nowSeconds: number;
  readonly stepSeconds: number;
  /** Days that the history keeps. */
  readonly historyDays: number;
}

/** What one run has found out so far. */
export interface IngestRun<G> {
  readonly ports: IngestPorts<G>;
  readonly time: IngestTime;
  readonly marks: Map<string, Watermark>;
  readonly failed: Set<string>;
  points: number;
}

/** A group's failure: reported, and the group counted once. */
export function noteFailure<G>(run: IngestRun<G>, applicationId: string, error: unknown): void {
  run.failed.add(applicationId);
  run.ports.report(applicationId, error);
}

/** Moves a watermark over what was stored. */
export function notePoints<G>(
  run: IngestRun<G>,
  applicationId: string,
  points: number,
  mark: Watermark,
): void {
  run.points += points;
  const isFirst = mark.stage === 'new' && points > 0;
  run.marks.set(applicationId, isFirst ? { ...mark, stage: 'measured' } : mark);
}
