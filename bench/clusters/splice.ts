import type { FootprintWindow } from '#core/domain/footprint.ts';
import { createRandom } from '#core/domain/random.ts';
import type { TracedApplication } from './cluster-traces.ts';

export interface Splice {
  /** Whose past it keeps. */
  readonly past: string;
  /** Whose future it goes on with. */
  readonly future: string;
}

/**
 * Pairs of applications in different clusters, drawn with a seed; fewer than asked for where there
 * are not as many, none where all are in one cluster.
 * @param clusterOf cluster of an application at the step of the splice; null for none.
 */
export function drawSplices(
  applications: readonly TracedApplication[],
  clusterOf: ReadonlyMap<string, string | null>,
  { trials, seed }: { readonly trials: number; readonly seed: number },
): readonly Splice[] {
  const placed = applications.filter(({ id }) => clusterOf.get(id) != null);
  const all = placed.flatMap(({ id: past }) =>
    placed
      .filter(({ id: future }) => clusterOf.get(past) !== clusterOf.get(future))
      .map(({ id: future }) => ({ past, future })),
  );
  const random = createRandom(seed);
  // Fisher and Yates, from the front, as far as asked for.
  for (let k = 0; k < Math.min(trials, all.length); k++) {
    const other = k + Math.floor(random() * (all.length - k));
    [all[k], all[other]] = [all[other]!, all[k]!];
  }
  return all.slice(0, trials);
}

/** The fleet in which one application goes on, from a step on, as another one does. */
export function spliceFleet(
  applications: readonly TracedApplication[],
  { past, future }: Splice,
  step: number,
): readonly TracedApplication[] {
  const other = applications.find(({ id }) => id === future)!.window;
  return applications.map((one) =>
    one.id === past ? { ...one, window: spliceWindow(one.window, other, step) } : one,
  );
}

function spliceWindow(past: FootprintWindow, future: FootprintWindow, step: number) {
  const cpu = past.values.cpu.slice();
  cpu.set(future.values.cpu.subarray(step), step);
  return { ...past, values: { ...past.values, cpu } };
}
