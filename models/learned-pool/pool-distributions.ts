import { atomCount, atomGroups, findAtoms } from './pool-atoms.ts';
import { boxBounds, COMPONENT_COUNT, poolComponents } from './pool-components.ts';
import type { ForecastShape } from '../forecast-model.ts';

/** What the shares are learned from: the distribution function of every component at the atoms. */
export interface PoolDistributions {
  /** Increasing. */
  readonly atoms: Float64Array;
  /** Row-major [components × atoms]; zeros for a component that the shape does not have. */
  readonly values: Float64Array;
}

/** @param end the step ahead is counted from values[end] on. */
export function poolDistributions(
  values: Float64Array,
  shape: ForecastShape,
  { end, step }: { readonly end: number; readonly step: number },
): PoolDistributions {
  const { windows, boxes } = poolComponents(shape);
  const groups = atomGroups(shape);
  const atoms = new Float64Array(atomCount(groups));
  findAtoms(atoms, values, end, groups);
  const start = end - shape.context;
  const out = new Float64Array(COMPONENT_COUNT * atoms.length);
  const points = new Float64Array(COMPONENT_COUNT);
  const count = (component: number, first: number, last: number): void => {
    points[component]! += last - first + 1;
    for (let k = first; k <= last; k++) {
      const value = values[start + k]!;
      let atom = atoms.length - 1;
      for (; atom >= 0 && atoms[atom]! >= value; atom--) out[component * atoms.length + atom]!++;
    }
  };
  windows.forEach((window, k) => count(k, shape.context - window, shape.context - 1));
  boxes.forEach((box) => count(box.component, ...boxBounds(box, step, shape.context)));
  points.forEach((total, component) => {
    if (total === 0) return;
    for (let k = 0; k < atoms.length; k++) out[component * atoms.length + k]! /= total;
  });
  return { atoms, values: out };
}
