import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const FOREPRINT = fileURLToPath(new URL('../../bin/foreprint.js', import.meta.url));

/**
 * Runs a command of `foreprint` in a process of its own.
 * @returns the lines of its standard output.
 * @throws where its exit status is not 0.
 */
export async function runCommand(
  variables: Readonly<Record<string, string>>,
  ...args: readonly string[]
): Promise<readonly string[]> {
  const env = { PATH: process.env['PATH'] ?? '', HOME: '/nonexistent', ...variables };
  const { stdout } = await run(process.execPath, [FOREPRINT, ...args], { env });
  return stdout.trimEnd().split('\n');
}
