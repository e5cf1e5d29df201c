/**
 * `npm run bench:clusters-scale -- [--applications 1000,10000] [--write]`: CPU time and peak memory
 * of one refinement of the clusters, all resources, without a store's latency.
 */
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { benchArguments, renewTable } from '#bench/write-table.ts';

interface ScalePoint {
  readonly size: number;
  readonly seconds: readonly [number, number];
  readonly clusters: number;
  readonly peakMegabytes: number;
}

const { values: given } = parseArgs({
  args: [...benchArguments],
  options: { applications: { type: 'string', default: '1000,10000' } },
});

function measure(size: string): ScalePoint {
  const script = ['--import', 'tsx', 'bench/clusters/scale-point.ts', size];
  const { status, stdout, stderr } = spawnSync(process.execPath, script, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${size} applications: ${stderr}`);
  return JSON.parse(stdout) as ScalePoint;
}

const rows = given.applications.split(',').map((size) => {
  const { seconds, clusters, peakMegabytes } = measure(size);
  return {
    applications: Number(size),
    clusters,
    'first refinement, s of CPU': Number(seconds[0].toFixed(1)),
    'next one, s of CPU': Number(seconds[1].toFixed(1)),
    'peak memory, MB': Math.round(peakMegabytes),
  };
});
console.table(rows);
await renewTable('clusters', 'scale', rows);
