import { DEFAULT_SETTINGS } from '#core/domain/settings/settings.ts';
import { recluster } from '#core/use-cases/recluster.ts';
import { memoryPorts } from '#test/core/memory-ports.ts';
import { NOW, pointAt, STEP } from './simulated-fleet.ts';

/**
 * How long one refinement of the clusters takes, by the number of groups. `tsx
 * bench/aws/recluster-scale.ts [GROUPS…]`.
 */
const sizes = process.argv.slice(2).map(Number);
const STEPS = 2016;

for (const size of sizes.length > 0 ? sizes : [250, 500, 1000]) {
  const ports = memoryPorts();
  for (let k = 0; k < size; k++) {
    // Eight kinds, each an hour and a half further into the day, every group on a level of its own.
    const shift = (k % 8) * 18 * STEP;
    const points = Array.from({ length: STEPS }, (_, step) => ({
      ...pointAt(NOW - (step + 1) * STEP + shift + 7 * k * STEP * 288),
      timestampSeconds: NOW - (step + 1) * STEP,
    }));
    await ports.history.append([{ applicationId: `g${k}`, applicationType: null, points }]);
  }
  for (const run of ['first', 'next']) {
    const start = performance.now();
    const { clusters } = await recluster(ports, NOW, DEFAULT_SETTINGS);
    const seconds = ((performance.now() - start) / 1000).toFixed(2);
    const megabytes = Math.round(process.memoryUsage().rss / 1e6);
    console.log(
      `${size} groups, ${run} run: ${seconds} s, ${clusters.length} clusters, ${megabytes} MB`,
    );
  }
}
