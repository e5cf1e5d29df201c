import { atomCount, atomGroups, atomOf, findAtoms } from './pool-atoms.ts';
import { boxBounds } from './pool-components.ts';
import type { PoolPlan } from './pool-plan.ts';

/** Writes the quantiles of the chosen steps after values[end − 1], row-major [steps × levels]. */
export type PoolForecast = (values: Float64Array, end: number, out: Float64Array) => void;

/** @param steps steps ahead, counted from 1. */
export function createPoolForecast(plan: PoolPlan, steps: readonly number[]): PoolForecast {
  const { shape, components, windowWeights, boxWeights, thresholds } = plan;
  const { context } = shape;
  const { windows, boxes } = components;
  const levels = shape.levels.length;
  const groups = atomGroups(shape);
  const atoms = new Float64Array(atomCount(groups));
  const bins = new Uint8Array(context);
  const counts = new Int32Array(windows.length * atoms.length);
  const pooled = new Float64Array(atoms.length);
  const bounds = steps.map((step) => boxes.map((box) => boxBounds(box, step, context)));

  const pool = (row: number, stretches: readonly [number, number][]): void => {
    pooled.fill(0);
    for (let w = 0; w < windows.length; w++) {
      const weight = windowWeights[row * windows.length + w]!;
      const from = w * atoms.length;
      for (let g = 0; g < atoms.length; g++) pooled[g]! += weight * counts[from + g]!;
    }
    for (let b = 0; b < boxes.length; b++) {
      const kind = boxes[b]!.component - windows.length;
      const weight = boxWeights[kind * shape.horizon + row]!;
      const [first, last] = stretches[b]!;
      for (let k = first; k <= last; k++) pooled[bins[k]!]! += weight;
    }
  };

  return (values, end, out) => {
    findAtoms(atoms, values, end, groups);
    for (let k = 0; k < context; k++) bins[k] = atomOf(atoms, values[end - context + k]!);
    countWindows(counts, bins, windows);
    steps.forEach((step, s) => {
      pool(step - 1, bounds[s]!);
      let atom = 0;
      let cumulated = pooled[0]!;
      for (let level = 0; level < levels; level++) {
        const threshold = thresholds[level]!;
        while (cumulated < threshold) cumulated += pooled[++atom]!;
        out[s * levels + level] = atoms[atom]!;
      }
    });
  };
}

/** Histograms over the atoms, row-major [windows × atoms]; a longer window contains the shorter ones. */
function countWindows(counts: Int32Array, bins: Uint8Array, windows: readonly number[]): void {
  const atoms = counts.length / windows.length;
  counts.fill(0);
  let covered = 0;
  windows.forEach((window, w) => {
    if (w > 0) counts.copyWithin(w * atoms, (w - 1) * atoms, w * atoms);
    for (; covered < window; covered++) counts[w * atoms + bins[bins.length - 1 - covered]!]!++;
  });
}
