import { PassThrough } from 'node:stream';
import { vi } from 'vitest';
import type { CommandContext } from '#cli/context/command-context.ts';
import { describeFailure } from '#cli/context/failure.ts';
import { createProgram } from '#cli/create-program.ts';

export interface Run {
  readonly status: number;
  /** Lines of standard output. */
  readonly lines: readonly string[];
  /** The line on standard error that says what is wrong. */
  readonly message: string | null;
  /** All of standard error but that line. */
  readonly notes: string;
}

/** Surroundings in which no AWS SDK finds anything of the machine it runs on. */
const NOTHING_OF_THIS_MACHINE = {
  AWS_PROFILE: undefined,
  AWS_DEFAULT_REGION: undefined,
  AWS_REGION: undefined,
  AWS_ACCESS_KEY_ID: undefined,
  AWS_SECRET_ACCESS_KEY: undefined,
  AWS_CONFIG_FILE: '/dev/null',
  AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  AWS_EC2_METADATA_DISABLED: 'true',
} as const;

/** Runs a command in this process with these variables and nothing else of AWS. */
export async function runInProcess(
  variables: Readonly<Record<string, string>>,
  ...args: readonly string[]
): Promise<Run> {
  for (const [name, value] of Object.entries({ ...NOTHING_OF_THIS_MACHINE, ...variables })) {
    vi.stubEnv(name, value);
  }
  const lines: string[] = [];
  const errors = new PassThrough();
  const notes = () => String(errors.read() ?? '');
  const context: CommandContext = {
    print: (line) => void lines.push(...line.split('\n')),
    errors,
    clock: { nowSeconds: () => Date.now() / 1000 },
    signal: new AbortController().signal,
    hostname: 'here',
  };
  try {
    const program = await createProgram(context, args);
    await program.parseAsync(['node', 'foreprint', ...args]);
    return { status: 0, lines, message: null, notes: notes() };
  } catch (error) {
    return { lines, notes: notes(), ...describeFailure(error) };
  } finally {
    vi.unstubAllEnvs();
  }
}
