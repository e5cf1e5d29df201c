import { atomCount, atomGroups } from './pool-atoms.ts';
import { boxBounds, SIMILAR } from './pool-components.ts';
import type { PoolPlan } from './pool-plan.ts';
import { createFindSituations, NONE } from './similar-situations.ts';

/**
 * Writes the index of the atom that is the quantile, row-major [steps × levels].
 * @param bins index of the atom that each value of the context falls to, oldest first.
 */
export type Pooling = (bins: Uint8Array, out: Uint8Array) => void;

/** @param steps steps ahead, counted from 1. */
export function createPooling(plan: PoolPlan, steps: readonly number[]): Pooling {
  const { shape, components, windowWeights, boxWeights, thresholds } = plan;
  const { windows, boxes, similar } = components;
  const levels = shape.levels.length;
  const atoms = atomCount(atomGroups(shape));
  const counts = new Int32Array(windows.length * atoms);
  const pooled = new Float64Array(atoms);
  const situations = new Int32Array(similar?.points ?? 0);
  const findSituations = createFindSituations(shape);
  const bounds = steps.map((step) => boxes.map((box) => boxBounds(box, step, shape.context)));

  const pool = (row: number, stretches: readonly [number, number][], bins: Uint8Array): void => {
    pooled.fill(0);
    for (let w = 0; w < windows.length; w++) {
      const weight = windowWeights[row * windows.length + w]!;
      const from = w * atoms;
      for (let g = 0; g < atoms; g++) pooled[g]! += weight * counts[from + g]!;
    }
    for (let b = 0; b < boxes.length; b++) {
      const kind = boxes[b]!.component - windows.length;
      const weight = boxWeights[kind * shape.horizon + row]!;
      const [first, last] = stretches[b]!;
      for (let k = first; k <= last; k++) pooled[bins[k]!]! += weight;
    }
  };

  const addSituations = (row: number, bins: Uint8Array): void => {
    if (similar === null || row >= similar.last) return;
    const weight = boxWeights[(SIMILAR - windows.length) * shape.horizon + row]!;
    for (const start of situations) {
      pooled[bins[start === NONE ? bins.length - 1 : start + row]!]! += weight;
    }
  };

  return (bins, out) => {
    countWindows(counts, bins, windows);
    findSituations(bins, situations);
    for (let s = 0; s < steps.length; s++) {
      pool(steps[s]! - 1, bounds[s]!, bins);
      addSituations(steps[s]! - 1, bins);
      let atom = 0;
      let cumulated = pooled[0]!;
      for (let level = 0; level < levels; level++) {
        const threshold = thresholds[level]!;
        while (cumulated < threshold) cumulated += pooled[++atom]!;
        out[s * levels + level] = atom;
      }
    }
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
