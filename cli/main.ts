import { hostname } from 'node:os';
import type { CommandContext } from '#cli/context/command-context.ts';
import { describeFailure } from '#cli/context/failure.ts';
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
  const context: CommandContext = {
    print: (line) => void process.stdout.write(`${printable(line)}\n`),
    errors: process.stderr,
    clock: { nowSeconds: () => Date.now() / 1000 },
    signal: interruption.signal,
    hostname: hostname(),
  };
  try {
    const program = await createProgram(context, argv.slice(2));
    await program.parseAsync([...argv]);
    return 0;
  } catch (error) {
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
