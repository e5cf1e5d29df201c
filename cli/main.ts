import { hostname } from 'node:os';
import { CommanderError } from 'commander';
import type { CommandContext } from '#cli/context/command-context.ts';
import { printable } from '#cli/output/printable.ts';
import { createProgram } from './create-program.ts';

/**
 * Runs the command line and returns the exit status: 0 done, 1 failed while working, 2 wrong use or
 * unusable input, 130 interrupted. A second Ctrl-C ends the process at once.
 */
export async function main(argv: readonly string[]): Promise<number> {
  const interruption = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => interruption.abort());
  }
  process.stdout.on('error', endQuietlyWithoutReader);
  // Standard output is the document's where that is wanted there.
  const lines = wantsJsonOnOutput(argv) ? process.stderr : process.stdout;
  const context: CommandContext = {
    print: (line) => void lines.write(`${printable(line)}\n`),
    errors: process.stderr,
    clock: { nowSeconds: () => Date.now() / 1000 },
    signal: interruption.signal,
    hostname: hostname(),
    columns: process.stdout.columns,
  };
  try {
    const program = await createProgram(context, argv.slice(2));
    await program.parseAsync([...argv]);
    return 0;
  } catch (error) {
    // A wish for help or for the version.
    if (error instanceof CommanderError && error.exitCode === 0) return 0;
    // Knows errors of the whole program; loaded where there is one.
    const { describeFailure } = await import('#cli/context/failure.ts');
    const { status, message } = describeFailure(error);
    if (message !== null) process.stderr.write(`foreprint: ${printable(message)}\n`);
    // Work that was interrupted may still be under way somewhere; its store is closed by now.
    if (interruption.signal.aborted) process.exit(status);
    return status;
  }
}

/** `foreprint … | head` is no failure. */
function endQuietlyWithoutReader(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
}

function wantsJsonOnOutput(words: readonly string[]): boolean {
  return (
    words.includes('--json=-') ||
    (words.includes('--json') && words[words.indexOf('--json') + 1] === '-')
  );
}
