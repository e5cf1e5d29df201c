import { readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { UsageError } from '#cli/context/usage-error.ts';
import { createWholeProgram } from '#cli/create-program.ts';
import { EFFECT_RULES } from '#cli/options/effect/effect-rules.ts';
import { replayEffects } from '#cli/options/effect/replay-effects.ts';
import { temporaryDirectory } from '#test/adapters/temporary-directory.ts';
import { runInDirectory } from '#test/cli/run-in-process.ts';

/** What is said of a command line: the refusal, or the remarks. */
async function said(...words: readonly string[]): Promise<string | readonly string[]> {
  const errors = new PassThrough();
  const context = {
    print: () => undefined,
    errors,
    clock: { nowSeconds: () => 0 },
    signal: new AbortController().signal,
    hostname: 'here',
  };
  const program = await createWholeProgram(context);
  const command = program.commands.find((one) => one.name() === words[0])!;
  command.action(() => undefined);
  try {
    await program.parseAsync(['node', 'foreprint', ...words]);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return error.message;
  }
  const text = String(errors.read() ?? '');
  return text.split('\n').filter((line) => line !== '');
}

const SERVER = ['--prometheus-url', 'http://localhost:9090'];

describe('options that cannot do what was asked for are refused', () => {
  const noServer = 'only with --prometheus-url';
  it.each([
    ['import t.csv --dry-run', `--dry-run: ${noServer}`],
    ['import t.csv --since 28d --end 2026-01-01', `--since, --end: ${noServer}`],
    ['import --since 28d', `--since: ${noServer}`],
    ['monitor --step 60', `--step: ${noServer}`],
    ['serve --dry-run', `--dry-run: ${noServer}`],
    ['replay t.csv -n shop -H a:b', `--namespace, --prometheus-headers: ${noServer}`],
    [
      'replay --step 60',
      '--step: only with a trace or --prometheus-url; without, the sample fleet',
    ],
    ['replay --unit cpu=m', '--unit: only with a trace'],
    ['replay t.csv --quantiles 0.5 --knobs foreprint=0.9', '--quantiles: beside --knobs'],
    ['replay t.csv --targets 0.5 --knobs target-tracking-70=0.6', '--targets: beside --knobs'],
    ['store check --history-days 3', '--history-days: only for compact'],
    ['store backup copy --log-days 3', '--log-days: only for compact'],
    [`import ${SERVER.join(' ')} --resource cpu`, '--resource: only for files'],
    [`replay ${SERVER.join(' ')} --since 2d --start 2026-01-01`, '--since: beside --start'],
    [`import ${SERVER.join(' ')} --end last`, '--end: a time is expected, not "last"'],
    [`import ${SERVER.join(' ')} --cpu up -n shop`, '--namespace: a query of yours says itself'],
    [
      `serve ${SERVER.join(' ')} --prometheus-auth-header x --prometheus-token-file y`,
      '--prometheus-auth-header: beside --prometheus-token-file',
    ],
  ])('%s', async (line, problem) => {
    expect(await said(...line.split(' '))).toContain(problem);
  });

  it('before anything is done', async () => {
    const directory = await temporaryDirectory();
    await writeFile(join(directory, 't.csv'), 'application_id,timestamp,cpu\n');
    const { status, stderr } = await runInDirectory(directory, 'import', 't.csv', '--dry-run');
    expect([status, stderr]).toEqual([2, `foreprint: --dry-run: ${noServer}\n`]);
  });
});

describe('options that have nothing to act on are named', () => {
  it.each([
    ['replay t.csv --currency EUR', '--currency has no effect: only with --price'],
    ['replay t.csv --no-report --detail all', '--detail has no effect: only for the report'],
    ['replay t.csv --boot-minutes 3 --warm-up-minutes 4', '--boot-minutes has no effect: beside'],
    [
      'replay t.csv --policies oracle --targets 0.5',
      '--targets has no effect: target-tracking-70 is none of --policies',
    ],
    ['forecast s.csv --horizon 1 --out f --refit 2', '--refit has no effect: only with --windows'],
    ['allocate --new', '--new has no effect: only for applications that are named'],
    ['status --calendar c.yaml', '--calendar has no effect: what status shows'],
    ['store check --config c.json', '--config has no effect: only for compact'],
    ['serve --no-record --application web', '--application has no effect: with --no-record'],
    [`serve ${SERVER.join(' ')} --no-record`, '--no-record has no effect: this host is not'],
    [`import ${SERVER.join(' ')} --dry-run --json -`, '--json has no effect: with --dry-run'],
  ])('%s', async (line, remark) => {
    expect(await said(...line.split(' '))).toEqual([expect.stringContaining(remark)]);
    expect(await said(...line.split(' '), '--quiet')).toEqual([]);
  });

  it('in a settings file too', async () => {
    const file = join(await temporaryDirectory(), 'settings.json');
    await writeFile(file, '{"stepSeconds": 60, "resources": ["cpu"], "training": {}}');
    expect(await said('replay', 't.csv', '--config', file)).toEqual([
      'stepSeconds of --config has no effect: the step is that of what is replayed',
      'resources of --config has no effect: --resources says what is replayed',
    ]);
    expect(await said('train', '--config', file)).toEqual([]);
  });

  it('and so are values of a replay', () => {
    const resources = ['cpu'] as const;
    const knobs = new Map([
      ['foreprint', [0.9]],
      ['last-week', [1]],
      ['oracle', [1]],
    ]);
    expect(replayEffects({ resources, knobs, instance: { cpu: 4, memory: 1 } })).toEqual([
      '--knobs last-week has no effect: --policies does not run it',
      '--instance memory has no effect: --resources does not replay it',
    ]);
    expect(replayEffects({ resources, knobs, policies: ['last-week', 'oracle'] })).toEqual([]);
    expect(replayEffects({ resources })).toEqual([]);
  });
});

it.each([
  'replay t.csv --resource cpu --unit cpu=m --by pod --step 60 --price 1 --currency EUR',
  'replay t.csv --quantiles 0.5 --targets 0.5 --knobs oracle=1 --no-report',
  `replay ${SERVER.join(' ')} --cpu up --preset kubernetes -n shop --start 2026-01-01 --step 5m`,
  'import t.csv --map cpu=x --wide --application web',
  'forecast s.csv --horizon 1 --out f --refit 2 --windows 3',
  'forecast s.csv --horizon 1 --out f --refit 1 --windows 1',
  'store compact --history-days 3 --config c.json',
  'serve --no-record',
  'serve --application web',
  'allocate web --new --type web',
])('nothing is said where all options have an effect: %s', async (line) => {
  expect(await said(...line.split(' '))).toEqual([]);
});

describe('files that are written', () => {
  it.each([
    ['forecast s.csv --horizon 1 --out ./s.csv', '--out: ./s.csv is read, too'],
    ['detect s.csv --out link.csv', '--out: link.csv is read, too'],
    ['replay s.csv --csv s.csv', '--csv: s.csv is read, too'],
    ['train --config s.csv --json s.csv', '--json: s.csv is read, too'],
    ['detect s.csv --out new.csv --json new.csv', '--json: new.csv is written by --out, too'],
    ['replay s.csv --json a/../b --report b', '--report: b is written by --json, too'],
  ])('are none that is used otherwise: %s', async (line, problem) => {
    const directory = await temporaryDirectory();
    await writeFile(join(directory, 's.csv'), 'unique_id,ds,y\n');
    await symlink('s.csv', join(directory, 'link.csv'));
    const { status, stderr } = await runInDirectory(directory, ...line.split(' '));
    expect([status, stderr]).toEqual([2, `foreprint: ${problem}\n`]);
    expect(await readFile(join(directory, 's.csv'), 'utf8')).toBe('unique_id,ds,y\n');
  });

  it.each([
    'detect s.csv --out new.csv --json other.csv',
    'detect - --out /dev/null --json /dev/null',
    'store backup copy --json copy.json',
  ])('may be any other: %s', async (line) => {
    expect(await said(...line.split(' '))).toEqual([]);
  });
});

it('the rules are of options that there are', async () => {
  const program = await createWholeProgram({
    print: () => undefined,
    errors: new PassThrough(),
    clock: { nowSeconds: () => 0 },
    signal: new AbortController().signal,
    hostname: 'here',
  });
  const names = program.commands.map((command) => command.name());
  const flags = program.commands.flatMap(({ options }) => options.map(({ long }) => long));
  for (const [name, rules] of Object.entries(EFFECT_RULES)) {
    expect(names).toContain(name);
    for (const option of rules.flatMap(({ options }) => options)) {
      if (!option.startsWith('config.')) expect(flags).toContain(`--${option}`);
    }
  }
});
