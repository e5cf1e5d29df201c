import type {
  HistoryStore,
  MetricSource,
  SourceLimits,
  TimeRange,
  WatermarkStore,
} from '#core/domain/ports.ts';
import type { Watermark } from '#core/domain/watermark.ts';

/** What ingest knows of an application; the source may know more. */
export interface Measurable {
  readonly applicationId: string;
}

export interface IngestPorts<A extends Measurable> {
  readonly history: HistoryStore;
  readonly watermarks: WatermarkStore;
  /** The metrics of these applications, on periods of so many seconds. */
  readonly sourceOf: (applications: readonly A[], periodSeconds: number) => MetricSource;
  readonly limits: SourceLimits;
  /** Has the applications trained that have something to be trained on for the first time. */
  readonly requestTraining: (applicationIds: readonly string[]) => Promise<void>;
  /** False when the time of this run is nearly over, or the kill switch was pulled. */
  readonly mayContinue: () => Promise<boolean>;
  readonly report: (what: string, error: unknown) => void;
  /** Hears of which part of the past of an application points were stored now. */
  readonly backFilled?: (application: A, range: TimeRange) => void;
}

export interface IngestTime {
  readonly nowSeconds: number;
  readonly stepSeconds: number;
  /** Days that the history keeps. */
  readonly historyDays: number;
}

/** What one run has found out so far. */
export interface IngestRun<A extends Measurable> {
  readonly ports: IngestPorts<A>;
  readonly time: IngestTime;
  readonly marks: Map<string, Watermark>;
  readonly failed: Set<string>;
  points: number;
}

/** An application's failure: reported, and the application counted once. */
export function noteFailure<A extends Measurable>(
  run: IngestRun<A>,
  applicationId: string,
  error: unknown,
): void {
  run.failed.add(applicationId);
  run.ports.report(applicationId, error);
}

/** Moves a watermark over what was stored. */
export function notePoints<A extends Measurable>(
  run: IngestRun<A>,
  applicationId: string,
  points: number,
  mark: Watermark,
): void {
  run.points += points;
  const isFirst = mark.stage === 'new' && points > 0;
  run.marks.set(applicationId, isFirst ? { ...mark, stage: 'measured' } : mark);
}
