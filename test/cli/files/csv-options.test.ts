import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chosenReader } from '#adapters/local/times/chosen-reader.ts';
import { namedZone } from '#adapters/local/times/named-zone.ts';
import { readUnit } from '#adapters/local/values/unit.ts';
import { runInDirectory } from '#test/cli/run-in-process.ts';
import { filesIn, imported, isoOf, refusal, START, steps, stored, wallOf } from './import-file.ts';

const HEADER = 'application_id,timestamp,cpu,memory';
const COUNT = 6;
const all = Array.from({ length: COUNT }, (_, k) => 1 + k / 4);

describe('import of a CSV file', () => {
  it.each(['NaN', 'nan', 'null', 'N/A', 'NA', '-', ''])(
    'takes %j for "not measured"',
    async (word) => {
      const csv = `${HEADER}\n${steps(COUNT, (k, s) => `web,${isoOf(s)},${k === 2 ? word : all[k]},1e9`)}\n`;
      const directory = await filesIn({ 't.csv': csv });
      await imported(directory, 't.csv');
      expect((await stored(directory))['web']?.cpu?.values).toEqual(
        all.map((value, k) => (k === 2 ? NaN : value)),
      );
    },
  );

  it.each([
    ['t.csv', ';'],
    ['t.tsv', '\t'],
    ['t.csv', '\t'],
    ['t.csv', '|'],
    ['measured', ','],
  ])('%s with columns separated by %j', async (name, separator) => {
    const csv = `${HEADER}\n${steps(COUNT, (k, s) => `web,${isoOf(s)},${all[k]},1e9`)}\n`;
    const directory = await filesIn({ [name]: csv.replaceAll(',', separator) });
    await imported(directory, name);
    expect((await stored(directory))['web']?.cpu?.values).toEqual(all);
  });

  it('with other names and units of the columns', async () => {
    const rows = steps(COUNT, (k, s) => `web,${s},${all[k]! * 25},${512 * (k + 1)}`);
    const directory = await filesIn({ 't.csv': `Service,Time,cpu_pct,mem\n${rows}\n` });
    const map = 'application_id=service,timestamp=time,cpu=cpu_pct,memory=mem';
    await imported(directory, 't.csv', '--map', map, '--unit', 'cpu=percent:4,memory=MiB');
    const { web } = await stored(directory);
    expect(web?.cpu?.values).toEqual(all);
    expect(web?.memory?.values).toEqual(all.map((_, k) => 512 * (k + 1) * 2 ** 20));
  });

  it('without a header, times from an epoch', async () => {
    const rows = steps(COUNT, (k, s) => `${(s - START) * 1000},web,x,y,${all[k]}`);
    const directory = await filesIn({ 't.csv': `${rows}\n` });
    const columns = ['--columns', 'timestamp,application_id,-,-,cpu'];
    await imported(directory, 't.csv', ...columns, '--epoch', '2026-01-05,milliseconds');
    expect((await stored(directory))['web']).toEqual({ cpu: { from: 0, step: 300, values: all } });
  });

  it('with a column per application', async () => {
    const rows = steps(COUNT, (k, s) => `${isoOf(s)};${all[k]};${k === 3 ? 'null' : 2}`);
    const directory = await filesIn({ 't.csv': `date;web;api\n${rows}\n` });
    expect(await refusal(directory, 't.csv', '--wide')).toContain('--resource cpu');
    await imported(directory, 't.csv', '--wide', '--resource', 'cpu');
    const found = await stored(directory);
    expect(found['web']?.cpu?.values).toEqual(all);
    expect(found['api']?.cpu?.values).toEqual([2, 2, 2, NaN, 2, 2]);
  });

  it('with an application that only the command names, and sums over each step', async () => {
    const rows = steps(COUNT, (k, s) => `${isoOf(s)},${3000 * k},${500 * k}`);
    const directory = await filesIn({ 't.csv': `timestamp,network,cpu\n${rows}\n` });
    expect(await refusal(directory, 't.csv')).toContain('or --application NAME');
    const units = ['--unit', 'network=KiB/step,cpu=millicores'];
    await imported(directory, 't.csv', '--application', 'web', ...units);
    const { web } = await stored(directory);
    expect(web?.network?.values).toEqual(all.map((_, k) => 10 * k * 1024));
    expect(web?.cpu?.values).toEqual(all.map((_, k) => k / 2));
  });

  it('from standard input, packed or not, with another file', async () => {
    const row = (name: string) => steps(COUNT, (k, s) => `${name},${isoOf(s)},${all[k]},1e9`);
    const directory = await filesIn({ 't.csv': `${HEADER}\n${row('api')}\n` });
    const bin = fileURLToPath(new URL('../../../bin/foreprint.js', import.meta.url));
    execFileSync(process.execPath, [bin, 'import', 't.csv', '-', '--quiet'], {
      cwd: directory,
      input: `${HEADER}\n${row('web')}\n`,
    });
    expect(Object.keys(await stored(directory)).sort()).toEqual(['api', 'web']);
  });

  it('names the line of a bad cell whatever the options', async () => {
    const rows = steps(COUNT, (k, s) => `${isoOf(s)},${k === 3 ? 'much' : 1},2`);
    const directory = await filesIn({ 't.csv': `time,web,api\n${rows}\n` });
    const wide = ['--wide', '--resource', 'cpu'];
    expect(await refusal(directory, 't.csv', ...wide)).toBe(
      't.csv: line 5: column web: "much" is not a number',
    );
  });

  it('remarks with the command where a unit looks wrong', async () => {
    const rows = steps(300, (k, s) => `web,${isoOf(s)},${k % 98},${2000 + (k % 7)}`);
    const directory = await filesIn({ 't.csv': `${HEADER}\n${rows}\n` });
    const said = await imported(directory, 't.csv');
    expect(said).toContain('if so, import it with --unit cpu=percent:CORES');
    expect(said).toContain('--unit memory=MiB');
  });
});

