/**
 * `npm run bench:clusters -- [--parts calm,divergence] [--traces NAME,…] [--trials 100] [--data DIR]
 * [--write]`: how still the clusters of a fleet stand in which nothing changed, and how soon an
 * application that goes on as another one does is moved. CPU alone. Beside it: `bench:newcomers`
 * and `bench:clusters-scale`.
 */
import { parseArgs } from 'node:util';
import { benchArguments, renewTable } from '#bench/write-table.ts';
import { measureCalm } from './calm.ts';
import { clusterTraces } from './cluster-traces.ts';
import { measureDivergence } from './divergence.ts';
import { kShapeAgainstLabels } from './k-shape.ts';

const { values: given } = parseArgs({
  args: [...benchArguments],
  options: {
    parts: { type: 'string', default: 'calm,divergence' },
    traces: { type: 'string' },
    trials: { type: 'string', default: '100' },
    data: { type: 'string', default: '../shared/data' },
  },
});
const SEED = 20;
const parts = given.parts.split(',');
const wanted = given.traces?.split(',');

const percent = (share: number): string => `${(100 * share).toFixed(0)} %`;
const kShape = await kShapeAgainstLabels();
const calmRows: Record<string, string | number>[] = [];
const divergenceRows: Record<string, string | number>[] = [];

for (const [trace, read] of clusterTraces(given.data)) {
  if (wanted?.includes(trace) === false) continue;
  const applications = await read();
  if (parts.includes('calm')) {
    const calm = measureCalm(applications);
    calmRows.push({
      trace: `${trace} (${calm.applications})`,
      clusters: calm.clusters,
      'in the largest': percent(calm.largest),
      'each week anew, adjusted Rand': calm.weeksAlike.toFixed(2),
      'refined, adjusted Rand': calm.refinedAlike.toFixed(2),
      'moves in 100 weeks of an application': calm.movesPerHundred.toFixed(1),
      'against the labels, adjusted Rand': calm.labelsAlike?.toFixed(2) ?? '–',
      'k-Shape against the labels': kShape.get(trace)?.toFixed(2) ?? '–',
    });
    console.log(JSON.stringify(calmRows.at(-1)));
  }
  if (parts.includes('divergence')) {
    const found = measureDivergence(applications, { trials: Number(given.trials), seed: SEED });
    divergenceRows.push({
      trace,
      trials: found?.trials ?? 0,
      'days until moved, median': found === null ? '–' : String(found.medianDays),
      'within two days': found === null ? '–' : percent(found.withinTwo / found.trials),
      'moves of others in 100 weeks': found?.otherMovesPerHundred.toFixed(1) ?? '–',
      'of those that nothing changed': found?.steadyMovesPerHundred.toFixed(1) ?? '–',
      'error, refined': found?.refined.toFixed(3) ?? '–',
      frozen: found?.frozen.toFixed(3) ?? '–',
      oracle: found?.oracle.toFixed(3) ?? '–',
    });
    console.log(JSON.stringify(divergenceRows.at(-1)));
  }
}
if (calmRows.length > 0) await renewTable('clusters', 'calm', calmRows);
if (divergenceRows.length > 0) await renewTable('clusters', 'divergence', divergenceRows);
