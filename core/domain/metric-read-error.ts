import type { TimeRange } from './ports.ts';

/** What could not be read of one application, and why. */
export interface UnreadMetrics {
  readonly applicationId: string;
  readonly range: TimeRange;
  readonly reason: string;
  readonly cause?: unknown;
}

/**
 * Some applications could not be read, or not whole; everything that could be read was given before this was thrown.
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