describe('wrong options', () => {
  it.each([
    [['--map', 'cpus=x'], 'with the names application_id, timestamp, cpu'],
    [['--columns', 'time,cpu'], 'unknown "time"; expected a list of application_id'],
    [['--unit', 'cpu=percent'], 'expected cpu= one of percent:4, percent:2x3'],
    [['--unit', 'memory=millicores'], 'expected memory= one of KiB, MiB'],
    [['--epoch', 'monday'], 'expected 2019-07-01, or 2019-07-01,milliseconds'],
    [['--time-zone', 'Berlin'], 'no such zone; expected Europe/Berlin'],
    [['--resource', 'gpu'], 'expected one of cpu, memory, disk, network'],
    [['--resource', 'cpu', '--resource', 'disk'], '2 resources for 1 files'],
    [['--map', 'cpu=load'], 'column load: missing; the file has application_id, timestamp, cpu'],
  ])('%j are refused with what is expected', async (options, line) => {
    const directory = await filesIn({ 't.csv': `${HEADER}\nweb,2026-01-05,1,1\n` });
    expect(await refusal(directory, 't.csv', ...options)).toContain(line);
  });
});

it('replay takes the same options', async () => {
  const rows = steps(300, (_, s) => `web,${isoOf(s)},1`);
  const directory = await filesIn({ 't.csv': `service,time,used\n${rows}\n` });
  const map = ['--map', 'application_id=service,timestamp=time,cpu=used'];
  const options = ['--resources', 'memory', '--no-report', '--quiet'];
  const { status, stderr } = await runInDirectory(directory, 'replay', 't.csv', ...map, ...options);
  expect([status, stderr]).toEqual([
    2,
    'foreprint: t.csv measures no memory; it measures cpu (--resources)\n',
  ]);
});

it('finer points than those that are stored are averaged, and one remark says so', async () => {
  const hours = Array.from({ length: 24 }, (_, h) => `web,${isoOf(START + h * 3600)},1,1e9`);
  const directory = await filesIn({
    'hours.csv': [HEADER, ...hours, ''].join('\n'),
    'minutes.csv': `${HEADER}\n${steps(24, (k, s) => `web,${isoOf(s + 86_400)},${k % 12},1e9`)}\n`,
  });
  await imported(directory, 'hours.csv');
  const said = await imported(directory, 'minutes.csv');
  expect(said.match(/averaged over 3600 s/g)).toHaveLength(1);
  const { web } = await stored(directory);
  expect(web?.cpu?.step).toBe(3600);
  expect(web?.cpu?.values.slice(24)).toEqual([5.5, 5.5]);
});

