import { describe, expect, it } from 'vitest';
import { COUNT, cores, filesIn, imported, isoOf, START, stored } from './import-file.ts';

const times = Array.from({ length: COUNT }, (_, k) => START + k * 300);
const values = times.map((_, k) => cores(k));

/** The values of some named series as a file of each format that holds several series. */
const FORMATS: Readonly<
  Record<string, (names: readonly string[], from: number) => readonly [string, string]>
> = {
  'a wide CSV': (names, from) => [
    'csv',
    [
      ['Time', ...names].join(','),
      ...times.slice(from).map((at, k) => [isoOf(at), ...names.map(() => cores(from + k))].join()),
    ].join('\n'),
  ],
  Prometheus: (names, from) => [
    'json',
    JSON.stringify({
      status: 'success',
      data: {
        resultType: 'matrix',
        result: names.map((app) => ({
          metric: { app },
          values: times.slice(from).map((at, k) => [at, String(cores(from + k))]),
        })),
      },
    }),
  ],
  promtool: (names, from) => [
    'txt',
    names
      .map((app) => {
        const samples = times.slice(from).map((at, k) => `${cores(from + k)} @[${at}]`);
        return `{app="${app}"} =>\n${samples.join('\n')}`;
      })
      .join('\n'),
  ],
  Datadog: (names, from) => [
    'json',
    JSON.stringify({
      series: names.map((app) => ({
        metric: 'cpu',
        scope: `app:${app}`,
        pointlist: times.slice(from).map((at, k) => [at * 1000, cores(from + k)]),
      })),
    }),
  ],
};

describe.each(Object.entries(FORMATS))('%s', (_, fileOf) => {
  it('holds the same series as another one that overlaps it, whatever stands beside it', async () => {
    const [ending, first] = fileOf(['web', 'shop'], 0);
    const [, second] = fileOf(['mail', 'shop', 'web'], 2);
    const names = [`a.${ending}`, `b.${ending}`];
    const directory = await filesIn({ [names[0]!]: first, [names[1]!]: second });
    await imported(directory, ...names, '--resource', 'cpu');
    const found = await stored(directory);
    expect(found['web']?.cpu?.values).toEqual(values);
    expect(found['shop']?.cpu?.values).toEqual(values);
    expect(found['mail']?.cpu?.values).toEqual(values.slice(2));
  });
});

it('series of other labels are added up where --by gives them one name', async () => {
  const lines = times.flatMap((at, k) =>
    ['a', 'b', 'c'].map((host) => `mem,host=${host},service=web used=${1e9 + k}i ${at}000000000`),
  );
  const directory = await filesIn({ 't.lp': `${lines.join('\n')}\n` });
  await imported(directory, 't.lp', '--by', 'service');
  const { web } = await stored(directory);
  expect(web?.memory?.values).toEqual(times.map((_, k) => 3 * (1e9 + k)));
});

it('columns of the same name in one wide file are added up', async () => {
  const rows = times.map((at, k) => `${isoOf(at)},${cores(k)},${cores(k)}`);
  const directory = await filesIn({ 't.csv': `Time,web,web\n${rows.join('\n')}\n` });
  await imported(directory, 't.csv', '--resource', 'cpu');
  expect((await stored(directory))['web']?.cpu?.values).toEqual(values.map((value) => 2 * value));
});
