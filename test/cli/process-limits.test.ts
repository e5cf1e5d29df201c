import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { CliResult } from './run-cli.ts';

const BIN = fileURLToPath(new URL('../../bin/foreprint.js', import.meta.url));

/** Runs the command line of the checkout, from source, under a limit of the shell. */
function limited(limit: string, ...args: readonly string[]): Promise<CliResult> {
  const script = `ulimit ${limit} && exec "$@"`;
  const command = ['-c', script, 'bash', process.execPath, BIN, ...args];
  return new Promise((resolve) => {
    const env = { ...process.env, FOREPRINT_BUILT: 'no' };
    const child = execFile('bash', command, { env }, (_, stdout, stderr) =>
      resolve({ status: child.exitCode, stdout, stderr }),
    );
  });
}

describe('limits of the process', () => {
  it.each([24, 32, 48, 64])('%i open files: one line, no stack trace', async (files) => {
    const { status, stdout, stderr } = await limited(`-n ${files}`, '--help');
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^foreprint: \d+ more files can be opened, 64 are needed .*\n$/);
  });

  it.each([4, 8, 12])('%i GB of addresses: one line, no stack trace', async (gigabytes) => {
    const { status, stdout, stderr } = await limited(`-v ${gigabytes * 1e6}`, '--help');
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^foreprint: the address space is limited to [\d.]+ GB, .*\n$/);
  });

  it('a limit that suffices changes nothing', async () => {
    const { status, stderr } = await limited('-n 256', '--help');
    expect([status, stderr]).toEqual([0, '']);
  });
});
