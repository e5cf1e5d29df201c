import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryDirectory } from '#test/adapters/temporary-directory.ts';
import { runCli } from './run-cli.ts';
import { runInDirectory } from './run-in-process.ts';
import { smallSeries } from './small-trace.ts';

const rows = (text: string) =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => line.split(','));

describe('foreprint forecast', () => {
  it('writes one row per series, origin and step, with y where it is known', async () => {
    const directory = await temporaryDirectory();
    const short = 'short,2026-01-05T00:00:00,5\nshort,2026-01-05T01:00:00,6\n';
    const series = smallSeries(['a', 'b'], 300);
    await writeFile(join(directory, 's.csv'), series + short);
    const args = ['--horizon', '12', '--season', '24', '--windows', '2', '--levels', '0.1,0.5,0.9'];
    const { status, stderr } = await runCli(
      directory,
      'forecast',
      's.csv',
      ...args,
      '--out',
      'f.csv',
    );
    expect(stderr).toContain('series short is too short for 2 of 2 windows');
    expect(status).toBe(0);
    const [header, ...body] = rows(await readFile(join(directory, 'f.csv'), 'utf8'));
    expect(header?.join(',')).toBe('unique_id,cutoff,ds,model,y,q0.1,q0.5,q0.9');
    expect(body).toHaveLength(2 * 2 * 12);
    const known = new Map(rows(series).map(([id, ds, y]) => [`${id} ${ds}`, Number(y)]));
    for (const [id, cutoff, ds, , y, low, middle, high] of body) {
      expect(Number(y)).toBe(known.get(`${id} ${ds}`));
      expect(Date.parse(`${cutoff}Z`)).toBeLessThan(Date.parse(`${ds}Z`));
      expect(Number(low)).toBeLessThanOrEqual(Number(middle));
      expect(Number(middle)).toBeLessThanOrEqual(Number(high));
      // The shape swings by 2 either way; a forecast without it would be off by up to that.
      expect(Math.abs(Number(middle) - Number(y))).toBeLessThan(1);
    }
    expect(body.at(0)?.slice(0, 3)).toEqual(['a', '2026-01-16T11:00:00', '2026-01-16T12:00:00']);
    expect(body.at(-1)?.slice(0, 3)).toEqual(['b', '2026-01-16T23:00:00', '2026-01-17T11:00:00']);
  });
});

describe('foreprint detect', () => {
  it('writes one row per input row in input order, also if times repeat or jump', async () => {
    const directory = await temporaryDirectory();
    const lines = Array.from({ length: 300 }, (_, k) => {
      const time = new Date(Date.UTC(2026, 0, 5, 0, 5 * k)).toISOString().slice(0, 19);
      return `a,${time.replace('T', ' ')},${k === 250 ? 900 : 10 + (k % 7)}`;
    });
    // The same time twice, a jump back, an empty cell, another series in between.
    const input = [...lines, lines[299], lines[20], 'a,2026-01-09 00:00:00,', ...lines.slice(0, 2)];
    input.splice(100, 0, '"b,c",2026-01-05 00:00:00,1');
    await writeFile(join(directory, 's.csv'), ['unique_id,ds,y', ...input, ''].join('\n'));
    const { status } = await runInDirectory(directory, 'detect', 's.csv', '--out', 'd.csv');
    expect(status).toBe(0);
    const text = await readFile(join(directory, 'd.csv'), 'utf8');
    const [header, ...body] = text.trimEnd().split('\n');
    expect(header).toBe('unique_id,ds,y,anomaly_score,lower,upper');
    expect(body).toHaveLength(input.length);
    body.forEach((line, k) => expect(line.startsWith(`${input[k]},`)).toBe(true));
    const scores = body.map((line) => Number(line.replace('"b,c"', 'b').split(',')[3]));
    expect(scores.every((score) => score >= 0)).toBe(true);
    expect(scores.indexOf(Math.max(...scores))).toBe(251);
  });
});
