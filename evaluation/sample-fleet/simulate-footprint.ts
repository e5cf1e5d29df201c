import type { FootprintWindow } from '#core/domain/footprint.ts';
import { forkRandom } from '#core/domain/random.ts';
import type { ApplicationSpec } from './application-spec.ts';
import type { SampleGrid } from './calendar.ts';
import { logNoise } from './log-noise.ts';

/** Time constant of memory relative to load: caches and pools fill and empty slowly. */
const MEMORY_LAG_SECONDS = 2 * 3600;

/**
 * Usage of all four resources from one load: cores follow the load, memory follows it with a lag,
 * disk and network are proportional to cores. Each has noise of its own. The resources are
 * therefore correlated, as in measured usage.
 */
export function simulateFootprint(
  spec: ApplicationSpec,
  grid: SampleGrid,
  seed: number,
): FootprintWindow {
  const random = forkRandom(seed, spec.applicationId);
  const load = spec.load(random, grid);
  const noise = logNoise(random, grid.steps, spec.noise);
  const cpu = load.map((value, step) => (spec.idleCores + spec.peakCores * value) * noise[step]);
  const diskNoise = logNoise(random, grid.steps, { spread: 0.3, persistence: 0.7 });
  const networkNoise = logNoise(random, grid.steps, { spread: 0.12, persistence: 0.8 });
  const memoryNoise = logNoise(random, grid.steps, { spread: 0.01, persistence: 0.98 });
  const trailing = lag(cpu, grid.stepSeconds / MEMORY_LAG_SECONDS);
  const values = {
    cpu,
    memory: trailing.map((cores, step) => {
      const seconds = grid.startSeconds + step * grid.stepSeconds;
      const used = spec.memory.baseBytes + spec.memory.bytesPerCore * cores;
      return Math.round(used * memoryNoise[step] + (spec.leak?.(seconds) ?? 0));
    }),
    disk: cpu.map((cores, step) => Math.round(cores * spec.diskPerCore * diskNoise[step])),
    network: cpu.map((cores, step) => Math.round(cores * spec.networkPerCore * networkNoise[step])),
  };
  return { startSeconds: grid.startSeconds, stepSeconds: grid.stepSeconds, values };
}

/** First-order lag: every step moves by the share `rate` of the distance to the current value. */
function lag(values: Float64Array, rate: number): Float64Array {
  let level = values[0] ?? 0;
  return values.map((value) => (level += Math.min(1, rate) * (value - level)));
}
