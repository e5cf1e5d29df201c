import type { TimeRange } from './ports.ts';

/** The metrics of one application that could not be read, with the reason. */
export interface UnreadMetrics {
  readonly applicationId: string;
  readonly range: TimeRange;
  readonly reason: string;
  readonly cause?: unknown;
}

/**
 * Some applications could not be read completely. Everything that could be read was returned before
 * this is thrown.
 */
export class MetricReadError extends Error {
  readonly unread: readonly UnreadMetrics[];

  constructor(unread: readonly UnreadMetrics[]) {
    const [first] = unread;
    const more = unread.length > 1 ? ` (and ${unread.length - 1} more)` : '';
    super(`metrics of ${first?.applicationId}: ${first?.reason}${more}`, { cause: first?.cause });
    this.name = 'MetricReadError';
    this.unread = unread;
  }
}
