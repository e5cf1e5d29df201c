/** Points of one application that could not be stored, with the reason. */
export interface UnstoredPoints {
  readonly applicationId: string;
  /**
   * Time of the point, or start of the day, in Unix seconds; null if the whole application failed.
   */
  readonly atSeconds: number | null;
  readonly reason: string;
  readonly cause?: unknown;
}

/**
 * Part of a batch could not be stored; the rest was. Appending is idempotent, so the caller may
 * append the whole batch again.
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

/** Text of a thrown value. */
export function reasonOf(cause: unknown): string {
  return cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
}
