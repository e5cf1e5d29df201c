import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { StoreError } from '#adapters/local/store/store-error.ts';
import type { CommandContext } from '#cli/context/command-context.ts';
import { describeFailure, type Failure } from '#cli/context/failure.ts';
import { createProgram } from '#cli/create-program.ts';

const context: CommandContext = {
  print: () => undefined,
  errors: new PassThrough(),
  clock: { nowSeconds: () => 0 },
  signal: new AbortController().signal,
  hostname: 'here',
};

async function failureOf(...args: readonly string[]): Promise<Failure> {
  const program = await createProgram(context, args);
  program.configureOutput({ writeOut: () => undefined });
  for (const command of program.commands) command.configureOutput({ writeOut: () => undefined });
  return program
    .parseAsync(['node', 'foreprint', ...args])
    .then(() => ({ status: 0, message: null }), describeFailure);
}

describe('wrong use is status 2 and one line', () => {
  it.each([
    ['no command', [], 'no command given; "foreprint --help" lists the commands'],
    [
      'an unknown command',
      ['paint'],
      'unknown command "paint"; "foreprint --help" lists the commands',
    ],
    ['an unknown command with options', ['paint', '--color', 'red'], 'unknown command "paint"'],
    ['an unknown option without a command', ['--color'], 'unknown option "--color"'],
    ['an unknown option', ['replay', '--color', 'red'], "unknown option '--color'"],
    ['a missing argument', ['cluster'], "missing required argument 'trace'"],
    [
      'a missing option',
      ['forecast', 's.csv', '--horizon', '3'],
      "required option '--out <file>' not specified",
    ],
    [
      'an unknown resource',
      ['replay', '--resources', 'cpu,gpu'],
      '--resources: unknown "gpu"; there are cpu, memory, disk, network',
    ],
    ['no resource', ['replay', '--resources', ','], '--resources: names no resource'],
    ['an unknown policy', ['replay', '--policies', 'luck'], '--policies: unknown "luck"'],
    ['a target above 1', ['replay', '--targets', '0.5,1.5'], '--targets: unusable "1.5"'],
    [
      'everything that is wrong at once',
      ['forecast', 's.csv', '--out', 'f', '--horizon', '0', '--levels', '0.5,2'],
      '--horizon: "0" is not a whole number of at least 1; --levels: unusable "2"',
    ],
    [
      'a season of half a step',
      ['forecast', 's', '--season', '1.5', '--horizon', '1', '--out', 'f'],
      '--season: unusable "1.5"',
    ],
    [
      'a day that does not exist',
      ['train', '--at', '2026-02-30'],
      '--at: "2026-02-30" is neither a time in ISO 8601 nor "last"',
    ],
    ['words for a time', ['train', '--at', 'yesterday'], '--at: "yesterday" is neither'],
    [
      'a warm-up of more than a day',
      ['replay', '--warm-up-minutes', '1441'],
      '--warm-up-minutes: must be at most 1440',
    ],
    [
      'the former name of the warm-up, out of its bounds',
      ['replay', '--boot-minutes', '0'],
      '--boot-minutes: "0" is not a number above 0',
    ],
    [
      'an instance without what is replayed',
      ['replay', '--instance', 'memory=1Gi'],
      '--instance: sizes no cpu, which is replayed',
    ],
    ['a column twice', ['import', 'x', '--map', 'cpu=a,cpu=b'], '--map: names cpu twice'],
    ['a unit twice', ['import', 'x', '--unit', 'cpu=m,cpu=n'], '--unit: names cpu twice'],
    ['an empty path', ['sample', '--out', ''], '--out: is empty'],
  ])('%s', async (_, args, message) => {
    const failure = await failureOf(...args);
    expect(failure.status).toBe(2);
    expect(failure.message).toContain(message);
    expect(failure.message).not.toContain('\n');
  });

  it.each([
    ['the program', ['--help']],
    ...'replay sample import record train recluster profile allocate monitor cluster forecast detect'
      .split(' ')
      .map((command) => [command, [command, '--help']] as [string, string[]]),
  ])('but help for %s is no failure', async (_, args) => {
    expect(await failureOf(...args)).toEqual({ status: 0, message: null });
  });
});

describe('describeFailure', () => {
  it('tells a store that is busy from one that cannot be used and one that broke', () => {
    expect(describeFailure(new StoreError('locked', 'store x is locked')).status).toBe(75);
    expect(describeFailure(new StoreError('schema', 'store x is none')).status).toBe(2);
    expect(describeFailure(new StoreError('full', 'store x: the disk is full')).status).toBe(1);
  });

  it('makes one line of several', () => {
    const failure = describeFailure(new Error('first\n   second'));
    expect(failure).toEqual({ status: 1, message: 'first second' });
  });
});
