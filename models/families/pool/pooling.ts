import { boxBounds, SIMILAR } from './component-layout.ts';
import type { PoolPlan } from './pool-plan.ts';
import { createFindSituations, NONE } from './similar-situations.ts';

/**
 * Writes the index of the atom that is the quantile, row-major [steps × levels].
 * @param bins index of the atom of each value of the context, oldest first.
 */
export type Pooling = (bins: Uint8Array, out: Uint8Array) => void;

/** Windows of at most this many points are pooled point by point, longer ones atom by atom. */
const FEW_POINTS = 12;

/** Longer windows that are pooled in one pass over the atoms. */
const TOGETHER = 4;

/**
 * @param steps steps ahead, counted from 1.
 * @param atoms number of atoms, see `atomCount`.
 */
export function createPooling(plan: PoolPlan, steps: readonly number[], atoms: number): Pooling {
  const { shape, components, windowWeights, boxWeights, thresholds } = plan;
  const { windows, boxes, similar } = components;
  const levels = shape.levels.length;
  const short = windows.filter((window) => window <= FEW_POINTS).length;
  const long = windows.slice(short);
  // Filled up with windows that count nothing.
  const passes = Math.ceil(long.length / TOGETHER);
  const counts = new Float64Array(passes * TOGETHER * atoms);
  const pooled = new Float64Array(atoms);
  const situations = new Int32Array(similar?.points ?? 0);
  const findSituations = createFindSituations(shape);
  const ages = windows[short - 1] ?? 0;
  const ageWeights = weightsByAge(plan, { steps, ages, short });
  const longWeights = Float64Array.from({ length: steps.length * passes * TOGETHER }, (_, k) => {
    const [row, w] = [steps[Math.floor(k / (passes * TOGETHER))] - 1, k % (passes * TOGETHER)];
    return w < long.length ? windowWeights[row * windows.length + short + w] : 0;
  });
  const bounds = Int32Array.from(
    steps.flatMap((step) => boxes.flatMap((box) => boxBounds(box, step, shape.context))),
  );

  const pool = (s: number, bins: Uint8Array): void => {
    const row = steps[s] - 1;
    pooled.fill(0);
    for (let age = 1; age <= ages; age++) {
      pooled[bins[bins.length - age]] += ageWeights[s * ages + age - 1];
    }
    for (let pass = 0; pass < passes; pass++) {
      const w = (s * passes + pass) * TOGETHER;
      const one = longWeights[w];
      const two = longWeights[w + 1];
      const three = longWeights[w + 2];
      const four = longWeights[w + 3];
      const from = pass * TOGETHER * atoms;
      for (let g = 0; g < atoms; g++) {
        const at = from + g;
        pooled[g] +=
          one * counts[at] +
          two * counts[at + atoms] +
          three * counts[at + 2 * atoms] +
          four * counts[at + 3 * atoms];
      }
    }
    for (let b = 0; b < boxes.length; b++) {
      const kind = boxes[b].component - windows.length;
      const weight = boxWeights[kind * shape.horizon + row];
      const at = 2 * (s * boxes.length + b);
      const last = bounds[at + 1];
      for (let k = bounds[at]; k <= last; k++) pooled[bins[k]] += weight;
    }
  };

  const addSituations = (row: number, bins: Uint8Array): void => {
    if (similar === null || row >= similar.last) return;
    const weight = boxWeights[(SIMILAR - windows.length) * shape.horizon + row];
    for (const start of situations) {
      pooled[bins[start === NONE ? bins.length - 1 : start + row]] += weight;
    }
  };

  return (bins, out) => {
    countWindows({ counts, atoms }, bins, long);
    findSituations(bins, situations);
    for (let s = 0; s < steps.length; s++) {
      pool(s, bins);
      addSituations(steps[s] - 1, bins);
      let atom = 0;
      let cumulated = pooled[0];
      for (let level = 0; level < levels; level++) {
        const threshold = thresholds[level];
        while (cumulated < threshold) cumulated += pooled[++atom];
        out[s * levels + level] = atom;
      }
    }
  };
}

/**
 * Row-major [steps × ages]: weight of a point from all of the first `short` windows that reach back
 * to its age.
 */
function weightsByAge(
  { windowWeights, components: { windows } }: PoolPlan,
  {
    steps,
    ages,
    short,
  }: { readonly steps: readonly number[]; readonly ages: number; readonly short: number },
): Float64Array {
  return Float64Array.from({ length: steps.length * ages }, (_, k) => {
    const [row, age] = [steps[Math.floor(k / ages)] - 1, (k % ages) + 1];
    let sum = 0;
    for (let w = 0; w < short; w++) {
      if (windows[w] >= age) sum += windowWeights[row * windows.length + w];
    }
    return sum;
  });
}

/**
 * Histograms over the atoms, row-major [windows × atoms]. A longer window contains the shorter
 * ones.
 */
function countWindows(
  { counts, atoms }: { readonly counts: Float64Array; readonly atoms: number },
  bins: Uint8Array,
  windows: readonly number[],
): void {
  counts.fill(0);
  let covered = 0;
  windows.forEach((window, w) => {
    if (w > 0) counts.copyWithin(w * atoms, (w - 1) * atoms, w * atoms);
    for (; covered < window; covered++) counts[w * atoms + bins[bins.length - 1 - covered]]++;
  });
}
