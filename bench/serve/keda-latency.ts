/**
 * How long `/v1/keda/{id}` takes at 200 requests a second, while the server trains and decides
 * without a rest: tsx bench/serve/keda-latency.ts [SECONDS] [--beside FOLDER] [--write]. FOLDER is
 * another checkout: both servers are asked in turns, one held while the
 * other runs, so that they meet the same machine. Client and
 * server share it.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { benchArguments, renewTable } from '#bench/write-table.ts';
import { startServer, type RunningServer } from './running-server.ts';

const PER_SECOND = 200;
/** Turns of each server. */
const TURNS = 4;
const ROOT = join(import.meta.dirname, '../..');
const TOKEN = 'bench';
const applications = z.object({
  applications: z.array(z.object({ application_id: z.string(), decided_at: z.string() })),
});

const { values, positionals } = parseArgs({
  args: [...benchArguments],
  options: { beside: { type: 'string' } },
  allowPositionals: true,
});
const seconds = Number(positionals[0] ?? 40);
const folder = mkdtempSync(join(tmpdir(), 'foreprint-keda-'));
const tokenFile = join(folder, 'token');
writeFileSync(tokenFile, TOKEN);
const trace = join(folder, 'fleet.csv');

const checkouts = [...(values.beside === undefined ? [] : [values.beside]), ROOT];
const servers: RunningServer[] = [];
for (const [index, checkout] of checkouts.entries()) {
  const store = join(folder, String(index));
  const run = (...words: readonly string[]) =>
    execFileSync(process.execPath, [join(checkout, 'bin/foreprint.js'), ...words, '--quiet']);
  if (index === 0) run('sample', '--out', trace, '--days', '9');
  run('import', trace, '--store', store);
  const words = ['--store', store, '--no-record', '--token-file', tokenFile];
  const server = await startServer(checkout, words, TOKEN);
  server.pause();
  servers.push(server);
}

const measured = servers.map(() => ({ times: [] as number[], late: [] as Late[], intervals: 0 }));
for (let turn = 0; turn < TURNS; turn++) {
  for (const [index, server] of servers.entries()) {
    const { times, late } = measured[index]!;
    server.resume();
    await server.eventLoopDelay();
    const decided = await countIntervals(server, async () => {
      times.push(...(await askFor(server, seconds / TURNS)));
    });
    late.push(await server.eventLoopDelay());
    measured[index]!.intervals += decided;
    server.pause();
  }
}
for (const server of servers) {
  server.resume();
  await server.stop();
}
rmSync(folder, { recursive: true, force: true });

const rows = measured.map(({ times, late, intervals }, index) => {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) =>
    (sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN).toFixed(1);
  const worst = (value: (one: Late) => number) => Math.max(...late.map(value)).toFixed(1);
  return {
    server: index === checkouts.length - 1 ? 'now' : 'before',
    answers: times.length,
    'median, ms': at(0.5),
    'p99, ms': at(0.99),
    'longest, ms': at(1),
    'event loop late: p99, ms': worst(({ p99 }) => p99),
    'most, ms': worst(({ max }) => max),
    'fleets published': intervals,
  };
});
console.table(rows);
await renewTable('serve', 'keda', rows);

type Late = Awaited<ReturnType<RunningServer['eventLoopDelay']>>;

/** How often all decisions were renewed during the work. */
async function countIntervals(server: RunningServer, work: () => Promise<void>): Promise<number> {
  let isOver = false;
  const seen = new Set<string>();
  const watch = async () => {
    while (!isOver) {
      const { text } = await server.get('/metrics');
      const [, intervals = ''] = /^foreprint_intervals_total (\d+)$/m.exec(text) ?? [];
      seen.add(intervals);
      await delay(1000);
    }
  };
  const watching = watch();
  await work();
  isOver = true;
  await watching;
  return seen.size - 1;
}

/** Milliseconds of every answer. A new interval is asked for every second. */
async function askFor(server: RunningServer, forSeconds: number): Promise<readonly number[]> {
  const { text } = await server.get('/v1/applications');
  const [first] = applications.parse(JSON.parse(text)).applications;
  const path = `/v1/keda/${encodeURIComponent(first?.application_id ?? '')}`;
  const pending: Promise<number>[] = [];
  const again: Promise<void>[] = [];
  const began = performance.now();
  for (let k = 0; k < forSeconds * PER_SECOND; k++) {
    const early = began + (k * 1000) / PER_SECOND - performance.now();
    if (early > 1) await delay(early);
    if (k % PER_SECOND === 0) again.push(server.again());
    pending.push(server.get(path).then(({ ms }) => ms));
  }
  await Promise.all(again);
  return Promise.all(pending);
}
