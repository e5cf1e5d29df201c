import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COMMANDS } from '#cli/command-list.ts';
import { createWholeProgram } from '#cli/create-program.ts';
import { completionScript } from '#cli/presenters/completion-script.ts';
import { runCli } from '#test/cli/run-cli.ts';
import { runInDirectory } from '#test/cli/run-in-process.ts';
import { smallTrace } from '#test/cli/small-trace.ts';

const context = {
  print: () => undefined,
  errors: new PassThrough(),
  clock: { nowSeconds: () => 0 },
  signal: new AbortController().signal,
  hostname: 'here',
};

describe('the command in a shell', () => {
  let directory: string;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'foreprint-test-'));
    const trace = smallTrace({ applications: ['one', 'two'], hours: 60 });
    await writeFile(join(directory, 't.csv'), trace);
    expect((await runInDirectory(directory, 'import', 't.csv')).status).toBe(0);
  });
  afterAll(() => rm(directory, { recursive: true, force: true }));

  it.each(['--version', '-V'])('says its version for %s', async (option) => {
    const { status, stdout, stderr } = await runCli(directory, option);
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it('helps with a command, with examples', async () => {
    const { status, stdout } = await runCli(directory, 'help', 'allocate');
    expect(status).toBe(0);
    expect(stdout).toContain('Usage: foreprint allocate [options] [app...]');
    expect(stdout).toContain('Examples:\n  foreprint allocate\n');
  });

  it('lists every command in a group', async () => {
    const { stdout } = await runCli(directory, '--help');
    expect(stdout).toContain('Decisions:\n  status');
    for (const [name, { summary }] of Object.entries(COMMANDS)) {
      expect(stdout).toMatch(new RegExp(`^  ${name} `, 'm'));
      expect(stdout.replace(/\s+/g, ' ')).toContain(summary);
    }
  });

  it.each([
    [['status'], 'applications'],
    [['allocate'], 'applications'],
    [['allocate', 'one'], 'application_id'],
  ])('%j writes JSON alone to standard output for --json -', async (words, key) => {
    const { status, stdout, stderr } = await runCli(directory, ...words, '--json', '-');
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toHaveProperty(key);
    expect(stderr).toContain('one');
  });
});

describe('completion', () => {
  it('in bash gives commands, then options of the command', async () => {
    const script = completionScript(await createWholeProgram(context), 'bash');
    const complete = (...words: readonly string[]): readonly string[] => {
      const typed = ['foreprint', ...words].map((word) => `'${word}'`).join(' ');
      const asked = `COMP_WORDS=(${typed}); COMP_CWORD=${words.length}; _foreprint; printf '%s\\n' "\${COMPREPLY[@]}"`;
      const output = execFileSync('bash', ['-c', `${script}\n${asked}`], { encoding: 'utf8' });
      return output.trim().split('\n');
    };
    expect(complete('re')).toEqual(['replay', 'record', 'recluster', 'retire']);
    expect(complete('help', 'all')).toEqual(['allocate']);
    expect(complete('allocate', '--js')).toEqual(['--json']);
    expect(complete('allocate', '--ty')).toEqual(['--type']);
  });

  it('in zsh is that of bash, after what makes zsh run it', async () => {
    const program = await createWholeProgram(context);
    const [first, ...rest] = completionScript(program, 'zsh').split('\n');
    expect(first).toBe('autoload -U bashcompinit && bashcompinit');
    expect(rest.join('\n')).toBe(completionScript(program, 'bash'));
  });

  it('in fish names every command and option, with quotes escaped', async () => {
    const script = completionScript(await createWholeProgram(context), 'fish');
    expect(script).toContain("-n '__fish_seen_subcommand_from allocate' -l new -d ");
    for (const line of script.split('\n')) {
      expect(line).toMatch(/^complete -c foreprint /);
      expect(line.replace(/\\['\\]/g, '').split("'").length % 2).toBe(1);
    }
  });
});
