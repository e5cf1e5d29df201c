import { Writable } from 'node:stream';
// Its process is started in the directory in which it was loaded: not in one that a test removes.
import 'esbuild';
import { describeFailure } from '#cli/context/failure.ts';
import { createProgram } from '#cli/create-program.ts';
import type { CliResult } from './run-cli.ts';

/**
 * Runs the command line in this process: many times as fast as the real one, which starts another.
 */
export function runInProcess(...args: readonly string[]): Promise<CliResult> {
  return run(null, args);
}

/** The same with this working directory, one command at a time. */
export function runInDirectory(directory: string, ...args: readonly string[]): Promise<CliResult> {
  return run(directory, args);
}

async function run(directory: string | null, args: readonly string[]): Promise<CliResult> {
  const output = { stdout: '', stderr: '' };
  const errors = new Writable({
    write(chunk: Buffer, _encoding, done) {
      output.stderr += chunk.toString();
      done();
    },
  });
  const context = {
    print: (line: string) => (output.stdout += `${line}\n`),
    errors,
    clock: { nowSeconds: () => Date.UTC(2026, 5, 1) / 1000 },
    signal: new AbortController().signal,
    hostname: 'test-host',
  };
  const from = process.cwd();
  try {
    if (directory !== null) process.chdir(directory);
    const program = await createProgram(context, args);
    await program.parseAsync(['node', 'foreprint', ...args]);
    return { status: 0, ...output };
  } catch (error) {
    const { status, message } = describeFailure(error);
    // A fault of the program itself is none of the input: it fails the test with its stack.
    if (error instanceof TypeError || error instanceof RangeError) throw error;
    if (message !== null) output.stderr += `foreprint: ${message}\n`;
    return { status, ...output };
  } finally {
    process.chdir(from);
  }
}
