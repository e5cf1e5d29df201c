import type { Clock } from '#core/domain/ports.ts';

/** What a command gets from its process. */
export interface CommandContext {
  /** Writes a line of the result to standard output. */
  readonly print: (line: string) => void;
  /** Standard error, for progress and remarks. */
  readonly errors: NodeJS.WritableStream & { readonly isTTY?: boolean };
  readonly clock: Clock;
  /** Aborts when the user presses Ctrl-C. */
  readonly signal: AbortSignal;
  readonly hostname: string;
  /** Columns of the terminal; absent where there is none. */
  readonly columns?: number | undefined;
}
