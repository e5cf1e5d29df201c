import type { Clock } from '#core/domain/ports.ts';

/** What a command gets from the process it runs in. */
export interface CommandContext {
  /** Writes a line of the result to standard output. */
  readonly print: (line: string) => void;
  /** Where progress and remarks go. */
  readonly errors: NodeJS.WritableStream & { readonly isTTY?: boolean };
  readonly clock: Clock;
  /** Aborts when the user presses Ctrl-C. */
  readonly signal: AbortSignal;
  readonly hostname: string;
}
