import type { ForecastShape } from '#models/contract/forecast-model.ts';
import { boxBounds, COMPONENT_COUNT, SIMILAR } from './component-layout.ts';
import { atomCount, atomGroups, atomOf, createFindAtoms } from './pool-atoms.ts';
import { poolComponents } from './pool-components.ts';
import { createFindSituations, NONE } from './similar-situations.ts';

/** What the shares are learned from: the distribution function of every component at the atoms. */
export interface PoolDistributions {
  /** Increasing. */
  readonly atoms: Float64Array;
  /** Row-major [components × atoms]; zeros for a component that the shape does not have. */
  readonly values: Float64Array;
}

/** @param end steps ahead are counted from values[end]. */
export function poolDistributions(
  values: Float64Array,
  shape: ForecastShape,
  { end, step }: { readonly end: number; readonly step: number },
): PoolDistributions {
  const { windows, boxes, similar } = poolComponents(shape);
  const groups = atomGroups(shape);
  const atoms = new Float64Array(atomCount(groups));
  createFindAtoms(groups)(atoms, values, end);
  const out = new Float64Array(COMPONENT_COUNT * atoms.length);
  const points = new Float64Array(COMPONENT_COUNT);
  const bins = Uint8Array.from(values.subarray(end - shape.context, end), (value) =>
    atomOf(atoms, value),
  );
  const count = (component: number, first: number, last: number): void => {
    points[component] += last - first + 1;
    for (let k = first; k <= last; k++) out[component * atoms.length + bins[k]]++;
  };
  windows.forEach((window, k) => count(k, shape.context - window, shape.context - 1));
  boxes.forEach((box) => count(box.component, ...boxBounds(box, step, shape.context)));
  if (similar !== null && step <= similar.last) {
    const situations = new Int32Array(similar.points);
    createFindSituations(shape)(bins, situations);
    for (const start of situations) {
      const at = start === NONE ? shape.context - 1 : start + step - 1;
      count(SIMILAR, at, at);
    }
  }
  points.forEach((total, component) => {
    let below = 0;
    for (let k = component * atoms.length; k < (component + 1) * atoms.length; k++) {
      below += out[k];
      out[k] = total === 0 ? 0 : below / total;
    }
  });
  return { atoms, values: out };
}
