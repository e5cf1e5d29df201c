/**
 * Training time against the length of the series and the number of applications, CPU time and peak
 * memory, with the exponent of growth (1 is linear).
 *
 *   npm run bench:growth -- [--weeks 1,2,4,8,12] [--applications 10,30,100] [--svg FILE] [--write]
 *
 * A thousand applications (`--applications 10,30,100,300,1000`) take some minutes.
 */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { benchArguments, renewTable } from '../write-table.ts';
import { growthPicture, type GrowthCurve, type GrowthPoint } from './growth-picture.ts';

const { values: given } = parseArgs({
  args: [...benchArguments],
  options: {
    weeks: { type: 'string', default: '1,2,4,8,12' },
    applications: { type: 'string', default: '10,30,100' },
    svg: { type: 'string' },
  },
});

function measure(kind: 'weeks' | 'applications', size: string): GrowthPoint {
  const script = ['--import', 'tsx', 'bench/forecast/growth-point.ts', kind, size];
  const { status, stdout, stderr } = spawnSync(process.execPath, script, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${kind} ${size}: ${stderr}`);
  return JSON.parse(stdout) as GrowthPoint;
}

/** Slope of the least-squares line through the logarithms. */
function exponentOf(points: readonly GrowthPoint[]): number {
  const x = points.map(({ size }) => Math.log(size));
  const y = points.map(({ cpuSeconds }) => Math.log(cpuSeconds));
  const centre = (values: readonly number[]) =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  const [cx, cy] = [centre(x), centre(y)];
  const products = x.reduce((sum, value, k) => sum + (value - cx) * (y[k]! - cy), 0);
  return products / x.reduce((sum, value) => sum + (value - cx) ** 2, 0);
}

function curve(kind: 'weeks' | 'applications', title: string): GrowthCurve {
  console.log(`| ${kind.padEnd(12)} |  CPU, s | peak, MB |`);
  console.log(`| ${'-'.repeat(12)} | ------: | -------: |`);
  const points = given[kind].split(',').map((size) => {
    const point = measure(kind, size);
    const [cpu, peak] = [point.cpuSeconds.toFixed(2), point.peakMegabytes.toFixed(0)];
    console.log(`| ${size.padStart(12)} | ${cpu.padStart(7)} | ${peak.padStart(8)} |`);
    return point;
  });
  const exponent = exponentOf(points);
  console.log(`exponent ${exponent.toFixed(2)}\n`);
  return { title, unit: kind, points, exponent };
}

const curves = [
  curve('weeks', 'Length of the series'),
  curve('applications', 'Number of applications'),
];
if (given.svg !== undefined) writeFileSync(given.svg, growthPicture(curves));
await renewTable(
  'speed',
  'growth',
  curves.flatMap(({ unit, points }) =>
    points.map(({ size, cpuSeconds, peakMegabytes }) => {
      return {
        'grows by': unit,
        number: size,
        'CPU, s': Number(cpuSeconds.toFixed(2)),
        'peak, MB': Math.round(peakMegabytes),
      };
    }),
  ),
);
