import { describe, expect, it } from 'vitest';
import { COUNT, filesIn, imported, isoOf, refusal, START, steps, stored } from './import-file.ts';

const cpu = ['--resource', 'cpu'];
const BAD = 3;
const rowsWith = (bad: string, good = '1,2') =>
  steps(COUNT, (k, seconds) => `${isoOf(seconds)},${k === BAD ? bad : good}`);

describe('a wide CSV', () => {
  it.each([
    ['1,2,7', 'has 4 cells where the header has 3'],
    ['1,2,,7', 'has 5 cells where the header has 3'],
    ['1', 'has 2 cells where the header has 3'],
    ['1,x', 'column shop: "x" is not a number'],
    ['1,-2', 'cpu of shop: -2 is not an amount'],
    ['1,1e31', 'cpu of shop: 1e+31 is not an amount'],
  ])('with the cells %s: names their line', async (bad, problem) => {
    const directory = await filesIn({ 't.csv': `Time,web,shop\n${rowsWith(bad)}\n` });
    expect(await refusal(directory, 't.csv', ...cpu)).toBe(`t.csv: line ${BAD + 2}: ${problem}`);
  });

  it('may have empty cells behind its last column', async () => {
    const directory = await filesIn({ 't.csv': `Time,web,shop\n${rowsWith('1,2,, ')}\n` });
    await imported(directory, 't.csv', ...cpu);
    expect(Object.keys(await stored(directory))).toEqual(['shop', 'web']);
  });

  it.each([
    ['the header', { header: 'Time,"web\nfront",shop', bad: '1,x', more: 1 }],
    ['cells', { header: 'Time,web,shop,', good: '1,2,"a\r\nb\nc"', bad: '1,x,""', more: 2 * BAD }],
    ['the row itself', { header: 'Time,web,,shop', good: '1,"",2', bad: '1,"a\n\nb",x', more: 0 }],
  ])('line ends in quotes in %s count as an editor counts them', async (_, file) => {
    const { header, good, bad, more } = { good: '1,2', ...file };
    const directory = await filesIn({ 't.csv': `${header}\n${rowsWith(bad, good)}\n` });
    expect(await refusal(directory, 't.csv', ...cpu)).toBe(
      `t.csv: line ${BAD + 2 + more}: column shop: "x" is not a number`,
    );
  });
});

it('lines of a text name the line of a negative amount', async () => {
  const lines = Array.from(
    { length: COUNT },
    (_, k) => `mem,host=a used=${k === BAD ? -5 : 5}i ${START + k * 300}000000000`,
  );
  const directory = await filesIn({ 't.lp': `${lines.join('\n')}\n` });
  expect(await refusal(directory, 't.lp')).toBe(
    `t.lp: line ${BAD + 1}: memory of a: -5 is not an amount`,
  );
});

it.each([
  ['1e31', 'is larger than 1e+30'],
  ['1e300', 'is larger than 1e+30'],
])('a footprint of %s names its line', async (value, problem) => {
  const rows = steps(COUNT, (k, seconds) => `a,${isoOf(seconds)},${k === BAD ? value : 1}`);
  const directory = await filesIn({ 't.csv': `application_id,timestamp,cpu\n${rows}\n` });
  expect(await refusal(directory, 't.csv')).toBe(
    `t.csv: line ${BAD + 2}, column cpu: ${value} ${problem}`,
  );
});

it('amounts that are too small for a model are zero', async () => {
  const rows = steps(COUNT, (k, seconds) => `a,${isoOf(seconds)},${k === BAD ? '1e-320' : 1}`);
  const directory = await filesIn({ 't.csv': `application_id,timestamp,cpu\n${rows}\n` });
  await imported(directory, 't.csv');
  expect((await stored(directory))['a']?.cpu?.values).toEqual([1, 1, 1, 0, 1, 1]);
});

it('blank lines between quoted rows take no longer than rows', async () => {
  const count = 20_000;
  const rows = steps(count, (k, seconds) => `"a",${isoOf(seconds)},${k % 7}\n`);
  const bad = `"a",${isoOf(START + count * 300)},x`;
  const directory = await filesIn({ 't.csv': `application_id,timestamp,cpu\n${rows}\n${bad}\n` });
  expect(await refusal(directory, 't.csv')).toBe(
    `t.csv: line ${2 * count + 2}, column cpu: "x" is not a number`,
  );
});
