import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryDirectory } from '#test/adapters/temporary-directory.ts';
import { runInProcess } from '#test/cli/run-in-process.ts';

const STEP = 300;
const HOUR = 3600;
const DAY = 24 * HOUR;

/** Noise of one percent, the same in every run. */
const noise = (k: number): number => 1 + 0.01 * Math.sin(12.9898 * k + 78.233 * (k % 17));

interface Case {
  readonly fromSeconds: number;
  readonly toSeconds: number;
  /** Cores in use at a time, before noise. */
  readonly cores: (seconds: number) => number;
  readonly timeZone?: string;
}

/** Imports and trains one application; gives what `allocate` wants at a time. */
async function allocator({ fromSeconds, toSeconds, cores, timeZone }: Case) {
  const directory = await temporaryDirectory();
  const count = Math.round((toSeconds - fromSeconds) / STEP);
  const lines = Array.from({ length: count }, (_, k) => {
    const seconds = fromSeconds + k * STEP;
    return `shop,${new Date(seconds * 1000).toISOString()},${(cores(seconds) * noise(k)).toFixed(3)}`;
  });
  const trace = join(directory, 'trace.csv');
  await writeFile(trace, ['application_id,timestamp,cpu', ...lines, ''].join('\n'));
  const config = join(directory, 'config.json');
  const detection = timeZone === undefined ? {} : { detection: { timeZone } };
  await writeFile(config, JSON.stringify({ resources: ['cpu'], ...detection }));
  const common = ['--store', join(directory, 'store'), '--config', config, '--quiet'];
  expect((await runInProcess('import', trace, ...common.slice(0, 2), '--quiet')).stderr).toBe('');
  return async (at: string): Promise<number> => {
    const trained = await runInProcess('train', '--at', at, ...common);
    expect([trained.status, trained.stderr]).toEqual([0, '']);
    const json = join(directory, 'allocation.json');
    const run = await runInProcess('allocate', 'shop', '--at', at, '--json', json, ...common);
    expect([run.status, run.stderr]).toEqual([0, '']);
    const document: unknown = JSON.parse(await readFile(json, 'utf8'));
    return (document as { readonly instances: number }).instances;
  };
}

const utc = (text: string): number => Date.parse(text) / 1000;

describe('a weekly peak, every Monday', () => {
  it('that came four times is there before the fifth', async () => {
    const isPeak = (seconds: number): boolean => {
      const date = new Date(seconds * 1000);
      return date.getUTCDay() === 1 && date.getUTCHours() >= 9 && date.getUTCHours() < 11;
    };
    const wanted = await allocator({
      fromSeconds: utc('2026-01-05T00:00:00Z'),
      toSeconds: utc('2026-02-02T08:50:00Z'),
      cores: (seconds) => (isPeak(seconds) ? 10 : 1),
    });
    expect(await wanted('2026-02-02T08:50:00Z')).toBeGreaterThanOrEqual(5);
  });
});

describe('DST: office hours of Berlin', () => {
  // Summer time begins on 29 March 2026 at 01:00 UTC.
  const berlin = (seconds: number): number =>
    new Date(
      (seconds + (seconds < utc('2026-03-29T01:00:00Z') ? 1 : 2) * HOUR) * 1000,
    ).getUTCHours();

  it.each(['2026-03-29', '2026-03-30'])(
    'are met on %s, in the first days of summer',
    async (day) => {
      const at = `${day}T05:50:00Z`;
      const wanted = await allocator({
        fromSeconds: utc('2026-03-29T00:00:00Z') - 28 * DAY,
        toSeconds: utc(at),
        cores: (seconds) => (berlin(seconds) >= 8 && berlin(seconds) < 18 ? 9.05 : 1),
        timeZone: 'Europe/Berlin',
      });
      expect(await wanted(at)).toBe(5);
    },
  );
});
