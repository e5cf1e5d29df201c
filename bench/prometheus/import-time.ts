/**
 * How long `foreprint import` takes from a real Prometheus, and how much memory it takes there:
 * tsx bench/prometheus/import-time.ts [--applications N] [--copies K] [--days D] [--keep FOLDER]
 * [--write]. With --copies queries give every application K times, under as many names, so that
 * blocks of fewer suffice; Prometheus evaluates each of them.
 * The history is made by promtool, which takes longer than what is measured: with --keep it stays
 * in a folder, and a run that was ended goes on where it was.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { presetQueries } from '#adapters/prometheus/preset-queries.ts';
import { processUse, watchProcess } from '#bench/process-use.ts';
import { benchArguments, renewTable } from '#bench/write-table.ts';
import { servePrometheus } from '#test/emulators/metrics/prometheus-server.ts';
import { makeClusterBlocks } from './cluster-blocks.ts';

const BIN = join(import.meta.dirname, '../../bin/foreprint.js');
const TO_SECONDS = Date.UTC(2026, 5, 1) / 1000;

const { values } = parseArgs({
  args: [...benchArguments],
  options: {
    applications: { type: 'string', default: '1000' },
    copies: { type: 'string', default: '1' },
    days: { type: 'string', default: '28' },
    keep: { type: 'string' },
  },
});
const applications = Number(values.applications);
const copies = Number(values.copies);
const days = Number(values.days);
const folder = values.keep ?? mkdtempSync(join(tmpdir(), 'foreprint-import-'));
const samples = makeClusterBlocks(folder, { applications, days, toSeconds: TO_SECONDS });
const server = await servePrometheus(folder);
const store = join(folder, 'store');
rmSync(store, { recursive: true, force: true });
const rows = [await measure('import'), await measure('the same again')];
await server.stop();
rmSync(values.keep === undefined ? folder : store, { recursive: true, force: true });
console.table(rows);
await renewTable('serve', 'prometheus-import', rows);

async function measure(what: string) {
  const end = new Date(TO_SECONDS * 1000).toISOString();
  const words = ['import', '--prometheus-url', server.url, '--since', `${days}d`, '--end', end];
  if (copies > 1) words.push(...copied());
  const before = processUse(server.pid);
  const from = performance.now();
  const child = spawn(process.execPath, [BIN, ...words, '--store', store, '--quiet'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  child.stdout.on('data', (part: Buffer) => (text += part.toString()));
  const watched = watchProcess(child.pid ?? 0);
  const [status] = (await once(child, 'exit')) as readonly unknown[];
  if (status !== 0) throw new Error(`import ended with ${String(status)}`);
  const seconds = (performance.now() - from) / 1000;
  const use = watched();
  const after = processUse(server.pid);
  return {
    what,
    applications: applications * copies,
    days,
    'samples in Prometheus': samples,
    'points stored': Number(/^([\d,]+) points?/.exec(text)?.[1]?.replaceAll(',', '') ?? NaN),
    'time, s': Math.round(seconds),
    'CPU of import, s': Math.round(use?.cpuSeconds ?? NaN),
    'peak of import, MiB': Math.round(use?.peakMib ?? NaN),
    'CPU of Prometheus, s': Math.round((after?.cpuSeconds ?? NaN) - (before?.cpuSeconds ?? NaN)),
  };
}

/** The preset's queries, each so many times, as a user's own. */
function copied(): readonly string[] {
  const by = ['namespace', 'workload'];
  const options = { by, namespaces: [], owners: 'kube-state-metrics' } as const;
  const queries = Object.entries(presetQueries('kubernetes', options));
  const words = queries.flatMap(([resource, query]) => {
    const all = Array.from(
      { length: copies },
      (_, copy) => `label_replace(${query}, "copy", "${copy}", "", "")`,
    );
    return [`--${resource}`, all.join(' or ')];
  });
  return [...words, '--by', [...by, 'copy'].join(',')];
}
