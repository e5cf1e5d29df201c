import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runInDirectory } from '#test/cli/run-in-process.ts';
import { filesIn, imported, isoOf, list, START, steps } from './import-file.ts';

const table = `application_id,timestamp,cpu,memory\n${steps(6, (k, s) => `web,${isoOf(s)},${k},1e9`)}\n`;
const plain = steps(6, (k, s) => `${s - START},${k}`);
const wide = `time,web\n${steps(6, (k, s) => `${isoOf(s)},${k}`)}\n`;
const labelled = JSON.stringify({
  status: 'success',
  data: {
    resultType: 'matrix',
    result: [{ metric: { pod: 'web' }, values: list((k, s) => [s, String(k)]) }],
  },
});
const kubectl = `2026-01-05T00:00:00Z\nNAME CPU(cores) MEMORY(bytes)\nweb 250m 300Mi\n`;

const told = (stderr: string) => stderr.split('\n').filter((line) => line.includes('no effect'));

describe('what is said of files that say it themselves', () => {
  it.each([
    ['--resource memory', 'the files say of which resources they are'],
    ['--by pod', 'the files have no labels'],
    ['--application shop', 'the files name their applications'],
    ['--unit network=MiB', 'the files have no network, or say its unit', '--unit network'],
    ['--time-zone Europe/Berlin', 'the times have a zone of their own', '--time-zone'],
  ])('is told to have no effect on a footprint trace: %s', async (option, why, text = option) => {
    const directory = await filesIn({ 't.csv': table });
    const lines = told(await imported(directory, 't.csv', ...option.split(' ')));
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain(`${text.replace(/ (pod|shop)$/, '')} has no effect: ${why}`);
  });

  it.each([
    ['top.txt', kubectl, '--unit cpu=percent:4', '--unit cpu'],
    ['t.csv', wide, '--wide --resource cpu --map cpu=web', '--map cpu=web'],
    ['t.csv', wide, '--wide --resource cpu --columns timestamp,cpu', '--columns'],
    ['t.json', labelled, '--resource cpu --epoch 2019-07-01', '--epoch'],
  ])('is told of other files: %s', async (name, content, ...[options, text]) => {
    const directory = await filesIn({ [name]: content });
    const lines = told(await imported(directory, name, ...options.split(' ')));
    expect(lines.map((line) => line.split(' has no effect')[0])).toEqual([text]);
  });

  it('is taken where one of several files needs it', async () => {
    const directory = await filesIn({ 'a.csv': table, 'b.json': labelled });
    const both = ['a.csv', 'b.json', '--resource', 'cpu', '--by', 'pod'];
    expect(told(await imported(directory, ...both))).toEqual([]);
  });

  it.each([
    [
      'plain.csv',
      plain,
      ['--columns', 'timestamp,cpu', '--epoch', '2019-07-01', '--application', 'a'],
    ],
    ['t.csv', table, ['--unit', 'cpu=millicores,memory=MiB', '--map', 'cpu=cpu']],
    ['w.csv', wide, ['--wide', '--resource', 'cpu', '--map', 'timestamp=time']],
    ['w.csv', wide.replaceAll('Z,', ','), ['--wide', '--resource', 'cpu', '--time-zone', 'UTC']],
    ['l.json', labelled, ['--resource', 'cpu', '--by', 'pod', '--unit', 'cpu=millicores']],
  ])('is not told where it is needed: %s', async (name, content, options) => {
    const directory = await filesIn({ [name]: content });
    expect(told(await imported(directory, name, ...options))).toEqual([]);
  });

  it('is in the JSON of import, and told by cluster too', async () => {
    const directory = await filesIn({ 't.csv': table });
    await imported(directory, 't.csv', '--resource', 'cpu', '--json', 'imported.json', '--quiet');
    const { notices } = JSON.parse(
      await readFile(join(directory, 'imported.json'), 'utf8'),
    ) as Record<string, unknown>;
    expect(notices).toContain(
      '--resource cpu has no effect: the files say of which resources they are',
    );
    const { stderr } = await runInDirectory(directory, 'cluster', 't.csv', '--by', 'pod');
    expect(told(stderr)).toHaveLength(1);
  });
});
