import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { atEndOfFile } from '#test/end-of-file.ts';

export interface CliResult {
  /** Exit status, null if a signal ended the process. */
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const BIN = fileURLToPath(new URL('../../bin/foreprint.js', import.meta.url));

/** Runs the real command line in a directory and waits for its end. */
export function runCli(directory: string, ...args: readonly string[]): Promise<CliResult> {
  return startCli(directory, ...args).result;
}

/** Starts the real command line; `said` resolves when its output contains a text. */
export function startCli(
  directory: string,
  ...args: readonly string[]
): {
  readonly process: ChildProcess;
  readonly result: Promise<CliResult>;
  said(text: string): Promise<void>;
} {
  const child = spawn(process.execPath, [BIN, ...args], {
    cwd: directory,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  // A test that fails must not leave any behind.
  const forget = atEndOfFile(() => void child.kill('SIGKILL'));
  const output = { stdout: '', stderr: '' };
  const collect = (name: keyof typeof output) => (data: Buffer) => {
    output[name] += data.toString();
  };
  child.stdout.on('data', collect('stdout'));
  child.stderr.on('data', collect('stderr'));
  const result = new Promise<CliResult>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status) => {
      forget();
      resolve({ status, ...output });
    });
  });
  return {
    process: child,
    result,
    async said(text) {
      while (!(output.stdout + output.stderr).includes(text)) {
        if (child.exitCode !== null) throw new Error(`ended without "${text}": ${output.stderr}`);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
  };
}