describe('wall times', () => {
  const zone = namedZone('Europe/Berlin')!;
  const read = (instants: readonly number[]) => {
    const texts = instants.map((seconds) => wallOf(seconds + zone.offsetAt(seconds)));
    const reader = chosenReader(texts[0]!, { epoch: null, timeZone: 'Europe/Berlin' });
    return texts.map((text) => reader.read(text));
  };

  it.each([
    ['spring', Date.UTC(2026, 2, 28, 20)],
    ['autumn', Date.UTC(2026, 9, 24, 20)],
  ])('of Berlin are read over the change in %s, oldest or newest first', (_, from) => {
    fc.assert(
      fc.property(fc.constantFrom(300, 600, 1800), fc.boolean(), (step, isNewestFirst) => {
        const rising = Array.from({ length: 43_200 / step }, (_row, k) => from / 1000 + k * step);
        const instants = isNewestFirst ? rising.reverse() : rising;
        expect(read(instants)).toEqual(instants);
      }),
    );
  });

  it('of several applications at each time', () => {
    const from = Date.UTC(2026, 9, 24, 22) / 1000;
    const instants = Array.from({ length: 60 }, (_, k) => from + Math.floor(k / 3) * 900);
    expect(read(instants)).toEqual(instants);
  });

  it('keep a zone of their own', async () => {
    const rows = steps(COUNT, (k, s) => `web,${isoOf(s)},${all[k]},1e9`);
    const directory = await filesIn({ 't.csv': `${HEADER}\n${rows}\n` });
    await imported(directory, 't.csv', '--time-zone', 'Europe/Berlin');
    expect((await stored(directory))['web']?.cpu?.from).toBe(0);
  });

  it.each([0, 1, COUNT - 1])(
    'are told from times with a zone where row %i has one',
    async (own) => {
      const rows = steps(COUNT, (k, s) => {
        const time = k === own ? isoOf(s) : wallOf(s + zone.offsetAt(s));
        return `web,${time},${all[k]},1e9`;
      });
      const directory = await filesIn({ 't.csv': `${HEADER}\n${rows}\n` });
      await imported(directory, 't.csv', '--time-zone', 'Europe/Berlin');
      expect((await stored(directory))['web']?.cpu).toEqual({ from: 0, step: 300, values: all });
    },
  );
});

it.each([
  ['cpu', 'percent:4', 0.04],
  ['cpu', 'percent:2x3', 0.06],
  ['cpu', 'share:8', 8],
  ['cpu', 'nanocores', 1e-9],
  ['memory', 'percent:16GiB', (16 * 2 ** 30) / 100],
  ['memory', 'percent:17179869184', (16 * 2 ** 30) / 100],
  ['memory', 'share:16B', 16],
  ['memory', 'GiB', 2 ** 30],
  ['network', 'Mbit/s', 125_000],
  ['disk', 'MB/step', 1e6],
] as const)('a unit of %s: %s', (resource, text, factor) => {
  expect(readUnit(resource, text)?.factor).toBeCloseTo(factor, 12);
});

it.each([
  ['cpu', 'MiB'],
  ['cpu', 'percent:'],
  ['cpu', 'percent:0'],
  ['memory', 'cores'],
  ['memory', 'percent:16Q'],
  ['memory', 'percent:16'],
  ['memory', 'share:64x3'],
  ['disk', 'percent:200'],
] as const)('no unit of %s: %s', (resource, text) => {
  expect(readUnit(resource, text)).toBeNull();
});

it.each([
  ['memory=percent:16', '16 of what? For GiB it is memory=percent:16GiB'],
  ['memory=share:0.5x3', '0.5 of what? For GiB it is memory=share:0.5GiBx3'],
  ['memory=percent:0', 'expected memory= one of KiB, MiB, GiB, MB, percent:16GiB'],
  ['cpu=percent:x', 'expected cpu= one of percent:4'],
])('says what --unit %s should be', async (unit, told) => {
  const directory = await filesIn({ 't.csv': `${HEADER}\n` });
  expect(await refusal(directory, 't.csv', '--unit', unit)).toContain(
    `--unit: unusable "${unit}"; ${told}`,
  );
});
