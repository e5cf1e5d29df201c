/** What could not be stored of one application, and why. */
export interface UnstoredPoints {
  readonly applicationId: string;
  /** Time of the point, or the start of the day, in Unix seconds; null where all of the application failed. */
  readonly atSeconds: number | null;
  readonly reason: string;
  readonly cause?: unknown;
}

/**
 * A part of a batch could not be stored; everything else was. Appending is idempotent, so the whole batch may be
 * appended again.
 */
export class HistoryWriteError extends Error {
  readonly unstored: readonly UnstoredPoints[];

  constructor(location: string, unstored: readonly UnstoredPoints[]) {
    const [first] = unstored;
    const more = unstored.length > 1 ? ` (and ${unstored.length - 1} more)` : '';
    super(`${location}: ${first ? describe(first) : 'nothing'} not stored${more}`, {
      cause: first?.cause,
    });
    this.name = 'HistoryWriteError';
    this.unstored = unstored;
  }
}

function describe({ applicationId, atSeconds, reason }: UnstoredPoints): string {
  const time = atSeconds === null ? '' : ` at ${new Date(atSeconds * 1000).toISOString()}`;
  return `${applicationId}${time}: ${reason};`;
}

/** The message of anything that was thrown. */
export function reasonOf(cause: unknown): string {
  return cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
}
