import { atomCount, atomGroups, atomOf, createFindAtoms } from './pool-atoms.ts';
import type { PoolPlan } from './pool-plan.ts';
import { createPooling } from './pooling.ts';

/** Writes the quantiles of the planned steps after values[end − 1], row-major [steps × levels]. */
export type PoolForecast = (values: Float64Array, end: number, out: Float64Array) => void;

/** @param steps steps ahead, counted from 1. */
export function createPoolForecast(plan: PoolPlan, steps: readonly number[]): PoolForecast {
  const { context, levels } = plan.shape;
  const groups = atomGroups(plan.shape);
  const atoms = new Float64Array(atomCount(groups));
  const findAtoms = createFindAtoms(groups);
  const bins = new Uint8Array(context);
  const chosen = new Uint8Array(steps.length * levels.length);
  const pool = createPooling(plan, steps, atoms.length);
  return (values, end, out) => {
    findAtoms(atoms, values, end);
    for (let k = 0; k < context; k++) bins[k] = atomOf(atoms, values[end - context + k]);
    pool(bins, chosen);
    for (let k = 0; k < chosen.length; k++) out[k] = atoms[chosen[k]];
  };
}
